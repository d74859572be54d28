"""Processes that do tasks side by side; one that hangs is ended, and another takes its place."""

import os
import signal
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar, cast

from harness.errors import AppError, HarnessError
from harness.stopping import STOP, release_stops, stops_held

Task = TypeVar("Task")
Result = TypeVar("Result")
# Takes what is to be told; makes, in the process itself, what does one task.
Prepare = Callable[[Callable[[Result], None]], AbstractContextManager[Callable[[Task], None]]]

DONE = "done"  # a process's word that a task is over
ENDED = "a process that works on this run ended by itself"

ENDING_S = 60.0  # an app, a browser and their folders are put away; a busy machine takes a while
FLOW_S = 30.0  # a flow takes less on average, also on a slow machine: what takes more hangs
LOOK_S = 1.0  # how often it is looked whether one hangs


class Crew(Generic[Task, Result]):
    """Shares tasks out to processes.

    Args:
        prepare: a function of a module, so that another process finds it; what it makes may tell
            any number of results of a task.
        size: how many processes.
        patience_s: how long a process may be silent at a task, or until it has started.
        late: answers for a task that took longer.
    """

    def __init__(
        self,
        prepare: Prepare[Result, Task],
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
                heard = member.heard()
                if heard == DONE:
                    self._go_on(member, todo)
                else:
                    yield cast("Result", heard)
            elif member.silent_s > self._patience_s:
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

    def __init__(self, prepare: Prepare[Result, Task], task: Task) -> None:
        spawn = get_context("spawn")  # a fork would copy the browser's connection
        self.link, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(prepare, theirs))
        with stops_held():
            self._process.start()
        theirs.close()
        self.give(task)

    @property
    def silent_s(self) -> float:
        """For how long it has told nothing of its task."""
        return time.monotonic() - self._since

    def give(self, task: Task) -> None:
        """Have it do a task.

        Raises:
            AppError: it ended by itself.
        """
        self.task = task
        self._since = time.monotonic()
        try:
            self.link.send(task)
        except ConnectionError as error:
            raise AppError(ENDED) from error

    def heard(self) -> Result | str:
        """What it tells of the task, or that it is done.

        Raises:
            HarnessError: it could not begin, or ended by itself.
        """
        try:
            told: Result | str | HarnessError = self.link.recv()
        except (EOFError, ConnectionError) as error:  # the second, where it left a task unread
            raise AppError(ENDED) from error
        self._since = time.monotonic()
        if isinstance(told, HarnessError):
            raise told
        return told

    def leave(self) -> None:
        """Tell it to end: where it waits for a task, or for its words to be heard, it does."""
        self._process.terminate()
        self.link.close()

    def gone(self) -> None:
        """See that it has ended."""
        self._process.join(ENDING_S)
        self._process.kill()
        self._process.join()


def _end(members: list[_Member[Task, Result]]) -> None:
    for member in members:
        member.leave()
    for member in members:
        member.gone()


def _serve(prepare: Prepare[Result, Task], link: Connection) -> None:
    # Ctrl-C is for the process that shares out; in a group of its own, this one's browser does not
    # take it either, and what is under way ends in order when it is told to.
    os.setpgid(0, 0)
    STOP.listen()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # one that came before
    release_stops()

    def tell(word: Result | str | HarnessError) -> None:
        with _ends_with_link():
            link.send(word)

    def hear() -> Task:
        with _ends_with_link():
            return link.recv()

    try:
        with prepare(tell) as do:
            while True:
                do(hear())
                tell(DONE)
    except HarnessError as error:
        tell(error)


@contextmanager
def _ends_with_link() -> Generator[None]:
    """A signal may come where nobody takes what it raises; a closed link is its second word."""
    try:
        yield
    except (EOFError, ConnectionError):
        raise SystemExit from None
