"""The world: immutable, hashable, and one place for each fact."""

import pytest

from harness.readiness import Readiness
from harness.requests import Held, Kind
from harness.scopes import ExecutionScope, SessionScope
from harness.world import Sent, Session, World, latest

HERE = SessionScope(server_key="server", session_id="long")
THERE = SessionScope(server_key="other", session_id="long")
BESIDE = SessionScope(server_key="server", session_id="short")


def session(scope: SessionScope = HERE, **changes: object) -> Session:
    usual = {"scope": scope, "owner": "root", "active": "root", "worktrees": ("worktree",)}
    return Session.model_validate({**usual, **changes})


def world() -> World:
    start = World(sessions=(session(), session(THERE)))
    return start.seen_from(HERE, "root", "bottom")


def prompt(scope: SessionScope) -> Sent:
    execution = ExecutionScope(server_key=scope.server_key, directory="root", epoch=1)
    return Sent(text="a", reply="b", session=scope, execution=execution, ends_in="root")


def test_worlds_are_hashable_and_equal_by_value() -> None:
    worlds = [world(), world(), world().with_reader("history")]
    assert len(set(worlds)) == 2


def test_the_view_executes_where_the_session_is_active_not_where_the_address_says() -> None:
    start = World(sessions=(session(active="worktree"),)).seen_from(HERE, "root", "bottom")
    assert start.view is not None
    assert (start.view.address, start.view.execution.directory) == ("root", "worktree")


def test_going_to_another_directory_is_a_new_epoch_and_keeps_the_rest_of_the_view() -> None:
    reading = world().with_reader("history")
    moved = reading.working_in(HERE, "worktree")
    assert reading.view is not None
    assert moved.view is not None
    assert (moved.view.session, moved.view.address, moved.view.reader) == (HERE, "root", "history")
    assert moved.view.execution.directory == "worktree"
    assert moved.view.execution.epoch == moved.epoch == reading.epoch + 1


def test_a_session_that_is_not_on_screen_moves_without_a_new_epoch() -> None:
    moved = world().working_in(THERE, "worktree")
    assert moved.view == world().view
    assert moved.session(THERE).active == "worktree"
    assert moved.session(HERE).active == "root"


def test_a_prompt_belongs_to_one_of_two_sessions_with_the_same_id() -> None:
    sent = world().with_sent(prompt(THERE))
    assert [s.messages for s in sent.sessions] == [0, 2]
    assert [s.session for s in sent.sent] == [THERE]


def test_without_a_view_there_is_no_reader() -> None:
    bare = World(sessions=(session(),))
    assert bare.on_screen is None
    assert bare.with_reader("history") == bare
    assert bare.working_in(HERE, "worktree").view is None


def test_an_unknown_session_is_an_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        world().session(SessionScope(server_key="server", session_id="nobody"))


def arrived(*scopes: SessionScope, held: Kind | None = None) -> World:
    """Sessions shown one after the other in the root directory of their servers."""
    shown = World(sessions=(session(), session(THERE), session(BESIDE)))
    for scope in scopes[:-1]:
        shown = shown.seen_from(scope, "root", "bottom")
    if held:
        shown = shown.model_copy(update={"held": (Held(what=held),)})
    return shown.seen_from(scopes[-1], "root", "bottom")


def test_without_a_view_nothing_is_ready() -> None:
    assert World(sessions=(session(),)).readiness == Readiness()
    assert arrived(HERE).readiness == Readiness.complete()


@pytest.mark.parametrize(
    ("held", "components"),
    [
        ("messages", ("cache",)),
        ("status", ("status",)),
        ("commands", ("commands",)),
        ("provider", ("provider", "local_model")),
        ("send", ()),
        ("diff", ()),
        ("busy-news", ()),
    ],
)
def test_what_is_kept_back_has_not_arrived(held: Kind, components: tuple[str, ...]) -> None:
    ready = arrived(HERE, held=held).readiness.model_dump()
    assert tuple(name for name, there in ready.items() if not there) == components


def test_the_cache_is_the_session_s() -> None:
    assert not arrived(HERE, BESIDE, held="messages").readiness.cache
    assert not arrived(HERE, THERE, held="messages").readiness.cache
    assert arrived(HERE, BESIDE, HERE, held="messages").readiness.cache


def test_the_status_is_the_server_s() -> None:
    assert arrived(HERE, BESIDE, held="status").readiness.status
    assert not arrived(HERE, THERE, held="status").readiness.status


@pytest.mark.parametrize("held", ["commands", "provider"])
def test_the_rest_is_the_directory_s_on_one_server(held: Kind) -> None:
    assert arrived(HERE, BESIDE, held=held).readiness == Readiness.complete()
    assert not arrived(HERE, THERE, held=held).readiness.can_submit("command")
    moved = arrived(HERE, HERE, held=held).working_in(HERE, "worktree")
    assert not moved.readiness.can_submit("command")
    assert moved.working_in(HERE, "root").readiness == Readiness.complete()


def test_a_page_that_is_cut_off_does_not_know_the_status_it_had() -> None:
    cut = arrived(HERE, HERE, held="events")
    assert cut.offline
    assert not cut.readiness.status
    assert cut.model_copy(update={"held": ()}).readiness == Readiness.complete()


def test_the_same_server_and_directory_keep_their_epoch() -> None:
    one = arrived(HERE)
    assert one.view is not None
    same = one.seen_from(BESIDE, "root", "history")
    assert same.view is not None
    assert same.view.execution == one.view.execution
    elsewhere = one.seen_from(THERE, "root", "bottom")
    assert elsewhere.epoch == one.epoch + 1


def test_drafts_are_kept_by_scope_and_not_by_id() -> None:
    drafted = world().with_draft(HERE, "mine")
    assert (drafted.draft(HERE), drafted.draft(THERE)) == ("mine", "")
    assert drafted.with_draft(HERE, "new").drafts == ((HERE.key, "new"),)


def test_the_latest_prompt_is_that_of_its_own_session() -> None:
    one, two = prompt(HERE), prompt(THERE)
    assert latest((one, two), HERE) == one
    assert latest((two,), HERE) is None


def test_a_prompt_ends_no_turn_that_is_running() -> None:
    busy = world().with_session(session(busy=True))
    assert busy.with_sent(prompt(HERE)).session(HERE).busy
    assert not world().with_sent(prompt(HERE)).session(HERE).busy
