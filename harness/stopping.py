"""Ctrl-C and SIGTERM: they end a run in order, in the command and in the processes it starts."""

import logging
import signal
from collections.abc import Generator
from contextlib import contextmanager
from typing import NoReturn

STOPS = (signal.SIGINT, signal.SIGTERM)


def answer_signals() -> None:
    """Let Ctrl-C and SIGTERM end this process in order; another one does not cut the end short."""

    def answer(number: int, _frame: object) -> NoReturn:
        for each in STOPS:
            signal.signal(each, _not_again)  # SIG_IGN would complain of one that comes just now
        # A terminal's Ctrl-C ends the browser's driver as well, and asyncio would tell of that.
        logging.getLogger("asyncio").addHandler(logging.NullHandler())
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(128 + number)

    for each in STOPS:
        signal.signal(each, answer)


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
