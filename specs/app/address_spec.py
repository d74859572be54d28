"""The address names the view; where the session works is the server's word."""

import secrets

import pytest
from playwright.sync_api import expect

from specs.app.visitor import Room, Visitor


@pytest.fixture
def worktree(room: Room) -> str:
    return room.api.make_worktree(room.project, f"side-{secrets.token_hex(3)}")


def test_other_address_of_the_session_changes_no_node(
    quiet_visitor: Visitor, room: Room, worktree: str
) -> None:
    session = room.session(60)
    quiet_visitor.open(session)
    reading = quiet_visitor.read_history()
    quiet_visitor.recorder.drain(1)
    quiet_visitor.follow_link(quiet_visitor.address(session, worktree))
    quiet_visitor.look()
    quiet_visitor.page.go_back()
    quiet_visitor.look()
    quiet_visitor.page.go_forward()
    frame = quiet_visitor.look()
    capture = quiet_visitor.recorder.drain(2)
    assert quiet_visitor.page.url == quiet_visitor.address(session, worktree)
    assert capture.mounts == ()
    assert capture.shifts == ()
    assert {f.rows for f in capture.frames} == {reading.rows}
    assert frame.anchor == reading.anchor
    expect(quiet_visitor.part("worktree-badge")).to_have_attribute("data-directory", room.project)


def test_entering_and_leaving_move_nothing(
    quiet_visitor: Visitor, room: Room, worktree: str
) -> None:
    session = room.session(60)
    quiet_visitor.open(session)
    reading = quiet_visitor.read_history()
    quiet_visitor.recorder.drain(1)
    badge = quiet_visitor.part("worktree-badge")
    for directory in (worktree, room.project):
        room.api.move(session, room.project, directory)
        expect(badge).to_have_attribute("data-directory", directory)
        quiet_visitor.await_ready()
    frame = quiet_visitor.look()
    capture = quiet_visitor.recorder.drain(2)
    assert (capture.mounts, capture.shifts) == ((), ())
    assert frame.anchor == reading.anchor
    assert {f.rows for f in capture.frames} == {reading.rows}


@pytest.mark.parametrize("where", ["root", "worktree"])
def test_cold_address_does_not_decide_where_work_runs(
    quiet_visitor: Visitor, room: Room, worktree: str, where: str
) -> None:
    session = room.session(5)
    room.api.move(session, room.project, worktree)
    directory = room.project if where == "root" else worktree
    quiet_visitor.open(session, directory)
    badge = quiet_visitor.part("worktree-badge")
    expect(badge).to_have_attribute("data-directory", worktree)
    with quiet_visitor.page.expect_request("**/prompt_async") as sent:
        quiet_visitor.submit("where?")
    header = sent.value.header_value("x-opencode-directory")
    assert header is not None
    assert header.replace("%2F", "/") == worktree


def test_badge_links_to_the_directory_of_now(
    quiet_visitor: Visitor, room: Room, worktree: str
) -> None:
    session = room.session(5)
    quiet_visitor.open(session)
    room.api.move(session, room.project, worktree)
    badge = quiet_visitor.part("worktree-badge")
    expect(badge).to_have_attribute("data-directory", worktree)
    expect(badge).to_contain_text(worktree.rsplit("/", 1)[1])
    badge.click()
    assert quiet_visitor.page.url == quiet_visitor.address(session, worktree)
    expect(quiet_visitor.rows).to_have_count(5)


def test_another_session_shows_its_own_messages(quiet_visitor: Visitor, room: Room) -> None:
    one, other = room.session(12), room.session(3)
    quiet_visitor.open(one)
    before = quiet_visitor.look()
    quiet_visitor.follow_link(quiet_visitor.address(other))
    expect(quiet_visitor.rows).to_have_count(3)
    quiet_visitor.page.go_back()
    expect(quiet_visitor.rows).to_have_count(10)
    after = quiet_visitor.look()
    assert after.from_bottom <= 4
    assert after.composer == before.composer
    assert after.timeline != before.timeline
