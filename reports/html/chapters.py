"""The parts of the page as the template wants them: what broke, and each flow with its steps."""

from itertools import groupby

from pydantic import JsonValue

from harness.journal import Finding
from harness.values import Value
from reports.acceptance import Grant, grants
from reports.compare import Line, compare
from reports.html.chart import Chart, close_up, flow_chart, whole
from reports.html.facts import Fact, facts
from reports.html.pictures import Gallery, Picture
from reports.story import FlowStory, Run, StepStory


class Numbered(Value):
    """A finding, its number in the report, and what accepts it."""

    number: int
    finding: Finding
    grants: tuple[Grant, ...] = ()


class Break(Value):
    """What broke in one step of one flow, or what of it is accepted: most often one cause."""

    flow: FlowStory
    step: StepStory | None
    step_id: str
    found: tuple[Numbered, ...]
    before: Picture | None
    after: Picture | None
    chart: Chart | None


class StepPart(Value):
    """A step with what was expected and observed."""

    id: str
    step: StepStory
    picture: Picture | None
    lines: tuple[Line, ...]
    facts: tuple[Fact, ...]
    found: tuple[Numbered, ...]
    broken: bool


class FlowPart(Value):
    """A flow with its chart and steps; `samples` is what the scrubber reads."""

    id: str
    flow: FlowStory
    chart: Chart | None
    steps: tuple[StepPart, ...]
    samples: JsonValue


class Rendered(Value):
    """A flow as markup: its steps in the page, or packed to be shown later."""

    id: str
    flow: FlowStory
    body: str = ""
    packed: str = ""


def breaks(run: Run, numbered: dict[Finding, int], gallery: Gallery) -> tuple[Break, ...]:
    """What broke, grouped by flow and step, in the order of the run."""
    return tuple(
        _break(index, flow, list(found), numbered, gallery)
        for index, flow in enumerate(run.flows, start=1)
        for _, found in groupby(flow.broken, key=lambda finding: finding.step)
    )


def accepted(run: Run, numbered: dict[Finding, int], gallery: Gallery) -> tuple[Break, ...]:
    """What is accepted, in the same way."""
    return tuple(
        _break(index, flow, list(found), numbered, gallery)
        for index, flow in enumerate(run.flows, start=1)
        for _, found in groupby(flow.accepted, key=lambda finding: finding.step)
    )


def _numbered(flow: FlowStory, finding: Finding, numbered: dict[Finding, int]) -> Numbered:
    told = grants(flow.accepting(finding))
    return Numbered(number=numbered[finding], finding=finding, grants=told)


def _break(
    index: int,
    flow: FlowStory,
    found: list[Finding],
    numbered: dict[Finding, int],
    gallery: Gallery,
) -> Break:
    number = found[0].step
    step = flow.step(number)
    after = gallery.of(step)
    earlier = [gallery.of(one) for one in flow.steps if one.number < number]
    return Break(
        flow=flow,
        step=step,
        step_id=f"flow-{index}-step-{number}" if step else f"flow-{index}",
        found=tuple(_numbered(flow, one, numbered) for one in found),
        before=next((picture for picture in reversed(earlier) if picture and after), None),
        after=after,
        chart=close_up(flow, found, numbered),
    )


def flow_parts(run: Run, numbered: dict[Finding, int], gallery: Gallery) -> tuple[FlowPart, ...]:
    """Each flow of the run."""
    return tuple(
        _flow(index, flow, numbered, gallery) for index, flow in enumerate(run.flows, start=1)
    )


def _flow(index: int, flow: FlowStory, numbered: dict[Finding, int], gallery: Gallery) -> FlowPart:
    before = (None, *flow.steps)
    steps = tuple(
        StepPart(
            id=f"flow-{index}-step-{step.number}",
            step=step,
            picture=gallery.of(step),
            lines=compare(step, earlier),
            facts=facts(step),
            found=tuple(
                _numbered(flow, one, numbered) for one in flow.findings if one.step == step.number
            ),
            broken=any(one.step == step.number for one in flow.broken),
        )
        for earlier, step in zip(before, flow.steps, strict=False)
    )
    return FlowPart(
        id=f"flow-{index}",
        flow=flow,
        chart=flow_chart(flow, numbered) if flow.steps else None,
        steps=steps,
        samples=_samples(flow, gallery),
    )


def _samples(flow: FlowStory, gallery: Gallery) -> JsonValue:
    """Frames as rows of figures: ms, step, scrollTop, rows, height, anchor, offset, timeline."""
    keys: dict[str, int] = {}
    frames: list[JsonValue] = [
        [
            round(frame.t - flow.started, 1),
            frame.step,
            round(frame.scroll_top, 1),
            frame.rows,
            round(frame.scroll_height, 1),
            keys.setdefault(frame.anchor.key, len(keys)) if frame.anchor else -1,
            round(frame.anchor.offset, 1) if frame.anchor else 0,
            frame.timeline,
        ]
        for frame in flow.frames
    ]
    shots: dict[str, JsonValue] = {
        str(step.number): picture.id
        for step in flow.steps
        if (picture := gallery.of(step)) and picture.uri
    }
    titles: dict[str, JsonValue] = {str(step.number): step.title for step in flow.steps}
    axis = whole(flow)
    first = next(
        (one.t - flow.started for one in (*flow.broken, *flow.accepted) if one.t is not None), 0.0
    )
    found: list[JsonValue] = [one.t - flow.started for one in flow.findings if one.t is not None]
    return {
        "span": max(axis.end - axis.start, 1.0),
        "first": first,
        "frames": frames,
        "keys": list(keys),
        "shots": shots,
        "titles": titles,
        "found": found,
    }
