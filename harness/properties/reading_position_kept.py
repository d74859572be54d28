"""reading-position-kept: what the reader looks at does not move."""

from collections.abc import Sequence

from harness.journal import Finding
from harness.observations import Frame
from harness.properties.figures import (
    ANCHOR_TOLERANCE,
    BOTTOM_TOLERANCE,
    NEAR_TOP,
    anchor_moved,
    at_bottom,
    pixels,
    rows_and_top,
    writers,
)
from harness.properties.judgement import Judgement, Wrong, finding, inconclusive, judge
from harness.trace import Step, Trace

ID = "reading-position-kept"


def reading_position_kept(trace: Trace) -> Judgement:
    """The first visible message keeps its offset within 1 px, in every frame.

    A reader at the bottom stays within 4 px of it. Where the app follows the reader's own send to
    the latest message, the way there may only lead down, and the bottom once reached is kept.
    Where one is reading is where the frame at rest before the step shows one; a flow in which
    that is elsewhere than the model says did not try what it was made for, unless a finding tells
    how one came to be there.

    Frames without a viewport or without rows have no position: `timeline-mounted` and
    `no-blank-frame` judge them.

    Source: seed "scrollTop does not jump near 0".
    """
    findings: list[Finding] = []
    astray: list[str] = []
    evidence = 0
    moved: set[int] = set()  # steps after which the reader is where a finding says
    for stretch in trace.stretches:
        for step, last in stretch.unmoved:
            moved |= {step.index} if step.index - 1 in moved else set()
            frames = [frame for frame in step.frames if frame.rows and frame.viewport is not None]
            if last.viewport is None or last.anchor is None:
                continue
            evidence += sum(frame.repeats for frame in frames)
            found = _of_step(trace, step, last, frames)
            findings += [found] if found else []
            astray += () if step.index in moved else _elsewhere(step, last)
            moved |= {step.index} if found else set()
    judged = judge(evidence, findings, lacking="nobody was reading", lost=trace.lost)
    return inconclusive(judged, astray)


def _elsewhere(step: Step, last: Frame) -> tuple[str, ...]:
    view = step.before.view
    if view is None or (view.reader == "bottom") == at_bottom(last):
        return ()
    meant = "at the bottom" if view.reader == "bottom" else "in history"
    away = f"{pixels(last.from_bottom)} above the bottom"
    return (f"before {step.action.name} one was to read {meant}, but read {away}",)


def _of_step(trace: Trace, step: Step, last: Frame, frames: Sequence[Frame]) -> Finding | None:
    if at_bottom(last):
        return _stuck(trace, step, last, frames)
    if _follows(trace, step):
        return _followed(trace, step, last, frames)
    return _anchored(trace, step, last, frames)


def _follows(trace: Trace, step: Step) -> bool:
    new = step.sends
    return trace.traits.own_send == "follow" and any(sent.via == "composer" for sent in new)


def _anchored(trace: Trace, step: Step, last: Frame, frames: Sequence[Frame]) -> Finding | None:
    for frame in frames:
        if said := anchor_moved(last, frame):
            wrong = Wrong(said, "message being read moved")
            return _moved(trace, step, last, frame, wrong, "the same message at its place, ±1 px")
    return None


def _stuck(trace: Trace, step: Step, last: Frame, frames: Sequence[Frame]) -> Finding | None:
    away = next((frame for frame in frames if not at_bottom(frame)), None)
    if away is None:
        return None
    said = f"the reader was {pixels(away.from_bottom)} above the bottom"
    wrong = Wrong(said, "reader taken from the bottom")
    return _moved(trace, step, last, away, wrong, f"at most {BOTTOM_TOLERANCE:.0f} px above it")


def _followed(trace: Trace, step: Step, last: Frame, frames: Sequence[Frame]) -> Finding | None:
    for place, frame in enumerate(frames):
        up = last.scroll_top - frame.scroll_top
        if at_bottom(frame):
            return _stuck(trace, step, last, frames[place:])
        if up > ANCHOR_TOLERANCE:
            wrong = Wrong(f"the view went up by {pixels(up)}", "view went up after a send")
            return _moved(trace, step, last, frame, wrong, "down to the latest message")
    return _stuck(trace, step, last, frames[-1:])


def _moved(  # noqa: PLR0913, PLR0917  a move has as many parts
    trace: Trace, step: Step, last: Frame, frame: Frame, wrong: Wrong, expected: str
) -> Finding:
    near_top = ", near the top" if _jumped_up(last, frame) else ""
    end = step.frames[-1]
    left_there = end.viewport is not None and _jumped_up(last, end)
    return finding(
        ID,
        trace,
        step,
        # How the step ends is the same from run to run; which frame comes first is not.
        causes=["view left near the top" if left_there else wrong.cause],
        t=frame.t,
        summary=f"{wrong.said}; {rows_and_top(last, frame)}" + near_top,
        expected=expected,
        observed=_place(frame),
        evidence=(f"before: {_place(last)}", *writers(step, frame.t)),
    )


def _jumped_up(last: Frame, frame: Frame) -> bool:
    return frame.scroll_top < NEAR_TOP <= last.scroll_top


def _place(frame: Frame) -> str:
    anchor = frame.anchor
    first = f"{anchor.key} at {anchor.offset:.1f} px" if anchor else "no message in view"
    return f"{first}, {pixels(frame.from_bottom)} from the bottom"
