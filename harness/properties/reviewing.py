"""What the review of a directory shows, against what is really changed in it."""

from collections.abc import Iterable, Iterator

from pydantic import JsonValue

from harness.journal import Finding
from harness.properties.judgement import Judgement, finding, judge, not_exercised
from harness.properties.settling import settlings
from harness.properties.visible import standing
from harness.trace import Step, Trace
from harness.world import FileKind

NAMES: dict[FileKind, str] = {"diff": "changes", "artifacts": "artifacts"}


def late_reviews(
    property_id: str, trace: Trace, kind: FileKind, also: Iterable[Finding] = ()
) -> Judgement:
    """Judge every frame of the review: it shows only what belongs to the directory on screen.

    When a late answer has come in another directory, it shows just what that directory has. What
    `also` finds counts where an answer came late. Evidence is each step in which a review was read
    beside the directory that it is of; where answers came late, each of their steps in which the
    review was read.
    """
    late = [each.step for each in settlings(trace, kind) if each.where == "elsewhere"]
    findings = [found for step in trace.steps for found in _foreign(property_id, trace, step, kind)]
    if late:
        findings += [each for step in late for each in not_as_it_is(property_id, trace, step, kind)]
        read = sum(bool(step.told(kind)) for step in late) if reads(trace, kind) else 0
        unread = f"the app told nothing of its {NAMES[kind]} that could be read when they came late"
        return judge(read, [*findings, *also], lacking=unread, lost=trace.lost)
    read = sum(_placed(trace, step, kind) for step in trace.steps) if reads(trace, kind) else 0
    if not read:
        return not_exercised(f"no review in which {NAMES[kind]} could be read was open")
    return judge(read, findings, lacking="", lost=trace.lost)


def _placed(trace: Trace, step: Step, kind: FileKind) -> bool:
    """Whether a step has a frame in which the review and the directory it is of are both told."""
    return any(_place_at(trace, step, t) for t, _ in standing(step, kind))


def reads(trace: Trace, kind: FileKind) -> bool:
    """Whether a file of the plan was read in the review at any time.

    Where none ever was, the review may be built in another way than the target knows.
    """
    signs = ((step, sign) for step in trace.steps for sign in step.told(kind))
    return any(_own(step, kind, sign.value) for step, sign in signs)


def _foreign(property_id: str, trace: Trace, step: Step, kind: FileKind) -> Iterator[Finding]:
    """Files of another directory than the one that is shown as where the session works."""
    known = {(f.directory, f.name) for f in step.after.files if f.kind == kind}
    for t, value in standing(step, kind):
        place = _place_at(trace, step, t)
        shown = _own(step, kind, value)
        strange = [name for name in shown if place and (place, name) not in known]
        if strange:
            yield finding(
                property_id,
                trace,
                step,
                causes=["something of another directory shown"],
                t=t,
                summary=f"the review of {place} showed {strange[0]}, which is not in it",
                expected=f"only {NAMES[kind]} of {place}",
                observed=_listed(shown),
            )
            return


def not_as_it_is(property_id: str, trace: Trace, step: Step, kind: FileKind) -> Iterator[Finding]:
    """The review at rest lacks something that is in the directory, or has too much."""
    right = list(step.after.shown_files(kind))
    if not step.at_rest or not step.after.review_open or not reads(trace, kind):
        return
    if not step.told(kind):
        return
    shown = _own(step, kind, step.told_at_last(kind))
    if shown != right:
        yield finding(
            property_id,
            trace,
            step,
            causes=_differences(shown, right),
            t=step.t_end,
            summary=f"the late answer left the review with {_listed(shown)}, not {_listed(right)}",
            expected=_listed(right),
            observed=_listed(shown),
        )


def _differences(shown: list[str], right: list[str]) -> Iterator[str]:
    if set(shown) - set(right):
        yield "something of another directory left"
    if set(right) - set(shown):
        yield "something of the directory missing"
    if set(shown) == set(right):
        yield "something shown twice"


def _place_at(trace: Trace, step: Step, t: float) -> str | None:
    """The directory that the app shows as the one it works in, at a moment."""
    told = [sign.value for sign in step.told("execution") if sign.t <= t]
    last = told[-1] if told else None
    path = last.get("directory") if isinstance(last, dict) else None
    words = trace.names.directories.items()
    return next((word for word, real in words if real == path), None)


def withdrawn(property_id: str, trace: Trace, step: Step, kind: FileKind) -> Iterator[Finding]:
    """Something that is in the directory, and was shown, was not shown in a later frame."""
    right = set(step.after.shown_files(kind))
    had: set[str] = set()
    for sign in step.told(kind):
        shown = set(_own(step, kind, sign.value))
        if gone := sorted(had - shown):
            yield finding(
                property_id,
                trace,
                step,
                causes=["something shown taken away"],
                t=sign.t,
                summary=f"the late answer took {gone[0]} out of the review, which was shown before",
                expected=_listed(sorted(right)),
                observed=_listed(sorted(shown)),
            )
            return
        had |= shown & right


def _own(step: Step, kind: FileKind, names: JsonValue) -> list[str]:
    """The names of the files that the plan knows of; git tells of others, too."""
    known = {file.name for file in step.after.files if file.kind == kind}
    found = [str(name) for name in names] if isinstance(names, list) else []
    return sorted(name for name in found if name in known)


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "nothing"
