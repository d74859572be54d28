"""From the folder of a run to its journal and its story."""

from pathlib import Path

from reports.reading import Reading, read
from reports.story import Run
from reports.telling import tell

JOURNAL = "journal.jsonl"
REPORT = "report.html"


class ReportError(Exception):
    """A report cannot be made; the message is one sentence with its remedy."""


def read_run(run_dir: Path) -> Run:
    """Read `run_dir/journal.jsonl` as one story, whole or cut short.

    Raises:
        ReportError: there is no journal, or it cannot be opened.
    """
    reading = read_journal(run_dir)
    return tell(reading.entries, reading.damage)


def read_journal(run_dir: Path) -> Reading:
    """Read the entries of `run_dir/journal.jsonl`, whole or cut short.

    Raises:
        ReportError: there is no journal, or it cannot be opened.
    """
    path = run_dir / JOURNAL
    try:
        return read(path)
    except FileNotFoundError as error:
        raise ReportError(
            f"{run_dir} holds no {JOURNAL}: name a folder that a run has written."
        ) from error
    except OSError as error:
        raise ReportError(
            f"{path} cannot be read ({error.strerror}): check who may read it."
        ) from error
