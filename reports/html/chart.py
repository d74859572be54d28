"""A chart of one flow, or of the moment in it where something broke."""

from harness.journal import Finding
from harness.values import Value
from reports.html.axis import Axis
from reports.html.lanes import Lane, event_lanes, figure_lanes
from reports.html.scopes import scope_lanes
from reports.html.traffic import traffic_lanes
from reports.story import FlowStory

_BEFORE, _AFTER = 500.0, 900.0  # ms around a finding in its close-up

_DEATH = 0.08  # of the flow


class Band(Value):
    """A step as a stretch of the axis, in percent."""

    x: float
    width: float
    number: int
    title: str
    broken: bool


class Flag(Value):
    """A finding on the axis; `number` is the one it carries at the top of the report."""

    x: float
    number: int
    property: str


class Chart(Value):
    """Lanes over one time axis."""

    axis: Axis
    bands: tuple[Band, ...]
    flags: tuple[Flag, ...]
    lanes: tuple[Lane, ...]


def flow_chart(flow: FlowStory, numbered: dict[Finding, int]) -> Chart:
    """The whole flow with every lane."""
    axis = whole(flow)
    lanes = (
        *figure_lanes(flow, axis),
        *event_lanes(flow, axis),
        *traffic_lanes(flow, axis),
        *scope_lanes(flow, axis),
    )
    return _chart(flow, axis, lanes, numbered)


def whole(flow: FlowStory) -> Axis:
    """The span of a flow; a step in which the run died gets a little room."""
    died = bool(flow.steps) and flow.steps[-1].observation is None
    room = _DEATH * (flow.ended - flow.started) if died else 0.0
    return Axis(start=flow.started, end=flow.ended + room)


def close_up(flow: FlowStory, found: list[Finding], numbered: dict[Finding, int]) -> Chart | None:
    """Scroll position and rows about the moment of some findings; None if they name none."""
    moments = [finding.t for finding in found if finding.t is not None]
    if not moments or not flow.frames:
        return None
    axis = Axis(start=min(moments) - _BEFORE, end=max(moments) + _AFTER)
    lanes = tuple(lane for lane in figure_lanes(flow, axis) if lane.kind in {"top", "rows"})
    return _chart(flow, axis, lanes, numbered)


def _chart(
    flow: FlowStory, axis: Axis, lanes: tuple[Lane, ...], numbered: dict[Finding, int]
) -> Chart:
    return Chart(
        axis=axis, bands=_bands(flow, axis), flags=_flags(flow, axis, numbered), lanes=lanes
    )


def _bands(flow: FlowStory, axis: Axis) -> tuple[Band, ...]:
    ends = [*(step.started for step in flow.steps[1:]), max(flow.ended, axis.end)]
    broken = {finding.step for finding in flow.broken}
    return tuple(
        Band(
            x=axis.x(step.started),
            width=axis.x(end) - axis.x(step.started),
            number=step.number,
            title=step.title,
            broken=step.number in broken,
        )
        for step, end in zip(flow.steps, ends, strict=bool(flow.steps))
        if end > axis.start and step.started < axis.end
    )


def _flags(flow: FlowStory, axis: Axis, numbered: dict[Finding, int]) -> tuple[Flag, ...]:
    """Findings on the axis; those of one moment share the flag of the first."""
    flags: dict[float, Flag] = {}
    for finding in flow.findings:
        if finding.t is not None and axis.start <= finding.t <= axis.end:
            x = axis.x(finding.t)
            flag = Flag(x=x, number=numbered[finding], property=finding.property)
            flags.setdefault(x, flag)
    return tuple(flags.values())
