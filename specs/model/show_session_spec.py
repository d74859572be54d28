"""Sessions come and go on screen: what is one session's, one server's, one directory's."""

import pytest

from harness.actions import (
    AnyAction,
    EnterWorktree,
    FinishTurn,
    Hold,
    OpenAddress,
    OpenSession,
    ReadHistory,
    Refuse,
    Release,
    Reload,
    SendPrompt,
    ShowSession,
    WriteDraft,
)
from harness.plans import LONG, start_of
from harness.readiness import Readiness
from specs.model.acting import (
    ASK,
    BACK,
    GO,
    HOME,
    MIRROR,
    SHORT,
    TO_MIRROR,
    TO_SHORT,
    TO_WORKSPACE,
    TRAITS,
    WORK,
    WORKSPACE,
    after,
    now,
    opened,
    plan_of,
    refusal,
    waiting_texts,
)

TO_OTHERS = (TO_MIRROR, TO_WORKSPACE)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (HOME, "long is on screen"),
        (ShowSession(directory="worktree"), "long is on screen"),
        (ShowSession(session="none"), "there is no session none on server"),
        (ShowSession(server="mirror", session="short"), "there is no session short on mirror"),
        (
            ShowSession(server="workspace"),
            "root is no directory of the session: it has elsewhere",
        ),
        (
            ShowSession(session="short", directory="worktree"),
            "worktree is no directory of the session: it has root",
        ),
    ],
)
def test_a_guard_says_why_not(action: AnyAction, words: str) -> None:
    assert refusal(action) == words


@pytest.mark.parametrize("action", [TO_MIRROR, Reload(), OpenAddress(directory="root")])
def test_without_a_session_on_screen_there_is_no_link_and_no_reload(action: AnyAction) -> None:
    assert action.guard(start_of(plan_of(), TRAITS)) == "no session is on screen"


def test_a_shown_session_is_read_at_its_latest_message_under_the_address_of_the_link() -> None:
    world = opened(ReadHistory(), TO_WORKSPACE)
    assert world.view is not None
    assert world.view.session == WORKSPACE
    assert (world.view.address, world.view.reader) == ("elsewhere", "bottom")


def test_showing_a_session_changes_no_session() -> None:
    before = opened(GO, WriteDraft(text="mine"))
    world = after(TO_MIRROR, start=before)
    kept = ("sessions", "drafts", "waiting", "sent", "choices", "files", "held")
    assert world.model_dump(include=set(kept)) == before.model_dump(include=set(kept))


@pytest.mark.parametrize("way", TO_OTHERS)
def test_sessions_of_the_same_id_share_no_draft(way: ShowSession) -> None:
    world = opened(WriteDraft(text="mine"), way)
    assert world.draft(way.scope) == ""
    there = after(WriteDraft(text="theirs"), start=world)
    assert (there.draft(LONG), there.draft(way.scope)) == ("mine", "theirs")


@pytest.mark.parametrize("way", TO_OTHERS)
def test_sessions_of_the_same_id_share_no_queue(way: ShowSession) -> None:
    world = opened(WORK, ASK, way)
    assert (waiting_texts(world), waiting_texts(world, way.scope)) == (["ask"], [])
    assert not world.busy(way.scope)
    there = after(SendPrompt(text="theirs"), start=world)
    assert there.sent[-1].session == way.scope


@pytest.mark.parametrize("way", TO_OTHERS)
def test_sessions_of_the_same_id_share_no_messages(way: ShowSession) -> None:
    assert not opened(Hold(what="messages"), way).readiness.cache
    world = opened(ASK, way)
    assert (world.session(LONG).messages, world.session(way.scope).messages) == (62, 8)


@pytest.mark.parametrize("way", TO_OTHERS)
def test_another_server_tells_its_own_status(way: ShowSession) -> None:
    world = opened(Hold(what="status"), way)
    assert world.readiness == Readiness.complete().model_copy(update={"status": False})
    assert after(HOME, start=world).readiness == Readiness.complete()


@pytest.mark.parametrize("what", ["commands", "provider"])
@pytest.mark.parametrize("way", TO_OTHERS)
def test_another_server_has_stores_of_its_own(way: ShowSession, what: str) -> None:
    hold = Hold.model_validate({"what": what})
    refuse = Refuse.model_validate({"what": what})
    for keeper in (hold, refuse):
        assert not opened(keeper, way).readiness.can_submit("command")
        assert opened(keeper, way, HOME).readiness == Readiness.complete()


def test_two_sessions_of_one_server_share_its_status_and_their_directory() -> None:
    kinds = ("status", "commands", "provider")
    holds = tuple(Hold.model_validate({"what": what}) for what in kinds)
    assert opened(*holds, TO_SHORT).readiness == Readiness.complete()


def test_messages_that_came_late_are_there_at_the_next_visit() -> None:
    left = opened(Hold(what="messages"), TO_MIRROR, HOME, Release(what="messages"))
    assert after(TO_MIRROR, start=left).readiness == Readiness.complete()


@pytest.mark.parametrize("way", [GO, TO_MIRROR, TO_WORKSPACE])
def test_another_server_or_directory_is_a_new_epoch(way: AnyAction) -> None:
    before = opened()
    world = after(way, start=before)
    assert now(world).epoch == now(before).epoch + 1 == world.epoch


@pytest.mark.parametrize("way", [(GO, BACK), (TO_MIRROR, HOME), (TO_WORKSPACE, HOME)])
def test_back_again_is_a_new_epoch_of_the_same_store(way: tuple[AnyAction, ...]) -> None:
    before = opened()
    world = after(*way, start=before)
    assert now(world).store_key == now(before).store_key
    assert now(world).epoch == now(before).epoch + 2


@pytest.mark.parametrize(
    "way",
    [
        (TO_SHORT,),
        (TO_SHORT, HOME),
        (OpenAddress(directory="worktree"),),
        (ASK,),
        (WORK, FinishTurn()),
        (ReadHistory(),),
        (Hold(what="provider"), Release(what="provider")),
    ],
)
def test_where_server_and_directory_stay_so_does_the_epoch(way: tuple[AnyAction, ...]) -> None:
    before = opened()
    assert now(after(*way, start=before)) == now(before)


@pytest.mark.parametrize("again", [Reload(), OpenSession(), OpenSession(session="short")])
def test_a_new_page_is_a_new_epoch_in_the_same_place(again: AnyAction) -> None:
    before = opened()
    world = after(again, start=before)
    assert now(world).store_key == now(before).store_key
    assert now(world).epoch == now(before).epoch + 1


def test_the_epochs_of_a_session_that_moved_unseen_begin_when_it_is_shown() -> None:
    away = opened(EnterWorktree(held=True), TO_SHORT)
    moved = after(FinishTurn(), start=away)
    assert now(moved) == now(away)
    home = after(HOME, start=moved)
    assert (now(home).directory, now(home).epoch) == ("worktree", now(away).epoch + 1)


def test_a_reload_shows_the_same_session_under_the_same_address() -> None:
    before = opened(GO, OpenAddress(directory="worktree"), ReadHistory())
    world = after(Reload(), start=before)
    assert before.view is not None
    assert world.view is not None
    assert (world.view.session, world.view.address) == (LONG, "worktree")
    assert now(world).directory == "worktree"
    assert (before.view.reader, world.view.reader) == ("history", "bottom")


def test_a_reload_keeps_what_is_stored_and_forgets_what_was_loaded() -> None:
    before = opened(WORK, ASK, WriteDraft(text="mine"), TO_MIRROR, HOME)
    world = after(Reload(), start=before)
    kept = {"sessions", "waiting", "drafts", "sent", "running", "choices", "held"}
    assert world.model_dump(include=kept) == before.model_dump(include=kept)
    assert MIRROR.key in {key for _, key in before.arrived}
    assert MIRROR.key not in {key for _, key in world.arrived}


def test_a_session_is_opened_cold_on_any_server() -> None:
    world = opened(OpenSession(server="workspace", directory="elsewhere"))
    assert world.view is not None
    assert (world.view.session, now(world).directory) == (WORKSPACE, "elsewhere")
    words = "root is no directory of the session: it has elsewhere"
    assert refusal(OpenSession(server="workspace")) == words


def test_showing_a_session_sends_what_waits_in_it_and_nothing_of_others() -> None:
    away = opened(WORK, ASK, TO_SHORT, FinishTurn())
    assert [sent.text for sent in after(TO_MIRROR, start=away).sent] == ["work"]
    home = after(HOME, start=away)
    assert [(sent.text, sent.session) for sent in home.sent] == [("work", LONG), ("ask", LONG)]
    assert waiting_texts(home, SHORT) == []
