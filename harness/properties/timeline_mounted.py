"""timeline-mounted: the nodes on screen live as long as the session on screen."""

import math
from collections.abc import Iterator
from typing import get_args

from harness.journal import Finding
from harness.observations import Frame, Mount, Part
from harness.properties.figures import rows_and_top
from harness.properties.judgement import Judgement, finding, inconclusive, judge
from harness.trace import Step, Stretch, Trace
from harness.values import Value

ID = "timeline-mounted"
PARTS: tuple[Part, ...] = get_args(Part)
# What can become of parts, said of one and of several.
FATES = {
    "new": ("was a new element", "were new elements"),
    "gone": ("was gone", "were gone"),
    "left": (
        "left the document and came back within one frame",
        "left the document and came back within one frame",
    ),
}


def timeline_mounted(trace: Trace) -> Judgement:
    """The timeline, its viewport and the composer stay the same DOM nodes.

    Every frame after the opening is compared with the nodes at rest then, and no such node may
    leave the document in between, not even within one frame.

    Source: seed "Verify MessageTimeline does not unmount"; "Same-session activeDirectory changes
    do not unmount MessageTimeline".
    """
    findings: list[Finding] = []
    absent: list[str] = []
    evidence = 0
    for stretch in trace.stretches:
        evidence += sum(f.repeats for step in stretch.steps for f in step.frames)
        findings += _of_stretch(trace, stretch)
        absent += _absent(stretch)
    judged = judge(evidence, findings, lacking="no frame was seen", lost=trace.lost)
    return inconclusive(judged, absent)


def _absent(stretch: Stretch) -> Iterator[str]:
    """The parts that were not there to be watched.

    A session whose messages are late need have none yet: they are watched from when they come.
    """
    opened = f"{stretch.opened.action.name} (step {stretch.opened.index})"
    before = [stretch.baseline]
    if not stretch.opened.after.readiness.cache:
        before += [step.frames[-1] for step in stretch.steps[:-1] if step.frames]
    for part in PARTS:
        if not any(frame and _node(frame, part) is not None for frame in before):
            yield f"after {opened} there was no {part} in the page to watch"


class _Change(Value):
    """What became of one part in one step; `frame` is the first that shows it.

    Attributes:
        t: when it happened.
        painted: the time of the first frame from then on; times of mutations that are one for the
            eye differ by fractions of a millisecond.
    """

    part: Part
    node: int
    frame: Frame | None
    t: float
    painted: float
    mounts: tuple[Mount, ...]


def _of_stretch(trace: Trace, stretch: Stretch) -> Iterator[Finding]:
    """The first change of the parts in each step; a node once replaced is the new baseline."""
    last = stretch.baseline
    for step in stretch.steps:
        if last:
            yield from _of_step(trace, step, last)
        last = step.frames[-1] if step.frames else last


def _of_step(trace: Trace, step: Step, last: Frame) -> Iterator[Finding]:
    """One finding for the parts that went together in the same way."""
    together: dict[tuple[float, str], list[_Change]] = {}
    for part in PARTS:
        if change := _change(step, part, last):
            together.setdefault((change.painted, _fate(change)), []).append(change)
    for (_, fate), changes in together.items():
        yield _finding(trace, step, last, fate, changes)


def _change(step: Step, part: Part, last: Frame) -> _Change | None:
    node = _node(last, part)
    if node is None:
        return None
    changed = next((frame for frame in step.frames if _node(frame, part) != node), None)
    mounts = tuple(m for m in step.observation.capture.mounts if m.part == part)
    gone = next((m for m in mounts if m.node == node and m.kind == "unmount"), None)
    if changed is None and gone is None:
        return None
    t = changed.t if changed else gone.t if gone else last.t
    painted = next((frame.t for frame in step.frames if frame.t >= t), math.inf)
    return _Change(part=part, node=node, frame=changed, t=t, painted=painted, mounts=mounts)


def _finding(trace: Trace, step: Step, last: Frame, fate: str, changes: list[_Change]) -> Finding:
    *others, last_part = [f"the {change.part}" for change in changes]
    parts = f"{', '.join(others)} and {last_part}" if others else last_part
    nodes = ", ".join(f"{change.part} node {change.node}" for change in changes)
    return finding(
        ID,
        trace,
        step,
        causes=[_cause(step, change) for change in changes],
        t=min(change.t for change in changes),
        summary=f"{parts} {FATES[fate][len(changes) > 1]}; "
        f"{rows_and_top(last, changes[0].frame or last)}",
        expected=f"the same elements: {nodes}",
        observed=", ".join(_seen(change) for change in changes),
        evidence=tuple(_told(m) for change in changes for m in change.mounts[:3]),
    )


def _node(frame: Frame, part: Part) -> int | None:
    return {"timeline": frame.timeline, "viewport": frame.viewport, "composer": frame.composer}[
        part
    ]


def _fate(change: _Change) -> str:
    if change.frame is None:
        return "left"
    return "gone" if _node(change.frame, change.part) is None else "new"


def _cause(step: Step, change: _Change) -> str:
    """What became of a part by the end of the step, whichever frames were seen until then."""
    node = _node(step.frames[-1], change.part) if step.frames else change.node
    if node == change.node:
        return f"{change.part} taken out and put back"
    return f"{change.part} {'removed' if node is None else 'replaced'}"


def _seen(change: _Change) -> str:
    if change.frame is None:
        return f"{change.part} node {change.node} was taken out and put back between two frames"
    node = _node(change.frame, change.part)
    return f"no {change.part}" if node is None else f"{change.part} node {node}"


def _told(mount: Mount) -> str:
    return f"{mount.kind} of {mount.part} node {mount.node} at {mount.t:.1f}"
