"""The folder of a run, and the journal in it."""

import re
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from harness.errors import UsageError
from harness.run.options import RunOptions

JOURNAL = "journal.jsonl"


def run_folder(options: RunOptions) -> Path:
    """Make the run's own folder.

    Raises:
        UsageError: it cannot be written.
    """
    fault = f"-{options.fault.id}" if options.fault else ""
    return new_folder(options.reports, f"{folder_name(options.target)}{fault}")


def folder_name(text: str) -> str:
    """A text as a name that every file system takes: a class has a colon, a branch a slash."""
    return re.sub(r"[^\w.-]+", "-", text)


def new_folder(reports: Path, name: str) -> Path:
    """Make a folder for one run, named by the time and `name`.

    Raises:
        UsageError: it cannot be written.
    """
    stamped = f"{time.strftime('%Y%m%d-%H%M%S')}-{name}"
    for number in range(1, 1000):
        folder = reports / (stamped if number == 1 else f"{stamped}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            if reports.is_dir():
                continue
            raise _unwritable(reports, "it is not a folder") from None
        except OSError as error:
            raise _unwritable(reports, error.strerror) from error
        return folder
    raise _unwritable(reports, "it is full of runs of this second")


@contextmanager
def open_journal(folder: Path) -> Generator[TextIO]:
    """The journal of a run, empty and open for writing.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        stream = (folder / JOURNAL).open("w", encoding="utf-8")
    except OSError as error:
        raise _unwritable(folder, error.strerror) from error
    with stream:
        yield stream


def _unwritable(folder: Path, why: str | None) -> UsageError:
    return UsageError(
        f"cannot write reports in {folder} ({why or 'unknown reason'}):"
        " choose another folder with --report"
    )
