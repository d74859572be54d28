"""One row of the kill matrix: every flow with one fault, or on the clean app."""

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

from fixtures.faults import Fault
from harness.errors import HarnessError
from harness.journal import MatrixRow, PropertyJudged
from harness.proving.bench import Bench, opened_bench
from harness.proving.matrix import row_of, row_without_trial

Try = Callable[[Fault | None], None]
Told = Callable[[MatrixRow | None], None]


@contextmanager
def prepared(flows: Sequence[str], told: Told) -> Generator[Try]:
    """Start the reference app and a browser; answers with a function that tries one fault.

    It tells None after each flow, as a sign of life, and the row at the end.
    """
    with opened_bench() as bench:
        yield lambda fault: told(_row(bench, fault, flows, lambda: told(None)))


def _row(
    bench: Bench, fault: Fault | None, flows: Sequence[str], alive: Callable[[], None]
) -> MatrixRow:
    began = time.monotonic()
    judged: list[PropertyJudged] = []
    try:
        for flow in flows:
            judged.extend(bench.perform(flow, fault).judged)
            alive()
    except HarnessError as error:
        return row_without_trial(fault, str(error))
    return row_of(fault, judged, time.monotonic() - began)
