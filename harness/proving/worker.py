"""One row of the kill matrix: every flow with one fault, or on the clean app."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from fixtures.faults import Fault
from harness.errors import HarnessError
from harness.proving.bench import Bench, opened_bench
from harness.proving.matrix import CLEAN, Row, row_of

Try = Callable[[Fault | None], Row]


@contextmanager
def prepared() -> Generator[Try]:
    """Start the reference app and a browser; answers with a function that tries one fault."""
    with opened_bench() as bench:
        yield lambda fault: _row(bench, fault)


def _row(bench: Bench, fault: Fault | None) -> Row:
    began = time.monotonic()
    name, owner = (fault.id, fault.property) if fault else (CLEAN, "")
    try:
        judged = [each for flow in bench.plans for each in bench.perform(flow, fault).judged]
    except HarnessError as error:
        return Row(fault=name, tied_to=owner, problem=str(error))
    return row_of(name, owner, judged, time.monotonic() - began)
