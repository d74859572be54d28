"""Ctrl-C, SIGTERM, a closed terminal: they end a run in order, in all of its processes."""

import logging
import signal
import sys
import warnings
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import NoReturn

from harness.journal import Entry

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop:
    """What a signal asked for.

    A handler raises wherever the program happens to be. In a finalizer, or between two switches of
    Playwright's greenlets, nobody takes the exception, and the run would go on deaf to any signal.
    So the run itself raises it again at its next entry in the journal.
    """

    def __init__(self) -> None:
        self._number: int | None = None

    def listen(self) -> None:
        """Answer signals from now on; another one does not cut the end short."""
        self._number = None
        _answer_with(self._answer)

    def hear(self, _entry: Entry) -> None:
        """End a run that a signal should have ended already; one that is ending is left alone."""
        if self._number is not None and sys.exception() is None:
            self._end(self._number)

    def _answer(self, number: int, _frame: object) -> NoReturn:
        _answer_with(_not_again)  # SIG_IGN would complain of one that comes just now
        self._number = number
        hush()
        self._end(number)

    def _end(self, number: int) -> NoReturn:
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(128 + number)


def hush() -> None:
    """Say no more of the browser's driver: a signal may end it too, or cut its last answer off."""
    for name in ("asyncio", "playwright"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    warnings.filterwarnings("ignore", message="coroutine .* was never awaited")
    sys.unraisablehook = partial(_unless_it_ends, sys.unraisablehook)


def _unless_it_ends(
    usual: "Callable[[sys.UnraisableHookArgs], object]", raised: "sys.UnraisableHookArgs"
) -> None:
    """A finalizer that a signal fell into loses what its handler raised; the run raises it anew."""
    if not issubclass(raised.exc_type, KeyboardInterrupt | SystemExit):
        usual(raised)


STOP = Stop()


def _answer_with(handler: Callable[[int, FrameType | None], None]) -> None:
    for each in STOPS:
        below_nohup = each == signal.SIGHUP and signal.getsignal(each) == signal.SIG_IGN
        if not below_nohup:  # a run below it goes on when its terminal is closed
            signal.signal(each, handler)


def _not_again(_number: int, _frame: object) -> None:
    """The end is under way."""


@contextmanager
def stops_held() -> Generator[None]:
    """Keep the signals back; a process started meanwhile keeps them back until it can answer."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def release_stops() -> None:
    """Take the signals that this process was born to keep back."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
