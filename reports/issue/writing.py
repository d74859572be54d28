"""From the folder of a run to an issue: in a file with its picture beside it, or as a text."""

import shutil
from pathlib import Path
from urllib.parse import quote

from harness.values import Value
from reports.figures import cut
from reports.html.pictures import is_beside, picture_size
from reports.issue.choosing import Choice, choices, choose, picture_of
from reports.issue.page import issue_text
from reports.opening import ReportError, read_journal
from reports.reading import Reading
from reports.telling import tell
from reports.verdicts import headline


class Written(Value):
    """An issue: its text, its file if it was to have one, and the picture of the step.

    `picture` is the copy beside the file; without a file the one in the run's own folder.
    """

    text: str
    file: Path | None
    picture: Path | None


def findings_of(run_dir: Path) -> tuple[Choice, ...]:
    """The findings of a run, of which there is at least one.

    Raises:
        ReportError: there is no journal, it cannot be read, or it has no finding.
    """
    return _found(run_dir, read_journal(run_dir))


def write_issue(run_dir: Path, wanted: str, out: Path | None) -> Written:
    """Make the issue about one finding.

    Args:
        run_dir: the run's folder.
        wanted: the finding's number, its id, or the beginning of that.
        out: the file to write; None writes nothing.

    Raises:
        ReportError: there is no journal, no such finding, or the file cannot be written.
    """
    reading = read_journal(run_dir)
    found = _found(run_dir, reading)
    choice = choose(found, wanted)
    if choice is None:
        there_are = cut(", ".join(f"{one.number} ({one.id})" for one in found), 400)
        raise ReportError(f"{run_dir} has no finding “{wanted}”; there are: {there_are}.")
    picture = _picture(run_dir, reading, choice)
    if out is None:
        return Written(text=issue_text(reading, choice), file=None, picture=picture)
    beside = (
        out.with_name(f"{out.stem}-step-{choice.finding.step}{picture.suffix}") if picture else None
    )
    text = issue_text(reading, choice, quote(beside.name) if beside else None)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
        if picture and beside:
            shutil.copyfile(picture, beside)
    except OSError as error:
        raise ReportError(
            f"{out} cannot be written ({error.strerror}): name another file with --out."
        ) from error
    return Written(text=text, file=out, picture=beside)


def _found(run_dir: Path, reading: Reading) -> tuple[Choice, ...]:
    found = choices(reading.entries)
    if not found:
        top = headline(tell(reading.entries, reading.damage))
        raise ReportError(f"{run_dir} holds no finding. {top.title}: {top.detail}")
    return found


def _picture(run_dir: Path, reading: Reading, choice: Choice) -> Path | None:
    """The picture of the finding's step, if it is one and lies in the run's own folder."""
    named = picture_of(reading, choice)
    path = run_dir / named if named else None
    if path is None or not is_beside(run_dir, path):
        return None
    return path if picture_size(path.read_bytes()) else None
