"""The world: immutable, hashable, and one place for each fact."""

import pytest

from harness.scopes import ExecutionScope, SessionScope
from harness.world import Sent, Session, World

HERE = SessionScope(server_key="server", session_id="long")
THERE = SessionScope(server_key="other", session_id="long")


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
