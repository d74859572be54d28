"""What the network keeps back, and what waits for it."""

import pytest

from harness.actions import (
    AnyAction,
    ChooseModel,
    EnterWorktree,
    ExitWorktree,
    Hold,
    OpenSession,
    Release,
    SendPrompt,
)
from harness.plans import LONG
from harness.readiness import Readiness
from harness.requests import Hydration
from harness.world import Session, World

GREET = SendPrompt(text="/greet you", heard="Greet you kindly.")


def after(*actions: AnyAction) -> World:
    session = Session(scope=LONG, owner="root", active="root", worktrees=("worktree",), messages=9)
    world = World(sessions=(session,))
    for action in actions:
        assert action.guard(world) is None
        world = action.effect(world)
    return world


def entered(what: Hydration) -> tuple[AnyAction, ...]:
    return (OpenSession(), Hold(what=what), EnterWorktree(via="api"))


def test_a_directory_that_was_loaded_before_keeps_what_it_has() -> None:
    world = after(OpenSession(), Hold(what="commands"))
    assert world.readiness == Readiness.complete()
    back = after(*entered("commands"), ExitWorktree(via="api"))
    assert back.readiness == Readiness.complete()


def test_a_directory_entered_while_answers_are_kept_back_lacks_them() -> None:
    assert after(*entered("commands")).readiness.missing(("commands", "provider")) == ("commands",)
    late = after(*entered("provider")).readiness
    assert late.missing(("commands", "provider", "local_model")) == ("provider", "local_model")


def test_a_command_waits_and_plain_text_before_it_does_not() -> None:
    world = after(*entered("commands"), SendPrompt(text="plain"), GREET)
    assert [sent.text for sent in world.sent][-1:] == ["plain"]
    assert [waiting.text for waiting in world.waiting] == ["/greet you"]


def test_what_comes_after_something_that_waits_keeps_its_order() -> None:
    world = after(*entered("commands"), GREET, SendPrompt(text="plain"))
    assert [waiting.text for waiting in world.waiting] == ["/greet you", "plain"]
    released = Release(what="commands").effect(world)
    assert [sent.text for sent in released.sent][-2:] == ["/greet you", "plain"]
    assert released.waiting == ()


def test_what_waited_goes_to_the_scope_of_its_release() -> None:
    world = after(*entered("commands"), GREET)
    assert world.view is not None
    sent = Release(what="commands").effect(world).sent[-1]
    assert (sent.via, sent.execution, sent.spoken) == (
        "waited",
        world.view.execution,
        "Greet you kindly.",
    )


def test_two_things_kept_back_are_waited_for_both() -> None:
    both = (OpenSession(), Hold(what="commands"), Hold(what="provider"), EnterWorktree(via="api"))
    world = after(*both, GREET)
    half = Release(what="commands").effect(world)
    assert [waiting.text for waiting in half.waiting] == ["/greet you"]
    assert Release(what="provider").effect(half).waiting == ()


@pytest.mark.parametrize("what", ["commands", "provider"])
def test_keeping_back_twice_and_letting_go_of_nothing_are_not_allowed(what: Hydration) -> None:
    assert "kept back already" in (Hold(what=what).guard(after(*entered(what))) or "")
    assert "not kept back" in (Release(what=what).guard(after(OpenSession())) or "")


def test_a_new_page_has_loaded_nothing() -> None:
    world = after(OpenSession(), Hold(what="provider"), OpenSession())
    assert not world.readiness.provider


def test_a_model_is_chosen_for_the_directory_where_the_session_works() -> None:
    world = after(OpenSession(), EnterWorktree(via="api"), ChooseModel(model="a/b"))
    assert after(OpenSession(), SendPrompt(text="x")).sent[-1].model is None
    assert SendPrompt(text="x").effect(world).sent[-1].model == "a/b"
    home = ExitWorktree(via="api").effect(world)
    assert SendPrompt(text="x").effect(home).sent[-1].model is None


def test_a_model_cannot_be_chosen_before_the_models_are_there() -> None:
    assert "not there yet" in (ChooseModel(model="a/b").guard(after(*entered("provider"))) or "")
