"""rendered-window-kept: what was rendered is not thrown away."""

from collections.abc import Iterator

from harness.journal import Finding
from harness.observations import Frame, RowChange
from harness.properties.figures import at_bottom
from harness.properties.judgement import Judgement, finding, judge
from harness.properties.visible import reads_latest, visible
from harness.trace import Step, Stretch, Trace

ID = "rendered-window-kept"


def rendered_window_kept(trace: Trace) -> Judgement:
    """Rows once rendered stay rendered.

    In a windowed list no row may leave whose message the server still holds. In a virtual list
    rows follow the viewport, so there the content may not shrink by a viewport or more, and the
    rows next to the one being read stay.

    Source: seed "rendered count does not reset to the initial small window".
    """
    windowed = trace.traits.rows == "windowed"
    check = _windowed if windowed else _virtual
    findings: list[Finding] = []
    evidence = 0
    for stretch in trace.stretches:
        findings += check(trace, stretch)
        steps = stretch.steps if windowed else [step for step, _ in stretch.unmoved]
        evidence += sum(frame.repeats for step in steps for frame in step.frames if frame.rows)
    return judge(evidence, findings, lacking="no frame with rows was seen", lost=trace.lost)


def _windowed(trace: Trace, stretch: Stretch) -> Iterator[Finding]:
    rendered, last = _last_keys(stretch.opened, ()), stretch.baseline
    for step in stretch.steps:
        count = len(rendered)
        slides = trace.traits.slides and _stays_at_the_latest(step, last)
        for change in step.observation.capture.row_changes:
            missing = _missing(trace, step, rendered, change)
            if missing and not (slides and _slid(rendered, change, count)):
                yield _reset(trace, step, rendered, change, missing, "rendered rows gone")
                break
            rendered = change.keys
        rendered, last = _last_keys(step, rendered), step.frames[-1] if step.frames else last


def _stays_at_the_latest(step: Step, last: Frame | None) -> bool:
    """Whether nobody reads above, before a step and after it."""
    end = step.frames[-1] if step.frames else last
    return reads_latest(last, step.before) and reads_latest(end, step.after)


def _slid(rendered: tuple[str, ...], change: RowChange, count: int) -> bool:
    """Whether only the oldest rows went, as many as came."""
    stayed = tuple(key for key in rendered if key in change.keys)
    return len(change.keys) >= count and rendered[len(rendered) - len(stayed) :] == stayed


def _last_keys(step: Step, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    changes = step.observation.capture.row_changes
    return changes[-1].keys if changes else otherwise


def _missing(
    trace: Trace, step: Step, wanted: tuple[str, ...], change: RowChange
) -> tuple[str, ...]:
    """Keys that are gone though the server holds their message; all that are, without a record.

    A row that stood for a prompt on its way, or for a busy agent, may rightly go.
    """
    gone = set(wanted) - set(change.keys)
    held = {message.id for message in visible(step, step.record)} if step.record else None
    return tuple(
        key for key in wanted if key in gone and (held is None or trace.traits.message(key) in held)
    )


def _reset(  # noqa: PLR0913, PLR0917  what one finding is made of
    trace: Trace,
    step: Step,
    before: tuple[str, ...],
    after: RowChange,
    missing: tuple[str, ...],
    cause: str,
) -> Finding:
    were = "1 rendered row was" if len(missing) == 1 else f"{len(missing)} rendered rows were"
    return finding(
        ID,
        trace,
        step,
        causes=[cause],
        t=after.t,
        summary=f"rows {len(before)} → {len(after.keys)}: {were} gone",
        expected="each of these rows stays",
        observed=f"{len(after.keys)} rows; gone: {', '.join(missing[:3])}"
        + (" …" if len(missing) > 3 else ""),  # noqa: PLR2004
    )


def _virtual(trace: Trace, stretch: Stretch) -> Iterator[Finding]:
    keys = _last_keys(stretch.opened, ())
    resting = {step.index: last for step, last in stretch.unmoved}
    for step in stretch.steps:
        if last := resting.get(step.index):
            yield from _shrunk(trace, step, last)
            yield from _lost_neighbours(trace, step, last, keys)
        keys = _last_keys(step, keys)


def _shrunk(trace: Trace, step: Step, last: Frame) -> Iterator[Finding]:
    """The content may not shrink by a viewport or more, in no frame.

    New elements first find out how high their rows are, which frames show or not by chance: what
    counts of them is how they end. That they are new, `timeline-mounted` tells.
    """
    floor = last.scroll_height - last.client_height
    nodes = (last.timeline, last.viewport)
    small = next(
        (
            frame
            for place, frame in enumerate(step.frames, start=1)
            if frame.viewport is not None
            and frame.scroll_height <= floor
            and ((frame.timeline, frame.viewport) == nodes or place == len(step.frames))
        ),
        None,
    )
    if small is None or last.viewport is None:
        return
    heights = f"{last.scroll_height:,.0f} → {small.scroll_height:,.0f} px"
    yield finding(
        ID,
        trace,
        step,
        causes=["content shrank"],
        t=small.t,
        summary=f"the content shrank: {heights} high",
        expected="the content keeps its height, less than a viewport lost",
        observed=heights,
    )


def _lost_neighbours(
    trace: Trace, step: Step, last: Frame, keys: tuple[str, ...]
) -> Iterator[Finding]:
    view = step.after.view
    in_history = view is not None and view.reader == "history" and not at_bottom(last)
    if not in_history or last.anchor is None or last.anchor.key not in keys:
        return
    place = keys.index(last.anchor.key)
    around = keys[max(0, place - 1) : place + 2]
    for change in step.observation.capture.row_changes:
        if missing := _missing(trace, step, around, change):
            yield _reset(trace, step, keys, change, missing, "rows around the reader gone")
            return
