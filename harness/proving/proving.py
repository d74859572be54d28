"""Shares the faults out to processes and gathers the rows."""

from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from multiprocessing.queues import Queue
from queue import Empty

from fixtures.faults import Fault
from harness.errors import AppError
from harness.proving.matrix import Matrix, Row
from harness.proving.worker import prepared, work

ROW_S = 300.0  # no row takes longer, also on a slow machine


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
    rows = _alone(tasks, told) if workers < 2 else _shared(tasks, workers, told)  # noqa: PLR2004
    order = [fault.id if fault else "" for fault in tasks]
    return Matrix(rows=tuple(sorted(rows, key=lambda row: _place(row, order))))


def _place(row: Row, order: list[str]) -> int:
    return order.index(row.fault) if row.fault in order else 0


def _alone(tasks: list[Fault | None], told: Callable[[Row], None]) -> list[Row]:
    rows: list[Row] = []
    with prepared() as attempt:
        for task in tasks:
            rows.append(attempt(task))
            told(rows[-1])
    return rows


def _shared(tasks: list[Fault | None], workers: int, told: Callable[[Row], None]) -> list[Row]:
    spawn = get_context("spawn")  # a fork would copy the browser's connection
    todo: Queue[Fault | str | None] = spawn.Queue()
    done: Queue[Row] = spawn.Queue()
    crew = [spawn.Process(target=work, args=(todo, done)) for _ in range(workers)]
    for process in crew:
        process.start()
    rows: list[Row] = []
    try:
        for task in (*tasks, *("end" for _ in crew)):
            todo.put(task)
        while len(rows) < len(tasks):
            rows.append(_next(done, crew))
            told(rows[-1])
    finally:
        for process in crew:
            process.join(timeout=10)
            process.terminate()
    return rows


def _next(done: "Queue[Row]", crew: Sequence[SpawnProcess]) -> Row:
    """The next row; a process that ended by itself ends the whole."""
    waited = 0.0
    while waited < ROW_S:
        try:
            return done.get(timeout=1.0)
        except Empty:
            waited += 1.0
        if any(process.exitcode for process in crew):
            raise AppError("a process of the matrix ended by itself; run it with --workers 1")
    raise AppError(f"a row of the matrix took more than {ROW_S:.0f} s")
