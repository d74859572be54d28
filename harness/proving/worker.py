"""What a process of the matrix does: the flows with one fault, or one flow on the clean app."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from fixtures.faults import Fault
from harness.coverage import Covered
from harness.errors import HarnessError
from harness.journal import MatrixRow, PropertyJudged
from harness.proving.bench import Bench, opened_bench
from harness.proving.covering import Executed
from harness.proving.matrix import row_of, row_without_trial
from harness.values import Value


class Attempt(Value):
    """A fault and the flows that may see it; or one flow, and no fault."""

    fault: Fault | None
    flows: tuple[str, ...]


class Clean(Value):
    """One flow on the app as it is.

    Attributes:
        flow: its name.
        judged: what the properties said.
        covered: what of the model it exercised.
        executed: what it executes; None where it does not pass, so that nothing is spared by it.
        problem: why it could not be performed.
        seconds: how long it took.
    """

    flow: str
    judged: tuple[PropertyJudged, ...] = ()
    covered: Covered = Covered()
    executed: Executed | None = None
    problem: str = ""
    seconds: float = 0.0


Told = Callable[[MatrixRow | Clean | None], None]


@contextmanager
def prepared(told: Told) -> Generator[Callable[[Attempt], None]]:
    """Start the reference app and a browser; answers with a function that makes one attempt.

    It tells None after each flow with a fault, as a sign of life, and the row at the end.
    """
    with opened_bench() as bench:

        def attempt(task: Attempt) -> None:
            if task.fault:
                told(_row(bench, task.fault, task.flows, lambda: told(None)))
            else:
                for flow in task.flows:
                    told(_clean(bench, flow))

        yield attempt


def _row(
    bench: Bench, fault: Fault, flows: tuple[str, ...], alive: Callable[[], None]
) -> MatrixRow:
    began = time.monotonic()
    judged: list[PropertyJudged] = []
    try:
        for flow in flows:
            judged.extend(bench.perform(flow, fault).judged)
            alive()
    except HarnessError as error:
        return row_without_trial(fault, str(error))
    return row_of(fault, judged, flows, time.monotonic() - began)


def _clean(bench: Bench, flow: str) -> Clean:
    began = time.monotonic()
    try:
        (ended, judged, covered), executed = bench.covered(flow)
    except HarnessError as error:
        return Clean(flow=flow, problem=str(error))
    return Clean(
        flow=flow,
        judged=judged,
        covered=covered,
        executed=executed if ended.verdict == "pass" else None,
        problem=ended.reason,
        seconds=time.monotonic() - began,
    )
