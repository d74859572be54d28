"""The folder of a run, and the journal in it."""

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
    stamp = time.strftime("%Y%m%d-%H%M%S")
    name = f"{stamp}-{options.target}" + (f"-{options.fault.id}" if options.fault else "")
    for number in range(1, 1000):
        folder = options.reports / (name if number == 1 else f"{name}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            if options.reports.is_dir():
                continue
            raise _unwritable(options.reports, "it is not a folder") from None
        except OSError as error:
            raise _unwritable(options.reports, error.strerror) from error
        return folder
    raise _unwritable(options.reports, "it is full of runs of this second")


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
