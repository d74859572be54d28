"""Puts the page together: template, style and script in one file under a strict policy."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pydantic import JsonValue

from reports import acceptance, figures, verdicts
from reports.history import History
from reports.html.chapters import FlowPart, Rendered, accepted, breaks, flow_parts
from reports.html.digest import digest
from reports.html.exercised import exercised
from reports.html.kills import kills
from reports.html.packing import Packer, packed
from reports.html.past import past_part, since_of
from reports.html.pictures import Gallery
from reports.html.scripts import script
from reports.html.traffic import describe
from reports.steered import is_steered
from reports.story import Run

_ROOM = Path(__file__).parent
_STYLES = ("report.css", "matrix.css", "past.css", "exercised.css")
_MOST = 20_000  # characters of one text: a page is for reading, the journal keeps the rest


def report_html(
    run: Run,
    folder: Path,
    filed: Mapping[int, object] | None = None,
    history: History | None = None,
) -> str:
    """The report of a run as one HTML document.

    Args:
        run: what is told.
        folder: where its pictures are.
        filed: what to copy of a finding (`reports.issue.embedding.Filed`), by its number.
        history: the runs before it.
    """
    before = history or History()
    style = "\n".join((_ROOM / name).read_text("utf-8") for name in _STYLES)
    code = script("report")
    gallery = Gallery(run, folder)
    numbered = {finding: number for number, finding in enumerate(run.findings, start=1)}
    said = since_of(run, before, numbered)
    made = environment()
    return made.get_template("report.html.j2").render(
        run=run,
        top=verdicts.headline(run),
        evidence=verdicts.evidence(run),
        kills=kills(run),
        exercised=exercised(run),
        filed=filed or {},
        past=past_part(run, before),
        since=said,
        digest=digest(run, numbered, said),
        passed_with=acceptance.passed_with(run),
        notes=acceptance.notes(run),
        shown_as=acceptance.shown_as,
        breaks=breaks(run, numbered, gallery),
        accepted=accepted(run, numbered, gallery),
        flows=_rendered(made, flow_parts(run, numbered, gallery)),
        pictures=gallery.embedded,
        sign=verdicts.SIGN,
        policy=policy(style, code),
        # Both are files of this package; nothing of a run is in them.
        style=Markup(style),  # noqa: S704
        script=Markup(code),  # noqa: S704
    )


def _rendered(made: Environment, parts: Sequence[FlowPart]) -> list[Rendered]:
    """Every flow as markup: what broke stands in the page while there is room, the rest packed."""
    template, packer = made.get_template("flow.html.j2"), Packer()
    shown: dict[str, Rendered] = {}
    for part in sorted(parts, key=lambda part: not part.flow.findings):
        body = template.render(part=part, describe=describe, is_steered=is_steered)
        fits = packer.takes(body)  # every text of the run in it is escaped
        kept, rest = (body, "") if fits else ("", packed(body))
        shown[part.id] = Rendered(id=part.id, flow=part.flow, body=kept, packed=rest)
    return [shown[part.id] for part in parts]


def policy(style: str, script: str) -> str:
    """A content-security policy under which nothing but these two texts has any effect."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest(script)}'",
            f"style-src '{_digest(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types unpacking",
        )
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def environment() -> Environment:
    """Templates in which every text of a run is foreign: escaped, cut, and shown whole."""
    made = Environment(
        loader=FileSystemLoader((_ROOM, _ROOM.parent / "comparison")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_foreign,
    )
    filters = cast("dict[str, Callable[..., object]]", made.filters)
    filters.update(
        {
            "number": figures.number,
            "counted": figures.counted,
            "duration": figures.duration,
            "moment": figures.moment,
            "timestamp": figures.timestamp,
            "cut": figures.cut,
            "indented": _indented,
        }
    )
    return made


def _foreign(value: object) -> object:
    """Every text that the template writes passes here before it is escaped."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return figures.visible(figures.cut(value, _MOST))
    return value


def _indented(tree: JsonValue) -> str:
    return json.dumps(tree, indent=2, ensure_ascii=False)
