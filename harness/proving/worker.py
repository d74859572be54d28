"""What a process of the matrix does: the flows with one fault, or one flow on the clean app."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from fixtures.faults import Fault
from harness.coverage import Covered
from harness.errors import UsageError
from harness.faulting import UnservedError
from harness.journal import MatrixRow, PropertyJudged
from harness.plans import Plan
from harness.proving.bench import Bench, opened_bench
from harness.proving.covering import Executed
from harness.proving.matrix import caught_in, row_of, row_without_trial
from harness.values import Value


class Attempt(Value):
    """A fault and the plans that may see it; or one plan, and no fault.

    Attributes:
        fault: the change; None is the app as it is.
        plans: in the order in which they are performed.
        until_caught: whether the plan is the last in which the fault's own rule has a finding.
    """

    fault: Fault | None
    plans: tuple[Plan, ...]
    until_caught: bool = False


class Clean(Value):
    """One plan on the app as it is.

    Attributes:
        flow: its name.
        judged: what the properties said.
        covered: what of the model it exercised.
        executed: what it executes; None where it is not clean, so that nothing is spared by it.
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

    It tells None after each plan with a fault, as a sign of life, and the row at the end. A fault
    that does not fit, or never reaches the page, has a row that says so.

    Raises:
        AppError: the app or the browser no longer runs, so nothing can be said of any fault.
    """
    with opened_bench() as bench:

        def attempt(task: Attempt) -> None:
            if task.fault:
                told(_row(bench, task.fault, task, lambda: told(None)))
            else:
                for plan in task.plans:
                    told(_clean(bench, plan))

        yield attempt


def _row(bench: Bench, fault: Fault, task: Attempt, alive: Callable[[], None]) -> MatrixRow:
    began = time.monotonic()
    judged: list[PropertyJudged] = []
    performed: list[str] = []
    try:
        for plan in task.plans:
            judged.extend(bench.perform(plan, fault).judged)
            performed.append(plan.name)
            alive()
            if task.until_caught and caught_in(fault, judged):
                break
    except (UsageError, UnservedError) as error:
        return row_without_trial(fault, str(error))
    return row_of(fault, judged, performed, time.monotonic() - began)


def _clean(bench: Bench, plan: Plan) -> Clean:
    began = time.monotonic()
    try:
        performed, executed = bench.covered(plan)
    except UsageError as error:
        return Clean(flow=plan.name, problem=str(error))
    return Clean(
        flow=plan.name,
        judged=performed.judged,
        covered=performed.covered,
        executed=executed if performed.clean else None,
        problem=performed.ended.reason,
        seconds=time.monotonic() - began,
    )
