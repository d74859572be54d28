"""no-blank-frame: a timeline that has shown rows does not go empty."""

from collections.abc import Iterator
from itertools import dropwhile

from harness.journal import Finding
from harness.observations import Frame
from harness.properties.judgement import Judgement, finding, judge
from harness.trace import Step, Stretch, Trace

ID = "no-blank-frame"


def no_blank_frame(trace: Trace) -> Judgement:
    """After a frame with a message in view there is none without.

    Rows that are in the page but outside the viewport do not count: the reader sees nothing.
    One gap is one finding, of the step in which it begins, however many steps it lasts.
    What rows look like while there is no viewport is not known; `timeline-mounted` judges that.

    Source: seed "Last-good timeline messages survive transient same-session cache misses".
    """
    findings: list[Finding] = []
    evidence = 0
    for stretch in trace.stretches:
        left_blank = False
        for step, frames in _judged(stretch):
            evidence += sum(frame.repeats for frame in frames)
            since = dropwhile(_is_blank, frames) if left_blank else frames
            blank = [frame for frame in since if _is_blank(frame)]
            findings += [_went_blank(trace, step, blank)] if blank else []
            left_blank = _is_blank(frames[-1]) if frames else left_blank
    return judge(evidence, findings, lacking="no message was ever in view", lost=trace.lost)


def _judged(stretch: Stretch) -> Iterator[tuple[Step, list[Frame]]]:
    """Each step's frames from the first one on after which a message had been in view."""
    shown = stretch.baseline is not None and stretch.baseline.anchor is not None
    for step in stretch.steps:
        frames: list[Frame] = []
        for frame in step.frames:
            shown = shown or frame.anchor is not None
            frames += [frame] if shown else []
        yield step, frames


def _is_blank(frame: Frame) -> bool:
    return frame.anchor is None and (frame.viewport is not None or not frame.rows)


def _went_blank(trace: Trace, step: Step, blank: list[Frame]) -> Finding:
    count = sum(frame.repeats for frame in blank)
    frames = "one frame" if count == 1 else f"{count} frames"
    stays = _is_blank(step.frames[-1])
    return finding(
        ID,
        trace,
        step,
        causes=["timeline left blank" if stays else "timeline blank for a while"],
        t=blank[0].t,
        summary=f"the timeline was blank for {frames}",
        expected="the last good rows stay until newer ones are there",
        observed=f"{frames} without a message in view ({blank[0].rows} rows in the page)",
    )
