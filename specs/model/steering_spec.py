"""Apps in which nothing waits: prompts join a running turn, what may not leave stays written."""

import pytest

from harness.actions import (
    ChooseModel,
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Hold,
    OpenSession,
    Release,
    SendPrompt,
)
from harness.actions.base import Action
from harness.plans import LONG, Plan, predict
from harness.world import World
from specs.model.acting import TRAITS

BARE = TRAITS.model_copy(update={"can": frozenset(), "enters_by": ("move",)})
WORK = SendPrompt(text="Work.", reply="Worked.", held=True)
MORE = SendPrompt(text="And this.", reply="That, too.")
GREET = SendPrompt(text="/greet us", heard="Greet us.")
GO = EnterWorktree(by="move", via="rename")
BACK = ExitWorktree(by="move", via="rename")


def after(*actions: Action) -> World:
    plan = Plan.model_validate({"name": "p", "title": "t", "actions": (OpenSession(), *actions)})
    return predict(plan, BARE)[-1]


def test_a_prompt_joins_the_running_turn() -> None:
    world = after(WORK, MORE)
    assert not world.waiting
    assert [(sent.text, sent.steers) for sent in world.sent] == [
        ("Work.", False),
        ("And this.", True),
    ]
    assert [sent.text for sent in world.steered] == ["And this."]
    assert world.running is not None
    assert world.running.text == "Work."


def test_the_turn_ends_for_all_that_joined_it() -> None:
    world = after(WORK, MORE, FinishTurn())
    assert (world.running, world.steered, world.busy(LONG)) == (None, (), False)


def test_what_is_sent_to_an_idle_session_joins_nothing() -> None:
    assert not after(MORE).sent[0].steers
    assert not after(WORK, FinishTurn(), MORE).sent[-1].steers


def test_a_command_that_comes_too_early_stays_in_the_composer() -> None:
    world = after(Hold(what="commands"), GO, GREET)
    assert (world.sent, world.waiting) == ((), ())
    assert world.draft(LONG) == "/greet us"
    world = after(Hold(what="commands"), GO, GREET, Release(what="commands"))
    assert (world.sent, world.draft(LONG)) == ((), "/greet us")  # nobody has submitted it again


def test_plain_words_do_not_wait_for_commands() -> None:
    assert [sent.text for sent in after(Hold(what="commands"), GO, MORE).sent] == ["And this."]


def test_a_move_that_is_told_by_a_title_prompts_nobody() -> None:
    world = after(GO)
    assert world.view is not None
    assert (world.view.execution.directory, world.sent) == ("worktree", ())
    back = after(GO, BACK).view
    assert back is not None
    assert (back.execution.directory, back.execution.epoch) == ("root", 3)


@pytest.mark.parametrize("action", [GO, BACK])
def test_the_way_is_told_to_a_person(action: Action) -> None:
    assert "moved over HTTP and renamed, nothing prompted" in action.title
    assert "give it another title over HTTP" in action.by_hand


def test_a_tool_needs_a_prompt() -> None:
    refused = EnterWorktree(via="rename").guard(after())
    assert refused == "the agent's tool needs a prompt"


def test_a_model_may_be_chosen_for_the_session_wherever_it_works() -> None:
    traits = BARE.model_copy(update={"model_of": "session"})
    plan = Plan(name="p", title="t", actions=(OpenSession(), ChooseModel(model="a/b"), GO, MORE))
    assert predict(plan, traits)[-1].sent[-1].model == "a/b"
    assert predict(plan, BARE)[-1].sent[-1].model is None


def test_a_prompt_that_comes_before_the_models_stays_until_it_is_submitted_again() -> None:
    early = (Hold(what="provider"), GO, MORE)
    world = after(*early)
    assert (world.sent, world.draft(LONG)) == ((), "And this.")
    world = after(*early, Release(what="provider"), MORE)
    assert [sent.text for sent in world.sent] == ["And this."]
    assert world.draft(LONG) == ""
