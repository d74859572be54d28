"""What a flow's chart shows, lane by lane: lines, bars and marks over one time axis."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from harness.observations import Capture, Frame, Mount
from harness.values import Value
from reports.figures import number
from reports.html.axis import Axis, Point, Scale, trace
from reports.story import FlowStory

_NOTE = 40.0  # percent of a narrow chart that a note may take
_MIDDLE = 55.0  # percent: from here on a text stands to the left of its mark
_AFTER = 400.0  # ms in which what a finding began comes to an end
_PART_Y = {"timeline": 20.0, "viewport": 50.0, "composer": 80.0}


class Bar(Value):
    """A stretch of time: `x` and `width` in percent, `y` and `height` in percent of the lane."""

    x: float
    width: float
    y: float = 0.0
    height: float = 100.0
    kind: str
    title: str = ""
    text: str = ""  # written in it


class Mark(Value):
    """A moment: `x` and `y` in percent. A `text` is written beside it."""

    x: float
    y: float = 50.0
    kind: str
    title: str = ""
    text: str = ""

    @property
    def left(self) -> bool:
        """Whether the text goes to the left, where there is room."""
        return self.x > _MIDDLE


class Lane(Value):
    """One lane. `summary` says in words what the drawing shows."""

    kind: str
    label: str
    summary: str
    path: str = ""
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()


class _Measure(NamedTuple):
    kind: str
    label: str
    unit: str
    read: Callable[[Frame], float]


def _top(frame: Frame) -> float:
    return frame.scroll_top


def _rows(frame: Frame) -> float:
    return float(frame.rows)


def _height(frame: Frame) -> float:
    return frame.scroll_height


_MEASURES = (
    _Measure("top", "Scroll position", "px", _top),
    _Measure("rows", "Rows", "", _rows),
    _Measure("height", "Content height", "px", _height),
)


def figure_lanes(flow: FlowStory, axis: Axis) -> tuple[Lane, ...]:
    """The lanes of what every frame measured."""
    moments = tuple(one.t for one in flow.findings if one.t is not None)
    top, rows, height = (_line(flow, axis, moments, measure) for measure in _MEASURES)
    scrolls = _scroll_marks(flow, axis)
    return (
        top.model_copy(update={"marks": (*top.marks, *scrolls)}),
        _anchor(flow, axis),
        rows,
        height,
    )


def event_lanes(flow: FlowStory, axis: Axis) -> tuple[Lane, ...]:
    """The lanes of what happened now and then: mounts and layout shifts."""
    return (_nodes(flow, axis), _shifts(flow, axis))


def _line(flow: FlowStory, axis: Axis, moments: tuple[float, ...], measure: _Measure) -> Lane:
    frames = flow.frames
    shown = within(frames, axis)
    points = [(frame.t, _figure(frame, measure.read)) for frame in shown]
    figures = [figure for _, figure in points if figure is not None]
    return Lane(
        kind=measure.kind,
        label=measure.label,
        summary=_span(figures, measure.unit),
        path=trace(points, axis, Scale.of(figures)),
        bars=tuple(_blanks(shown, axis)),
        marks=tuple(_changes(points, axis, moments)),
    )


def within(frames: tuple[Frame, ...], axis: Axis) -> tuple[Frame, ...]:
    """The frames of a span of time, and the one that still held at its start."""
    before = [frame for frame in frames if frame.t < axis.start][-1:]
    return (*before, *(frame for frame in frames if axis.start <= frame.t <= axis.end))


def _figure(frame: Frame, read: Callable[[Frame], float]) -> float | None:
    return None if frame.viewport is None else read(frame)


def _span(figures: list[float], unit: str) -> str:
    if not figures:
        return "not seen"
    low, high = min(figures), max(figures)
    said = number(low) if low == high else f"{number(low)} to {number(high)}"
    return f"{said} {unit}".rstrip()


def _blanks(frames: tuple[Frame, ...], axis: Axis) -> Iterator[Bar]:
    """Where the timeline was not in the page or had no row, once there had been one."""
    ends = [*(frame.t for frame in frames[1:]), axis.end]
    shown = False
    for frame, end in zip(frames, ends, strict=bool(frames)):
        empty = frame.timeline is None or frame.rows == 0
        shown = shown or not empty
        if empty and shown:
            x = axis.x(frame.t)
            title = "no timeline in the page" if frame.timeline is None else "no row in the page"
            yield Bar(x=x, width=max(axis.x(end) - x, 0.3), kind="blank", title=title)


def _changes(points: list[Point], axis: Axis, moments: tuple[float, ...]) -> Iterator[Mark]:
    """The figures before, at and after each finding; none covers another."""
    written = 0.0
    for moment in sorted(moments):
        x = axis.x(moment)
        before = [figure for t, figure in points if t < moment and figure is not None][-1:]
        after = [figure for t, figure in points if 0 <= t - moment <= _AFTER and figure is not None]
        said = [
            key for key, _ in groupby(number(one) for one in (*before, *after[:1], *after[-1:]))
        ]
        note = Mark(x=x, y=50, kind="note", text=" → ".join(said))
        begin = x - _NOTE if note.left else x
        if len(said) > 1 and begin >= written and axis.start <= moment <= axis.end:
            written = begin + _NOTE
            yield note


def _anchor(flow: FlowStory, axis: Axis) -> Lane:
    """How far the first visible message is below the viewport's edge; a gap where it changes."""
    shown = within(flow.frames, axis)
    points: list[Point] = []
    marks: list[Mark] = []
    key = shown[0].anchor.key if shown and shown[0].anchor else None
    for frame in shown:
        now = frame.anchor.key if frame.anchor else None
        if now != key:
            points.append((frame.t, None))
            title = f"first visible message is now {now}" if now else "no message is visible"
            marks.append(Mark(x=axis.x(frame.t), y=94, kind="change", title=title))
        points.append((frame.t, frame.anchor.offset if frame.anchor else None))
        key = now
    figures = [figure for _, figure in points if figure is not None]
    path = trace(points, axis, Scale.of(figures))
    return Lane(
        kind="anchor",
        label="Reading anchor",
        summary=_span(figures, "px"),
        path=path,
        marks=tuple(marks),
    )


def _scroll_marks(flow: FlowStory, axis: Axis) -> Iterator[Mark]:
    """Where a script moved the viewport."""
    for capture in captures(flow):
        for write in capture.scroll_writes:
            if axis.start <= write.t <= axis.end:
                by = write.stack[0] if write.stack else "unknown code"
                where = "" if write.value is None else f" to {number(write.value)}"
                title = f"{write.api}: from {number(write.before)}{where} by {by}"
                yield Mark(x=axis.x(write.t), y=94, kind="write", title=title)


def _nodes(flow: FlowStory, axis: Axis) -> Lane:
    mounts = [mount for capture in captures(flow) for mount in capture.mounts]
    later = [mount for mount in mounts if mount.kind == "mount"]
    gone = len(mounts) - len(later)
    return Lane(
        kind="nodes",
        label="Mounts",
        summary=f"{len(later)} in, {gone} out" if mounts else "none",
        marks=tuple(_node(mount, axis) for mount in mounts),
    )


def _node(mount: Mount, axis: Axis) -> Mark:
    title = f"{mount.part} {mount.kind}ed, node #{mount.node}"
    return Mark(x=axis.x(mount.t), y=_PART_Y[mount.part], kind=mount.kind, title=title)


def _shifts(flow: FlowStory, axis: Axis) -> Lane:
    shifts = [shift for capture in captures(flow) for shift in capture.shifts]
    most = max((shift.value for shift in shifts), default=1.0) or 1.0
    unasked = sum(shift.value for shift in shifts if not shift.recent_input)
    bars = tuple(
        Bar(
            x=axis.x(shift.t),
            width=0.4,
            y=round(100 - 90 * shift.value / most, 2),
            height=round(90 * shift.value / most, 2),
            kind="input-shift" if shift.recent_input else "shift",
            title=f"layout shift {shift.value:.3f}"
            + (" after input" if shift.recent_input else "")
            + "".join(f", {source.node} by {number(source.dy)} px" for source in shift.sources[:3]),
        )
        for shift in shifts
    )
    return Lane(
        kind="shifts",
        label="Layout shifts",
        summary=f"{unasked:.3f} CLS" if shifts else "none",
        bars=bars,
    )


def captures(flow: FlowStory) -> list[Capture]:
    """What the recorder held, step by step."""
    return [step.observation.capture for step in flow.steps if step.observation]
