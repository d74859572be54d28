"""Shares the faults out to processes and tells each row as it is done."""

from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from multiprocessing.queues import Queue
from queue import Empty

from fixtures.faults import Fault
from harness.errors import AppError, HarnessError
from harness.journal import MatrixRow
from harness.proving.worker import Answer, Task, prepared, work
from harness.stopping import stops_held

ROW_S = 300.0  # no row takes longer, also on a slow machine
ENDING_S = 30.0  # in which a process ends its browser and its app

Told = Callable[[MatrixRow], None]


def prove(faults: Sequence[Fault], *, workers: int, told: Told) -> None:
    """Run every flow with each fault and on the clean app.

    Args:
        faults: what to try.
        workers: how many processes; 1 does it in this one.
        told: hears each row as it is done.

    Raises:
        HarnessError: the app or the browser cannot be started, or a process ended.
    """
    tasks: list[Fault | None] = [None, *faults]
    if workers > 1:
        _shared(tasks, workers, told)
        return
    with prepared() as attempt:
        for task in tasks:
            told(attempt(task))


def _shared(tasks: list[Fault | None], workers: int, told: Told) -> None:
    spawn = get_context("spawn")  # a fork would copy the browser's connection
    todo: Queue[Task] = spawn.Queue()
    done: Queue[Answer] = spawn.Queue()
    todo.cancel_join_thread()  # what nobody takes any more must not keep us
    crew = [spawn.Process(target=work, args=(todo, done)) for _ in range(workers)]
    try:
        with stops_held():
            for process in crew:
                process.start()
        for task in (*tasks, *("end" for _ in crew)):
            todo.put(task)
        for _ in tasks:
            told(_next(done, crew))
    except BaseException:
        for process in crew:
            _stop(process)
        raise
    finally:
        _see_off(crew)


def _stop(process: SpawnProcess) -> None:
    if process.pid is not None:  # else it was never started
        process.terminate()


def _see_off(crew: Sequence[SpawnProcess]) -> None:
    for process in crew:
        if process.pid is None:
            continue
        process.join(timeout=ENDING_S)
        process.kill()
        process.join()


def _next(done: "Queue[Answer]", crew: Sequence[SpawnProcess]) -> MatrixRow:
    """The next row; a process that failed or ended by itself ends the whole."""
    waited = 0.0
    while waited < ROW_S:
        try:
            answer = done.get(timeout=1.0)
        except Empty:
            waited += 1.0
        else:
            if isinstance(answer, HarnessError):
                raise answer
            return answer
        if any(process.exitcode for process in crew):
            raise AppError("a process of the matrix ended by itself; run it with --workers 1")
    raise AppError(f"a row of the matrix took more than {ROW_S:.0f} s")
