"""Shares the faults out to processes and gathers the rows."""

from collections.abc import Callable, Iterator, Sequence

from fixtures.faults import Fault
from harness.errors import AppError
from harness.flows import flows
from harness.proving.crew import FLOW_S, Crew
from harness.proving.matrix import Matrix, Row
from harness.proving.worker import prepared
from harness.targets.reference import TRAITS

ROW_S = FLOW_S * len(flows(TRAITS))


def prove(faults: Sequence[Fault], *, workers: int, told: Callable[[Row], None]) -> Matrix:
    """Run every flow with each fault and on the clean app.

    Args:
        faults: what to try.
        workers: how many processes; 1 does it in this one.
        told: hears each row as it is done.

    Raises:
        HarnessError: the app or the browser cannot be started, or a process ended.
    """
    tasks: list[Fault | None] = [None, *faults]
    rows: list[Row] = []
    for row in _alone(tasks) if workers < 2 else _shared(tasks, workers):  # noqa: PLR2004
        rows.append(row)
        told(row)
    order = [fault.id if fault else "" for fault in tasks]
    return Matrix(rows=tuple(sorted(rows, key=lambda row: _place(row, order))))


def _place(row: Row, order: list[str]) -> int:
    return order.index(row.fault) if row.fault in order else 0


def _alone(tasks: list[Fault | None]) -> Iterator[Row]:
    with prepared() as attempt:
        yield from map(attempt, tasks)


def _shared(tasks: list[Fault | None], workers: int) -> Iterator[Row]:
    return Crew(prepared, size=workers, patience_s=ROW_S, late=_late).results(tasks)


def _late(fault: Fault | None) -> Row:
    named = fault.id if fault else "the clean app"
    raise AppError(f"the row of {named} took more than {ROW_S:.0f} s; run it with --workers 1")
