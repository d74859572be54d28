"""Guards and effects, over any order of actions."""

from itertools import pairwise

import pytest
from hypothesis import given

from harness.actions import (
    AnyAction,
    EnterWorktree,
    ExitWorktree,
    Hold,
    OpenAddress,
    OpenSession,
    ReadHistory,
    ReadLatest,
    Release,
    Reload,
    SendPrompt,
    ShowSession,
)
from harness.errors import UsageError
from harness.plans import LONG, Plan, predict, start_of
from harness.world import World
from specs.model.acting import ASK, PLANS, SEQUENCES, TRAITS, after, opened, waiting_texts

FOLLOWING = TRAITS.model_copy(update={"own_send": "follow"})


def walk(actions: tuple[AnyAction, ...]) -> list[World]:
    """The worlds of those actions that are allowed, the others left out."""
    worlds = [start_of(Plan(name="p", title="t", actions=actions), TRAITS)]
    for action in actions:
        if action.guard(worlds[-1]) is None:
            worlds.append(action.effect(worlds[-1]))
    return worlds


@given(actions=SEQUENCES)
def test_epochs_grow_and_never_name_two_scopes(actions: tuple[AnyAction, ...]) -> None:
    worlds = walk(actions)
    for before, then in pairwise(worlds):
        moved = [world.view.execution if world.view else None for world in (before, then)]
        assert then.epoch > before.epoch if moved[0] != moved[1] else then.epoch == before.epoch
    scopes = [world.view.execution for world in worlds if world.view]
    assert len({scope.epoch for scope in scopes}) == len(set(scopes))


@given(actions=SEQUENCES)
def test_every_world_is_in_agreement_with_itself(actions: tuple[AnyAction, ...]) -> None:
    for world in walk(actions):
        hash(world)
        if world.view is None or world.on_screen is None:
            continue
        assert world.view.execution.directory == world.on_screen.active
        assert world.view.address in world.on_screen.directories
        assert len({sent.text.strip() for sent in world.sent}) == len(world.sent)


@given(actions=SEQUENCES)
def test_what_was_sent_stays_as_it_was_sent(actions: tuple[AnyAction, ...]) -> None:
    worlds = walk(actions)
    for before, then in pairwise(worlds):
        assert then.sent[: len(before.sent)] == before.sent


@given(plan=PLANS)
def test_an_effect_is_not_asked_for_where_the_guard_refuses(plan: Plan) -> None:
    world = start_of(plan, TRAITS)
    refused = None
    for number, action in enumerate(plan.actions, start=1):
        if action.guard(world):
            refused = number
            break
        world = action.effect(world)
    if refused is None:
        assert predict(plan, TRAITS)[-1] == world
    else:
        with pytest.raises(UsageError, match=rf"step {refused} \("):
            predict(plan, TRAITS)


@given(actions=SEQUENCES)
def test_every_action_has_a_title_and_none_is_allowed_without_a_view(
    actions: tuple[AnyAction, ...],
) -> None:
    start = start_of(Plan(name="p", title="t", actions=actions), TRAITS)
    for action in actions:
        assert action.title
        assert action.shown_anew == isinstance(action, OpenSession | Reload | ShowSession)
        if not isinstance(action, OpenSession):
            assert action.guard(start) in {"no session is on screen", _of_itself(action)}


def _of_itself(action: AnyAction) -> str | None:
    """What a text is refused for before anybody looks at a session."""
    blank = not getattr(action, "text", "x").strip()
    return "there is nothing to send" if blank else None


def test_the_agent_that_enters_by_its_tool_was_asked_in_the_old_directory() -> None:
    (sent,) = after(OpenSession(), EnterWorktree(by="tool")).sent
    assert (sent.execution.directory, sent.execution.epoch, sent.ends_in) == ("root", 1, "worktree")


def test_a_moved_session_is_prompted_in_the_new_directory() -> None:
    (sent,) = after(OpenSession(), EnterWorktree(by="move")).sent
    assert (sent.execution.directory, sent.execution.epoch) == ("worktree", 2)
    assert sent.ends_in == "worktree"


def test_back_in_the_same_directory_the_epoch_is_another() -> None:
    opened = after(OpenSession())
    back = after(EnterWorktree(), ExitWorktree(), start=opened)
    assert opened.view is not None
    assert back.view is not None
    assert back.view.execution.directory == opened.view.execution.directory
    assert not back.view.execution.admits(opened.view.execution)


def test_another_address_moves_neither_execution_nor_reader() -> None:
    reading = after(OpenSession(), ReadHistory())
    gone = after(OpenAddress(directory="worktree"), start=reading)
    assert reading.view is not None
    assert gone.view == reading.view.model_copy(update={"address": "worktree"})


@pytest.mark.parametrize(
    ("follow", "via", "reader"),
    [
        (False, "composer", "history"),
        (True, "composer", "bottom"),
        (True, "api", "history"),
    ],
)
def test_only_ones_own_send_takes_a_reader_along(*, follow: bool, via: str, reader: str) -> None:
    start = start_of(
        Plan(name="p", title="t", actions=(OpenSession(),)), FOLLOWING if follow else TRAITS
    )
    send = SendPrompt.model_validate({"text": "a", "via": via})
    end = after(OpenSession(), ReadHistory(), send, start=start)
    assert end.view is not None
    assert end.view.reader == reader


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (OpenSession(session="none"), "there is no session none on server"),
        (OpenSession(directory="/x"), "/x is no directory of the session: it has root, worktree"),
        (OpenAddress(directory="/x"), "/x is no directory of the session"),
        (EnterWorktree(worktree="root"), "root is no worktree of the session"),
        (ExitWorktree(), "the agent is in no worktree"),
        (ReadHistory(rows=61), "the session has 60 messages, not 61"),
    ],
)
def test_a_guard_says_why_not(action: AnyAction, words: str) -> None:
    assert words in (action.guard(after(OpenSession())) or "")


def test_what_has_not_come_is_not_read() -> None:
    late = (OpenSession(), Hold(what="messages"), ShowSession(session="short"))
    words = "the session's messages are not there to be read"
    assert ReadHistory(rows=1).guard(after(*late)) == words
    assert ReadHistory(rows=1).guard(after(*late, Release(what="messages"))) is None


def test_entering_twice_is_refused() -> None:
    guard = EnterWorktree(text="again").guard(after(OpenSession(), EnterWorktree()))
    assert guard == "the agent is in worktree already"


def test_the_composer_waits_for_the_models_and_another_client_does_not() -> None:
    for component in ("provider", "local_model"):
        world = _lacking(component)
        waits = after(ASK, start=world)
        assert (waiting_texts(waits), waits.sent) == (["ask"], ())
        theirs = after(SendPrompt(text="ask", via="api"), start=world)
        assert (theirs.waiting, len(theirs.sent)) == ((), 1)


def test_a_prompt_without_its_session_stays_in_the_composer_and_another_clients_goes() -> None:
    for component in ("cache", "status"):
        world = _lacking(component)
        assert ASK.guard(world) is None
        assert after(ASK, start=world) == world.with_draft(LONG, ASK.text)
        assert len(after(SendPrompt(text="ask", via="api"), start=world).sent) == 1


def _lacking(component: str) -> World:
    """The long session on screen, with one component that has not arrived."""
    world = opened()
    arrived = tuple((name, key) for name, key in world.arrived if name != component)
    lacking = world.model_copy(update={"arrived": arrived})
    assert not getattr(lacking.readiness, component)
    return lacking


def test_a_busy_session_takes_prompts_into_its_queue_and_none_of_another_client() -> None:
    world = opened()
    assert world.on_screen is not None
    busy = world.with_session(world.on_screen.model_copy(update={"busy": True}))
    waits = after(ASK, start=busy)
    assert (waiting_texts(waits), waits.sent) == (["ask"], ())
    assert SendPrompt(text="a", via="api").guard(busy) == "the session is busy"
    assert SendPrompt(text="a", held=True).guard(busy) == "the session is busy"


def test_the_person_scrolls_to_history_and_back() -> None:
    end = after(OpenSession(), ReadHistory(), ReadLatest())
    assert end.view is not None
    assert end.view.reader == "bottom"
