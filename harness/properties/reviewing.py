"""What the review of a directory shows, against what is really changed in it."""

from collections.abc import Iterator

from pydantic import JsonValue

from harness.journal import Finding
from harness.properties.judgement import Judgement, finding, judge, not_exercised
from harness.properties.settling import settlings
from harness.trace import Step, Trace
from harness.world import FileKind

NAMES: dict[FileKind, str] = {"diff": "changes", "artifacts": "artifacts"}


def late_reviews(property_id: str, trace: Trace, kind: FileKind) -> Judgement:
    """Judge every frame of the review: it shows only what belongs to the directory on screen.

    When a late answer has come in another directory, it shows just what that directory has.
    """
    late = [each.step for each in settlings(trace, kind) if each.where == "elsewhere"]
    if not late:
        return not_exercised(f"no {NAMES[kind]} were answered in another scope than asked for")
    findings = [found for step in trace.steps for found in _foreign(property_id, trace, step, kind)]
    findings += [found for step in late for found in not_as_it_is(property_id, trace, step, kind)]
    return judge(len(late), findings, lacking="no late answer was seen", lost=trace.lost)


def _foreign(property_id: str, trace: Trace, step: Step, kind: FileKind) -> Iterator[Finding]:
    """Files of another directory than the one that is shown as where the session works."""
    known = {(f.directory, f.name) for f in step.after.files if f.kind == kind}
    for sign in step.told(kind):
        place = _place_at(trace, step, sign.t)
        strange = [name for name in _own(sign.value) if place and (place, name) not in known]
        if strange:
            yield finding(
                property_id,
                trace,
                step,
                t=sign.t,
                summary=f"the review of {place} showed {strange[0]}, which is not in it",
                expected=f"only {NAMES[kind]} of {place}",
                observed=", ".join(_own(sign.value)),
            )
            return


def not_as_it_is(property_id: str, trace: Trace, step: Step, kind: FileKind) -> Iterator[Finding]:
    """The review at rest lacks something that is in the directory, or has too much."""
    right = list(step.after.shown_files(kind))
    if not step.at_rest or not step.after.review_open:
        return
    shown = _own(step.told_at_last(kind))
    if shown != right:
        yield finding(
            property_id,
            trace,
            step,
            t=step.frames[-1].t if step.frames else None,
            summary=f"the late answer left the review with {_listed(shown)}, not {_listed(right)}",
            expected=_listed(right),
            observed=_listed(shown),
        )


def _place_at(trace: Trace, step: Step, t: float) -> str | None:
    """The directory that the app shows as the one it works in, at a moment."""
    told = [sign.value for sign in step.told("execution") if sign.t <= t]
    last = told[-1] if told else None
    path = last.get("directory") if isinstance(last, dict) else None
    words = trace.names.directories.items()
    return next((word for word, real in words if real == path), None)


def _own(names: JsonValue) -> list[str]:
    """The names of the files that the plan made; git tells of others, too."""
    found = [str(name) for name in names] if isinstance(names, list) else []
    return sorted(name for name in found if name.startswith(("changed-in-", "made-in-", "later-")))


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "nothing"
