"""The directory changes under the session: each manner, prompted by whom, at once or later."""

import pytest

from harness.actions import (
    AnyAction,
    EditQueued,
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Hold,
    Reload,
    SendPrompt,
    StopTurn,
    WriteDraft,
)
from harness.plans import LONG, start_of
from specs.model.acting import (
    ASK,
    BACK,
    GO,
    HOME,
    TO_MIRROR,
    TO_SHORT,
    TRAITS,
    WORK,
    after,
    now,
    opened,
    plan_of,
    refusal,
    sent_texts,
)

ENTER, EXIT = EnterWorktree(), ExitWorktree()
MOVE = EnterWorktree(by="move")
WAITS = "the prompt would wait, and the agent with it"


@pytest.mark.parametrize(
    ("action", "before", "words"),
    [
        (EnterWorktree(via="nobody"), (), "the agent's tool needs a prompt"),
        (ExitWorktree(via="nobody"), (GO,), "the agent's tool needs a prompt"),
        (EnterWorktree(by="move", held=True), (), "a move over HTTP is done at once"),
        (ENTER, (GO,), "the agent is in worktree already"),
        (ENTER, (TO_MIRROR,), "worktree is no worktree of the session"),
        (EXIT, (), "the agent is in no worktree"),
        (ENTER, (WORK,), "the session is busy"),
        (GO, (WORK,), "the session is busy"),
        (ENTER, (Hold(what="send"), ASK), "the session is busy"),
        (ENTER, (Hold(what="send"),), WAITS),
        (ENTER, (Hold(what="events"),), "the page would not hear that the session goes"),
        (MOVE, (Hold(what="provider"),), WAITS),
        (ENTER, (WORK, ASK, StopTurn()), WAITS),
        (
            ExitWorktree(by="move", via="api"),
            (Hold(what="provider"), GO, ASK),
            "what waits would leave beside the prompt",
        ),
        (EnterWorktree(text="ask"), (ASK,), "“ask” was sent before: prompts are told apart by"),
        (EnterWorktree(text=" "), (), "there is nothing to send"),
        (EnterWorktree(held=True), (TO_SHORT, WORK, HOME), "an agent is at work already"),
        (ExitWorktree(held=True), (GO, TO_SHORT, WORK, HOME), "an agent is at work already"),
    ],
)
def test_a_guard_says_why_not(action: AnyAction, before: tuple[AnyAction, ...], words: str) -> None:
    assert (refusal(action, *before) or "").startswith(words)


@pytest.mark.parametrize("action", [ENTER, EXIT, GO, BACK])
def test_no_agent_goes_anywhere_without_a_session_on_screen(action: AnyAction) -> None:
    assert action.guard(start_of(plan_of(), TRAITS)) == "no session is on screen"


@pytest.mark.parametrize(
    ("action", "before"),
    [
        (ENTER, (Hold(what="provider"),)),  # it is asked where the models are known
        (EnterWorktree(by="move", via="api"), (Hold(what="provider"),)),
        (GO, (Hold(what="provider"),)),
        (GO, (Hold(what="send"), ASK)),
        (GO, (WORK, ASK, StopTurn())),
        (ENTER, (TO_SHORT, WORK, HOME)),
    ],
)
def test_what_does_not_wait_is_allowed(action: AnyAction, before: tuple[AnyAction, ...]) -> None:
    assert refusal(action, *before) is None


@pytest.mark.parametrize(("enter", "leave"), [(GO, BACK)])
def test_a_session_that_is_only_moved_says_nothing(enter: AnyAction, leave: AnyAction) -> None:
    before = opened(WriteDraft(text="mine"))
    there = after(enter, start=before)
    assert (there.sent, there.drafts) == ((), before.drafts)
    assert now(there).directory == there.session(LONG).active == "worktree"
    back = after(leave, start=there)
    assert (back.sent, now(back).directory) == ((), "root")


@pytest.mark.parametrize(("via", "draft"), [("composer", ""), ("api", "mine")])
def test_only_a_prompt_from_the_composer_empties_it(via: str, draft: str) -> None:
    enter = EnterWorktree.model_validate({"via": via})
    world = opened(WriteDraft(text="mine"), enter)
    assert world.draft(LONG) == draft
    assert [sent.via for sent in world.sent] == [via]


def test_an_agent_that_is_kept_at_work_goes_when_its_turn_is_finished() -> None:
    working = opened(EnterWorktree(held=True))
    assert (now(working), working.session(LONG).busy) == (now(opened()), True)
    assert [(s.ends_in, s.held) for s in working.sent] == [("worktree", True)]
    there = after(FinishTurn(), start=working)
    assert (now(there).directory, there.session(LONG).busy) == ("worktree", False)


def test_an_agent_comes_back_when_its_turn_is_finished() -> None:
    working = opened(ENTER, ExitWorktree(held=True))
    assert now(working).directory == "worktree"
    assert now(after(FinishTurn(), start=working)).directory == "root"


def test_what_waits_for_a_directory_leaves_when_the_agent_comes_to_one_that_is_ready() -> None:
    leave = ExitWorktree(via="api", text="leave")
    greet = SendPrompt(text="/greet")
    world = opened(Hold(what="commands"), GO, greet, leave)
    assert sent_texts(world) == ["leave", "/greet"]
    assert world.sent[-1].execution == now(world)
    assert now(world).directory == "root"


def test_what_waits_leaves_in_the_worktree_if_that_is_ready() -> None:
    unready = (GO, Reload(), Hold(what="commands"), BACK, SendPrompt(text="/greet"))
    waits = opened(*unready)
    assert waits.sent == ()
    (sent,) = after(GO, start=waits).sent
    assert (sent.text, sent.execution.directory) == ("/greet", "worktree")


def test_busy_and_idle_are_known_in_every_directory_of_a_server() -> None:
    assert opened(Hold(what="status"), GO).readiness.status


def test_what_has_to_wait_on_leaves_another_client_its_turn() -> None:
    waits = (Hold(what="provider"), GO, ASK)
    back = ExitWorktree(by="move", via="api")
    assert refusal(ExitWorktree(by="move", via="nobody"), *waits) is None
    assert refusal(back, *waits, EditQueued(text="ask")) is None
    assert refusal(EnterWorktree(by="move", via="api"), WORK, ASK, StopTurn()) is None
