"""What of a failure is said of the fault, and what ends the proof; no browser here."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

import pytest

from fixtures.faults import Change, Fault, catalogue
from harness.actions import OpenSession
from harness.errors import AppError, HarnessError, UsageError
from harness.faulting import UnservedError
from harness.journal import MatrixRow
from harness.plans import Plan
from harness.proving import worker
from harness.proving.bench import Performed
from harness.proving.covering import Executed
from harness.proving.worker import Attempt, Clean, prepared

FAULT = catalogue()[0]
PLAN = Plan(name="one", title="One", actions=(OpenSession(),))
Told = list[MatrixRow | Clean | None]
Attempted = Callable[[Attempt, HarnessError], Told]


class Broken:
    """A bench on which nothing can be performed."""

    def __init__(self, error: HarnessError) -> None:
        self._error = error

    def perform(self, plan: Plan, change: Change | None) -> Performed:
        del plan, change
        raise self._error

    def covered(self, plan: Plan) -> tuple[Performed, Executed]:
        del plan
        raise self._error


@pytest.fixture
def attempted(monkeypatch: pytest.MonkeyPatch) -> Attempted:
    def attempt(task: Attempt, error: HarnessError) -> Told:
        @contextmanager
        def opened() -> Generator[Broken]:
            yield Broken(error)

        monkeypatch.setattr(worker, "opened_bench", opened)
        told: Told = []
        with prepared(told.append) as do:
            do(task)
        return told

    return attempt


@pytest.mark.parametrize(
    "error", [UsageError("it no longer applies"), UnservedError("it did not reach the page")]
)
def test_a_fault_that_cannot_be_tried_has_a_row_that_says_why(
    attempted: Attempted, error: HarnessError
) -> None:
    (row,) = attempted(Attempt(fault=FAULT, plans=(PLAN,)), error)
    assert isinstance(row, MatrixRow)
    assert (row.fault, row.complaint) == (FAULT.id, str(error))


@pytest.mark.parametrize("fault", [FAULT, None], ids=["with a fault", "on the clean app"])
def test_an_app_that_no_longer_runs_says_nothing_of_any_fault(
    attempted: Attempted, fault: Fault | None
) -> None:
    task = Attempt(fault=fault, plans=(PLAN,))
    with pytest.raises(AppError, match="the browser ended"):
        attempted(task, AppError("the browser ended"))
