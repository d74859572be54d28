"""One row of the kill matrix: every flow with one fault, or on the clean app."""

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

from fixtures.faults import Fault
from harness.errors import HarnessError
from harness.journal import MatrixRow
from harness.proving.bench import Bench, opened_bench
from harness.proving.matrix import row_of, row_without_trial

Try = Callable[[Fault | None], None]
Told = Callable[[MatrixRow], None]


@contextmanager
def prepared(flows: Sequence[str], told: Told) -> Generator[Try]:
    """Start the reference app and a browser; answers with a function that tries one fault."""
    with opened_bench() as bench:
        yield lambda fault: told(_row(bench, fault, flows))


def _row(bench: Bench, fault: Fault | None, flows: Sequence[str]) -> MatrixRow:
    began = time.monotonic()
    try:
        judged = [each for flow in flows for each in bench.perform(flow, fault).judged]
    except HarnessError as error:
        return row_without_trial(fault, str(error))
    return row_of(fault, judged, time.monotonic() - began)
