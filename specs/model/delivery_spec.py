"""How what a person says gets to the server: at once, from the queue, or back to the composer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.actions import (
    AnyAction,
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Hold,
    OthersWork,
    ReadHistory,
    Release,
    Reload,
    RetryQueued,
    SendPrompt,
    StopTurn,
    SubmitBlank,
    WriteDraft,
)
from harness.actions.delivery import blank, flushed, given_back, must_wait, said_before
from harness.plans import LONG
from harness.requests import Spoken
from harness.world import Waiting, World
from specs.model.acting import (
    ASK,
    GO,
    HOME,
    MIRROR,
    SHORT,
    TO_MIRROR,
    TO_SHORT,
    WORK,
    after,
    now,
    opened,
    refusal,
    sent_texts,
    waiting_texts,
)

PLAIN = Spoken(text="plain")
COMMAND = Spoken(text="/greet")
SHELL = Spoken(text="ls", to_shell=True)
FOLLOW = SendPrompt(text="follow")


def queued(*texts: str, start: World | None = None, failed: bool = False) -> World:
    """A world on the long session, with prompts that wait in it."""
    world = start or opened()
    items = tuple(Waiting(text=text, session=LONG, failed=failed) for text in texts)
    return world.model_copy(update={"waiting": (*world.waiting, *items)})


@pytest.mark.parametrize("said", [PLAIN, COMMAND, SHELL])
def test_what_may_leave_does_not_wait(said: Spoken) -> None:
    assert not must_wait(opened(), LONG, said)


def test_a_line_for_the_shell_that_failed_is_given_back_with_its_mark() -> None:
    hold = Hold(what="send", fails=True)
    line = SendPrompt(text="ls", to_shell=True)
    assert opened(hold, line, Release(what="send")).draft(LONG) == "!ls"


@pytest.mark.parametrize("said", [PLAIN, COMMAND, SHELL])
def test_everything_waits_for_the_agent_for_what_is_leaving_and_for_what_waits(
    said: Spoken,
) -> None:
    assert must_wait(opened(WORK), LONG, said)
    assert must_wait(opened(Hold(what="send"), ASK), LONG, said)
    assert must_wait(queued("earlier"), LONG, said)


@pytest.mark.parametrize(
    ("late", "waits"),
    [("commands", (False, True, False)), ("provider", (True, True, False))],
)
def test_each_kind_waits_for_its_own_readiness(late: str, waits: tuple[bool, ...]) -> None:
    world = opened(Hold.model_validate({"what": late}), GO)
    assert tuple(must_wait(world, LONG, said) for said in (PLAIN, COMMAND, SHELL)) == waits


def test_a_shell_line_waits_for_no_list_even_if_it_looks_like_a_command() -> None:
    world = opened(Hold(what="commands"), GO, SendPrompt(text="/bin", to_shell=True))
    (sent,) = world.sent
    assert (sent.kind, sent.spoken, sent.reply) == ("shell", "!/bin", "")


def test_a_submit_empties_its_own_composer_only() -> None:
    world = opened(TO_SHORT, WriteDraft(text="other"), HOME, WriteDraft(text="mine"), ASK)
    assert (world.draft(LONG), world.draft(SHORT)) == ("", "other")


def test_what_another_client_sends_leaves_the_composer() -> None:
    world = opened(WriteDraft(text="mine"), SendPrompt(text="theirs", via="api"))
    assert world.draft(LONG) == "mine"


def test_a_queue_is_sent_in_its_order() -> None:
    assert sent_texts(flushed(queued("a", "b", "c"))) == ["a", "b", "c"]


def test_a_paused_queue_is_not_sent() -> None:
    world = queued("a").model_copy(update={"paused": (LONG,)})
    assert flushed(world) == world


def test_the_pause_of_another_session_keeps_nothing_back_here() -> None:
    world = queued("a").model_copy(update={"paused": (MIRROR,)})
    assert sent_texts(flushed(world)) == ["a"]


def test_a_failed_head_keeps_the_queue_back() -> None:
    world = queued("b", start=queued("a", failed=True))
    assert flushed(world) == world


@pytest.mark.parametrize("busy", [(WORK,), (Hold(what="send"), ASK)])
def test_nothing_is_sent_while_the_session_is_busy(busy: tuple[AnyAction, ...]) -> None:
    world = queued("a", start=opened(*busy))
    assert flushed(world) == world


def test_what_waits_in_another_session_is_not_sent() -> None:
    world = queued("a", start=opened(TO_MIRROR))
    assert flushed(world) == world


def test_nothing_is_sent_without_a_view() -> None:
    world = queued("a").model_copy(update={"view": None})
    assert flushed(world) == world


def test_what_may_not_leave_keeps_back_what_might() -> None:
    world = queued("/greet", "plain", start=opened(Hold(what="commands"), GO))
    assert flushed(world) == world
    assert sent_texts(
        flushed(queued("plain", "/greet", start=opened(Hold(what="commands"), GO)))
    ) == ["plain"]


def test_of_what_waits_one_leaves_at_a_time() -> None:
    world = flushed(queued("a", "b", start=opened(Hold(what="send"))))
    assert [pending.said.text for pending in world.in_flight] == ["a"]
    assert waiting_texts(world) == ["a", "b"]


def test_what_waits_goes_where_the_session_works_when_it_leaves() -> None:
    world = opened(EnterWorktree(held=True), FOLLOW, FinishTurn())
    written, sent = world.sent
    assert (written.execution.directory, written.ends_in) == ("root", "worktree")
    assert (sent.text, sent.via, sent.execution) == ("follow", "queue", now(world))
    assert sent.execution.directory == "worktree"


def test_what_waits_leaves_in_the_project_once_the_agent_is_back() -> None:
    world = opened(EnterWorktree(), ExitWorktree(held=True), FOLLOW, FinishTurn())
    assert world.sent[-1].execution == now(world)
    assert now(world).directory == "root"


def test_what_comes_back_stands_before_what_was_written_since() -> None:
    world = opened(WriteDraft(text="since"))
    assert given_back(world, LONG, "first").draft(LONG) == "first\nsince"
    assert given_back(opened(), LONG, "first").draft(LONG) == "first"
    assert given_back(world, SHORT, "first").draft(LONG) == "since"


def test_a_prompt_that_failed_may_be_sent_again() -> None:
    failed = (Hold(what="send", fails=True), ASK, WriteDraft(text="since"), Release(what="send"))
    world = opened(*failed)
    assert world.draft(LONG) == "ask\nsince"
    assert sent_texts(after(ASK, start=world)) == ["ask"]


@pytest.mark.parametrize(
    "before",
    [
        (ASK,),
        (SendPrompt(text="ask", via="api"),),
        (WORK, ASK),
        (Hold(what="send"), ASK),
        (Hold(what="send", fails=True), ASK, TO_MIRROR),
        (TO_SHORT, ASK, HOME),
        (OthersWork(directory="side-1", text="ask"),),
        (SendPrompt(text="ask", to_shell=True),),
    ],
)
def test_prompts_are_told_apart_by_their_text(before: tuple[AnyAction, ...]) -> None:
    words = "was sent before: prompts are told apart by their text"
    for again in (" ask\n", "ask"):
        assert words in (said_before(opened(*before), again) or "")
    assert said_before(opened(*before), "ask me") is None


@given(text=st.text(alphabet=" \n\t"))
def test_there_is_nothing_to_send_in_white_space(text: str) -> None:
    assert blank(text) == "there is nothing to send"


@pytest.mark.parametrize("late", ["status", "events"])
def test_a_composer_whose_session_is_not_there_keeps_what_is_submitted(late: str) -> None:
    hold = Hold.model_validate({"what": late})
    before = (hold, Reload()) if late == "status" else (hold,)
    kept = opened(*before, ASK)
    assert (kept.sent, kept.waiting, kept.draft(LONG)) == ((), (), ASK.text)
    words = "the session is not there to take it"
    assert refusal(SendPrompt(text="ls", to_shell=True), *before) == words
    assert refusal(WORK, *before) == words
    assert refusal(SendPrompt(text="ask", via="api"), *before) is None


def test_a_turn_that_is_kept_back_belongs_to_the_scopes_of_its_submit() -> None:
    world = opened(WORK)
    assert world.running == world.sent[-1]
    assert world.running is not None
    assert (world.running.session, world.running.execution) == (LONG, now(world))
    assert world.session(LONG).busy


def test_a_finished_turn_leaves_everything_but_itself() -> None:
    before = opened(WriteDraft(text="a"), TO_SHORT, WriteDraft(text="b"), HOME)
    world = after(SendPrompt(text="theirs", via="api", held=True), FinishTurn(), start=before)
    assert world.drafts == before.drafts
    assert (world.view, world.running, world.session(LONG).busy) == (before.view, None, False)


def test_a_turn_finished_elsewhere_moves_its_session_and_not_the_view() -> None:
    away = opened(EnterWorktree(held=True), TO_MIRROR)
    world = after(FinishTurn(), start=away)
    assert world.session(LONG).active == "worktree"
    assert world.view == away.view
    assert now(after(HOME, start=world)).directory == "worktree"


def test_a_stopped_turn_leads_the_agent_nowhere() -> None:
    world = opened(EnterWorktree(held=True), StopTurn())
    assert world.session(LONG).active == "root"
    assert now(world) == now(opened())
    assert not world.session(LONG).busy


def test_a_prompt_that_arrives_late_moves_no_reader_of_another_session() -> None:
    reading = (Hold(what="send"), ASK, TO_SHORT, ReadHistory(rows=8))
    following = opened(*reading).model_copy(update={"own_send": "follow"})
    world = after(Release(what="send"), start=following)
    assert world.view is not None
    assert world.view.reader == "history"


@pytest.mark.parametrize("way", [(), (WriteDraft(text="  "),)])
def test_white_space_is_not_sent(way: tuple[AnyAction, ...]) -> None:
    world = opened(*way)
    assert after(SubmitBlank(), start=world) == world
    assert refusal(SubmitBlank(), WriteDraft(text=" words ")) == "“words” would be sent"
    assert refusal(SendPrompt(text="  ")) == "there is nothing to send"


OURS = SendPrompt(text="/here now", of="root")


def test_a_command_fails_where_the_directory_has_none_of_its_name() -> None:
    going = EnterWorktree(held=True)
    world = opened(going, OURS, FinishTurn())
    assert [(item.text, item.failed) for item in world.waiting] == [(OURS.text, True)]
    assert sent_texts(world) == [going.text]
    again = after(RetryQueued(text=OURS.text), start=world)
    assert again == world


def test_a_command_of_the_directory_leaves_as_any() -> None:
    assert sent_texts(opened(WORK, OURS, FinishTurn())) == [WORK.text, OURS.text]


def test_a_command_of_one_directory_is_written_there_and_known_as_one() -> None:
    assert refusal(OURS, GO) == "/here now is not known to be a command here"
    held = (Hold(what="commands"), Reload())
    assert refusal(OURS, *held) == "/here now is not known to be a command here"
    words = "only a command that is typed belongs to one directory"
    assert refusal(SendPrompt(text="here", of="root")) == words
    assert refusal(SendPrompt(text="/here", of="root", via="api")) == words
