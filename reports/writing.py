"""From the folder of a run to its report files."""

from collections.abc import Iterator
from pathlib import Path

from harness.values import Value
from reports.ci import code_quality, ctrf_json, step_summary
from reports.history import remembered
from reports.html import report_html
from reports.issue.embedding import Filed, filed
from reports.junit import junit_xml
from reports.opening import REPORT, ReportError, read_journal
from reports.reading import Reading
from reports.story import Run
from reports.telling import tell


class Paths(Value):
    """The files that were written."""

    html: Path
    junit: Path
    ctrf: Path
    summary: Path
    quality: Path


def write_reports(run_dir: Path) -> Paths:
    """Write `report.html` and what CI systems read beside the journal in `run_dir`.

    Raises:
        ReportError: there is no journal, or the folder cannot be written.
    """
    return written(run_dir)[0]


def written(run_dir: Path) -> tuple[Paths, Run]:
    """As `write_reports`, with the run that they tell.

    Raises:
        ReportError: there is no journal, or the folder cannot be written.
    """
    paths = Paths(
        html=run_dir / REPORT,
        junit=run_dir / "junit.xml",
        ctrf=run_dir / "ctrf.json",
        summary=run_dir / "summary.md",
        quality=run_dir / "codequality.json",
    )
    reading = read_journal(run_dir)
    run = tell(reading.entries, reading.damage)
    texts = dict(_texts(paths, reading, run, run_dir))
    try:
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ReportError(
            f"{run_dir} cannot be written ({error.strerror}): free it or name another folder."
        ) from error
    return paths, run


def _texts(paths: Paths, reading: Reading, run: Run, run_dir: Path) -> Iterator[tuple[Path, str]]:
    issues: dict[int, Filed] = filed(reading, run)
    yield paths.html, report_html(run, run_dir, issues, remembered(run, run_dir))
    yield paths.junit, junit_xml(run)
    yield paths.ctrf, ctrf_json(run)
    yield paths.summary, step_summary(run)
    yield paths.quality, code_quality(run)
