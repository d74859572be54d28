"""Processes that do tasks side by side; one that hangs is ended, and another takes its place."""

import signal
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from harness.errors import AppError, HarnessError
from harness.stopping import STOP, release_stops, stops_held

Task = TypeVar("Task")
Result = TypeVar("Result")
# Makes, in the process itself, what does one task.
Prepare = Callable[[], AbstractContextManager[Callable[[Task], Result]]]

ENDING_S = 20.0  # an app, a browser and their folders are put away
FLOW_S = 30.0  # a flow takes less on average, also on a slow machine: what takes more hangs
LOOK_S = 1.0  # how often it is looked whether one hangs


class Crew(Generic[Task, Result]):
    """Shares tasks out to processes.

    Args:
        prepare: a function of a module, so that another process finds it.
        size: how many processes.
        patience_s: how long a task may take, with the start of its process.
        late: answers for a task that took longer.
    """

    def __init__(
        self,
        prepare: Prepare[Task, Result],
        *,
        size: int,
        patience_s: float,
        late: Callable[[Task], Result],
    ) -> None:
        self._prepare = prepare
        self._size = size
        self._patience_s = patience_s
        self._late = late
        self._members: list[_Member[Task, Result]] = []

    def results(self, tasks: Iterable[Task]) -> Generator[Result]:
        """The results as they come; a task is taken only when a process is free for it.

        Raises:
            HarnessError: a process could not begin, or ended by itself.
        """
        todo = iter(tasks)
        try:
            for _ in range(self._size):
                self._hire(todo)
            while self._members:
                yield from self._ready(todo)
        finally:
            _end(self._members)

    def _hire(self, todo: Iterator[Task]) -> None:
        for task in todo:
            self._members.append(_Member(self._prepare, task))
            return

    def _ready(self, todo: Iterator[Task]) -> Iterator[Result]:
        wait([member.link for member in self._members], LOOK_S)
        for member in list(self._members):
            if member.link.poll():
                yield member.result()
                self._go_on(member, todo)
            elif member.busy_s > self._patience_s:
                self._members.remove(member)
                _end([member])
                yield self._late(member.task)
                self._hire(todo)

    def _go_on(self, member: "_Member[Task, Result]", todo: Iterator[Task]) -> None:
        for task in todo:
            member.give(task)
            return
        self._members.remove(member)
        _end([member])


class _Member(Generic[Task, Result]):
    """One process, and the task that it does."""

    def __init__(self, prepare: Prepare[Task, Result], task: Task) -> None:
        spawn = get_context("spawn")  # a fork would copy the browser's connection
        self.link, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(prepare, theirs))
        with stops_held():
            self._process.start()
        theirs.close()
        self.give(task)

    @property
    def busy_s(self) -> float:
        """For how long it has been at its task."""
        return time.monotonic() - self._since

    def give(self, task: Task) -> None:
        """Have it do a task."""
        self.task = task
        self._since = time.monotonic()
        self.link.send(task)

    def result(self) -> Result:
        """What came of the task."""
        try:
            told: Result | HarnessError = self.link.recv()
        except EOFError as error:
            raise AppError("a process of the proof ended by itself") from error
        if isinstance(told, HarnessError):
            raise told
        return told

    def leave(self) -> None:
        """Tell it to end."""
        self._process.terminate()

    def gone(self) -> None:
        """See that it has ended."""
        self._process.join(ENDING_S)
        self._process.kill()
        self._process.join()
        self.link.close()


def _end(members: list[_Member[Task, Result]]) -> None:
    for member in members:
        member.leave()
    for member in members:
        member.gone()


def _serve(prepare: Prepare[Task, Result], link: Connection) -> None:
    STOP.listen()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that shares out
    release_stops()
    try:
        with prepare() as do:
            while True:
                link.send(do(link.recv()))
    except HarnessError as error:
        link.send(error)
    except EOFError:
        return
