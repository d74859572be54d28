"""The way into the `harness` command: a stop is answered before the rest of it is loaded."""

import os
import signal
from typing import NoReturn


def main() -> None:
    """Run the command; a signal that comes while it is loaded ends it at once and in silence.

    Nothing is begun by then, so nothing is left to be put away. Later ones `STOP` answers.
    """
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _gone)
    from harness.cli import main as command  # noqa: PLC0415  it takes a second, or ten

    command()


def _gone(number: int, _frame: object) -> NoReturn:
    os._exit(128 + number)
