"""A comparison as one HTML page: what turned, with the pictures of both runs side by side."""

import os
from pathlib import Path

from markupsafe import Markup

from harness.journal import Finding
from harness.values import Value
from reports.comparison.comparing import WORDS, Comparison, Line, Turn
from reports.comparison.terminal import told
from reports.comparison.words import SIGN, headline
from reports.html.page import environment, policy
from reports.html.pictures import Gallery, Picture
from reports.opening import REPORT, ReportError
from reports.story import FlowStory, Run

NAME = "comparison.html"
ORDER: tuple[Turn, ...] = ("worse", "changed", "better", "unclear")
CLASS: dict[Turn, str] = {
    "worse": "violated",
    "changed": "violated",
    "better": "pass",
    "unclear": "inconclusive",
    "same": "not-applicable",
}
_ROOM = Path(__file__).parent
_STYLES = (_ROOM.parent / "html" / "report.css", _ROOM / "comparison.css")


class Trail(Value):
    """How a search came to the two runs: each candidate in its order, and what was said of it."""

    title: str
    answers: tuple[tuple[str, str], ...]
    untold: tuple[str, ...] = ()


class _Sight(Value):
    """A step in both runs."""

    title: str
    before: Picture | None
    after: Picture | None


class _Turned(Value):
    line: Line
    before: str
    after: str
    finding: Finding | None
    sight: _Sight | None


def write_comparison(
    comparison: Comparison, before: Path, after: Path, folder: Path, trail: Trail | None = None
) -> Path:
    """Write `comparison.html`; answers with its path.

    Args:
        comparison: the two runs.
        before: the folder of the first.
        after: the folder of the second.
        folder: where the page goes; the runs' own reports are linked from there.
        trail: how they were found, if a search did.

    Raises:
        ReportError: the page cannot be written.
    """
    galleries = Gallery(comparison.before, before), Gallery(comparison.after, after)
    style = "\n".join(path.read_text("utf-8") for path in _STYLES)
    page = (
        environment()
        .get_template("comparison.html.j2")
        .render(
            comparison=comparison,
            top=headline(comparison),
            turned=[
                _turned(comparison, line, galleries)
                for turn in ORDER
                for line in comparison.of(turn)
            ],
            same=comparison.of("same"),
            sides=(
                _side(comparison.before, "before", before, folder),
                _side(comparison.after, "after", after, folder),
            ),
            trail=trail,
            told=told,
            words=WORDS,
            sign=SIGN,
            kind=CLASS,
            policy=policy(style, ""),
            style=Markup(style),  # noqa: S704  files of this package
        )
    )
    path = folder / NAME
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise ReportError(
            f"{path} cannot be written ({error.strerror}): free it or name another folder."
        ) from error
    return path


def _side(run: Run, which: str, at: Path, folder: Path) -> dict[str, object]:
    report = (at / REPORT).resolve()
    # A link to elsewhere would break where the folders are kept as an artifact.
    linked = report.is_file() and report.is_relative_to(folder.resolve().parent)
    link = os.path.relpath(report, folder.resolve()) if linked else ""
    return {"run": run, "which": which, "link": Path(link).as_posix() if link else ""}


def _turned(comparison: Comparison, line: Line, galleries: tuple[Gallery, Gallery]) -> _Turned:
    found = _telling(line)
    flows = [_flow(run, line.flow) for run in (comparison.before, comparison.after)]
    return _Turned(
        line=line,
        before=told(line.before),
        after=told(line.after),
        finding=found,
        sight=_sight(found, flows, galleries) if found else None,
    )


def _telling(line: Line) -> Finding | None:
    """The finding that shows the turn best: one with a cause that the other run has not."""
    for side, causes in ((line.after, line.new), (line.before, line.gone)):
        for finding in side.findings:
            if set(finding.causes) & set(causes):
                return finding
    return next(iter((*line.after.findings, *line.before.findings)), None)


def _sight(
    found: Finding, flows: list[FlowStory | None], galleries: tuple[Gallery, Gallery]
) -> _Sight | None:
    steps = [flow.step(found.step) if flow else None for flow in flows]
    pictures = [gallery.of(step) for gallery, step in zip(galleries, steps, strict=True)]
    shown = [picture if picture and picture.uri else None for picture in pictures]
    title = next((step.title for step in reversed(steps) if step), "")
    if not any(shown):
        return None
    return _Sight(title=f"step {found.step}: {title}", before=shown[0], after=shown[1])


def _flow(run: Run, name: str) -> FlowStory | None:
    return next((flow for flow in run.flows if flow.flow == name), None)
