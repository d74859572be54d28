from pydantic import JsonValue

from harness.observations import Capture, SignChange
from reports.html.axis import Axis
from reports.html.lanes import Lane
from reports.html.scopes import scope_lanes
from reports.story import FlowStory
from reports.telling import tell
from specs.reports.sample_journals import SERVER, START, failing_run


def lanes_of(flow: FlowStory) -> dict[str, Lane]:
    axis = Axis(start=flow.started, end=flow.ended)
    return {lane.kind: lane for lane in scope_lanes(flow, axis)}


def flow_of(*, signs: tuple[SignChange, ...] = ()) -> FlowStory:
    flow = tell(failing_run()).flows[0]
    first = flow.steps[0].observation
    assert first is not None
    seen = first.model_copy(update={"capture": Capture(signs=signs)})
    steps = (flow.steps[0].model_copy(update={"observation": seen}), *flow.steps[1:])
    return flow.model_copy(update={"steps": steps})


def test_the_execution_scope_stands_with_its_epoch_above_what_the_server_told() -> None:
    lane = lanes_of(flow_of())["execution"]
    told = [bar.text for bar in lane.bars if bar.kind == "model"]
    assert told == ["root, epoch 0", "wt, epoch 1", "root, epoch 2"]
    assert [bar.text for bar in lane.bars if bar.kind == "app"] == ["root", "wt", "root"]
    assert lane.summary.startswith("changes 2 times")


def test_what_is_not_as_expected_stands_out() -> None:
    flow = flow_of()
    third = flow.steps[2]
    assert third.observation is not None
    record = third.observation.records[0].model_copy(update={"active_directory": "elsewhere"})
    seen = third.observation.model_copy(update={"records": (record,)})
    steps = (*flow.steps[:2], third.model_copy(update={"observation": seen}), *flow.steps[3:])
    lane = lanes_of(flow.model_copy(update={"steps": steps}))["execution"]
    assert [bar.text for bar in lane.bars if bar.kind == "differs"] == ["elsewhere"]


def test_the_session_of_the_model_is_named_with_its_server() -> None:
    lane = lanes_of(flow_of())["session"]
    assert [bar.text for bar in lane.bars] == [f"long on {SERVER}"]
    assert lane.summary.startswith("the same")


def test_readiness_names_what_it_waits_for() -> None:
    begin = START + 1000
    told: tuple[tuple[int, JsonValue], ...] = (
        (0, {"cache": "ready", "local-model": "waiting", "commands": False, "other": "no"}),
        (50, {"cache": "ready", "local-model": "ready", "commands": True}),
        (90, {"cache": "ready", "local-model": "ready", "commands": "true"}),
    )
    signs = tuple(
        SignChange(t=begin + ms, step=1, name="readiness", value=value) for ms, value in told
    )
    lane = lanes_of(flow_of(signs=signs))["readiness"]
    assert [bar.text for bar in lane.bars] == ["waits for commands, local_model", "ready"]
    assert lane.summary == "waits once"


def test_an_app_that_tells_no_readiness_has_no_such_lane() -> None:
    assert "readiness" not in lanes_of(flow_of())
