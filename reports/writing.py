"""From the folder of a run to its report files."""

from pathlib import Path

from harness.values import Value
from reports.html import report_html
from reports.junit import junit_xml
from reports.reading import Reading, read
from reports.story import Run
from reports.telling import tell

JOURNAL = "journal.jsonl"


class ReportError(Exception):
    """A report cannot be made; the message is one sentence with its remedy."""


class Paths(Value):
    """The files that were written."""

    html: Path
    junit: Path


def read_run(run_dir: Path) -> Run:
    """Read `run_dir/journal.jsonl`, whole or cut short.

    Raises:
        ReportError: there is no journal, or it cannot be opened.
    """
    reading = read_entries(run_dir)
    return tell(reading.entries, reading.damage)


def read_entries(run_dir: Path) -> Reading:
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


def write_reports(run_dir: Path) -> Paths:
    """Write `report.html` and `junit.xml` beside the journal in `run_dir`.

    Raises:
        ReportError: there is no journal, or the folder cannot be written.
    """
    run = read_run(run_dir)
    paths = Paths(html=run_dir / "report.html", junit=run_dir / "junit.xml")
    try:
        paths.html.write_text(report_html(run, run_dir), encoding="utf-8")
        paths.junit.write_text(junit_xml(run), encoding="utf-8")
    except OSError as error:
        raise ReportError(
            f"{run_dir} cannot be written ({error.strerror}): free it or name another folder."
        ) from error
    return paths
