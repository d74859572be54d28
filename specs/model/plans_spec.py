"""Plans are plain data; flows are plans that every kind of app allows."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from harness.actions import (
    AnyAction,
    EnterWorktree,
    ExitWorktree,
    OpenSession,
    ReadHistory,
    Release,
    SendPrompt,
)
from harness.errors import UsageError
from harness.flows import flows
from harness.plans import LONG, Other, Plan, allowed, is_allowed, load_plan, predict, start_of
from harness.traits import Traits
from specs.model.acting import MIRROR, PLANS, SHORT, TRAITS, WORKSPACE, plan_of

SHORT_ONE = Other(session="short")


@given(plan=PLANS)
def test_a_plan_survives_json(plan: Plan) -> None:
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_a_plan_is_read_from_a_file(tmp_path: Path) -> None:
    plan = flows(TRAITS)[0]
    path = tmp_path / "plan of “ä”.json"
    path.write_text(plan.model_dump_json(indent=2), encoding="utf-8")
    assert load_plan(path) == plan


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "it is empty, or cut short; "),
        ("", "it is empty, or cut short; "),
        ("not json", "it is no JSON: expected ident at line 1 column 2; "),
        ("[]", "its JSON is no object; "),
        ("{}", "name: Field required"),
        ('{"name": "a", "title": "t", "actions": []}', "actions: Tuple should have at least 1"),
        ('{"name": "A b", "title": "t", "actions": []}', "name: String should match"),
        ('{"name": "a", "title": "t", "actions": [{"name": "fly"}]}', "actions.0: Input tag 'fly'"),
        ('{"schema_version": 2}', "schema_version: Input should be 1"),
        ("\udcff", "it is no JSON: "),
        (
            '{"name": "a", "title": "t", "actions": [{"name": "reload"}], "others": [{}]}',
            "others: Value error, two sessions have the same server and id",
        ),
    ],
)
def test_what_is_no_plan_is_said_where(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError) as error:
        load_plan(path)
    assert f"{path} is no plan: {words}" in str(error.value)


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read the plan .*: No such file"):
        load_plan(tmp_path / "none.json")


@pytest.mark.parametrize("own_send", ["keep", "follow"])
@pytest.mark.parametrize("enters_by", [("tool",), ("move",), ("tool", "move")])
def test_every_flow_is_allowed_and_ends_where_it_began(
    own_send: str, enters_by: tuple[str, ...]
) -> None:
    kind = {**TRAITS.model_dump(), "own_send": own_send, "enters_by": enters_by}
    kind["can"] = ["address"]
    traits = Traits.model_validate(kind)
    for plan in flows(traits):
        assert plan.name.startswith("round-trip-")
        end = predict(plan, traits)[-1]
        assert end.view is not None
        assert (end.view.execution.directory, end.view.address) == ("root", "root")
        assert len(end.sent) == 3
        assert [sent.ends_in for sent in end.sent] == ["worktree", "root", "root"]
        assert (plan.name.endswith("history")) == _was_in_history(plan, traits)
    assert len({plan.name for plan in flows(traits)}) == 5


def _was_in_history(plan: Plan, traits: Traits) -> bool:
    """At the follow-up, where it matters most."""
    before = predict(plan, traits)[-2]
    return before.view is not None and before.view.reader == "history"


def test_a_plan_begins_with_idle_sessions_in_their_own_projects() -> None:
    start = start_of(plan_of(), TRAITS)
    assert [(s.scope, s.owner, s.active) for s in start.sessions] == [
        (LONG, "root", "root"),
        (MIRROR, "root", "root"),
        (WORKSPACE, "elsewhere", "elsewhere"),
        (SHORT, "root", "root"),
    ]
    assert not any(session.busy or session.taken_back for session in start.sessions)
    assert (start.view, start.epoch, start.arrived) == (None, 0, ())


def test_a_plan_names_its_servers_and_its_directories_once() -> None:
    plan = plan_of()
    assert plan.servers == ("server", "mirror", "workspace")
    assert plan.directories == ("root", "worktree", "elsewhere", "side-1", "side-2")


def test_a_plan_names_each_session_once() -> None:
    for others in ((SHORT_ONE, SHORT_ONE), (Other(),)):
        with pytest.raises(ValidationError, match="two sessions have the same server and id"):
            Plan(name="p", title="t", others=others, actions=(OpenSession(),))


def test_a_guard_that_refuses_names_the_step() -> None:
    plan = Plan(name="p", title="t", actions=(OpenSession(), ReadHistory(rows=61)))
    words = r"plan p, step 2 \(read-history\): the session has 60 messages, not 61"
    with pytest.raises(UsageError, match=words):
        predict(plan, TRAITS)


def test_a_way_that_the_app_does_not_have_is_refused() -> None:
    traits = TRAITS.model_copy(update={"enters_by": ("move",)})
    with pytest.raises(UsageError, match="enters a worktree by move, not by tool"):
        predict(flows(TRAITS)[0], traits)


def test_prompts_are_told_apart_by_their_text_and_white_space_is_none() -> None:
    twice = (OpenSession(), SendPrompt(text="a"), SendPrompt(text=" a\n"))
    with pytest.raises(UsageError, match="was sent before"):
        predict(Plan(name="p", title="t", actions=twice), TRAITS)


@given(st.text(alphabet=" \n\t", min_size=1))
def test_white_space_alone_cannot_be_sent(text: str) -> None:
    plan = Plan(name="p", title="t", actions=(OpenSession(), SendPrompt(text=text)))
    with pytest.raises(UsageError, match="nothing to send"):
        predict(plan, TRAITS)


GO = EnterWorktree(by="move", via="nobody")
BACK = ExitWorktree(by="move", via="nobody")


@pytest.mark.parametrize(
    ("actions", "kept"),
    [
        ((OpenSession(), GO, BACK, GO), (OpenSession(), GO, BACK, GO)),
        ((GO, OpenSession(), GO), (OpenSession(), GO)),
        # What builds on an action that is left out is left out, too.
        ((OpenSession(), BACK, GO, GO, BACK), (OpenSession(), GO, BACK)),
        ((OpenSession(), Release(what="send"), GO), (OpenSession(), GO)),
    ],
)
def test_of_actions_those_stay_that_can_be_done_one_after_another(
    actions: tuple[AnyAction, ...], kept: tuple[AnyAction, ...]
) -> None:
    plan = plan_of(OpenSession())
    whole = plan.model_copy(update={"actions": actions})
    assert allowed(plan, actions, TRAITS) == plan.model_copy(update={"actions": kept})
    assert is_allowed(whole, TRAITS) == (actions == kept)


def test_nothing_is_left_of_actions_none_of_which_can_be_done() -> None:
    plan = plan_of(OpenSession())
    assert allowed(plan, (GO, BACK), TRAITS) is None
    assert not is_allowed(plan.model_copy(update={"actions": (GO, BACK)}), TRAITS)


def test_what_an_app_has_no_way_to_do_is_left_out() -> None:
    plan = plan_of(OpenSession())
    by_tool = TRAITS.model_copy(update={"enters_by": ("tool",)})
    left = plan.model_copy(update={"actions": (OpenSession(),)})
    assert allowed(plan, (OpenSession(), GO), by_tool) == left
