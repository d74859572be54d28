"""What stands on the page when a session is opened."""

from playwright.sync_api import expect

from specs.app.visitor import Room, Visitor

ANYTHING = "prompt command shell"


def test_opens_at_the_end_with_the_last_ten_rows(quiet_visitor: Visitor, room: Room) -> None:
    quiet_visitor.open(room.session(40))
    frame = quiet_visitor.look()
    assert frame.rows == 10
    assert frame.from_bottom <= 4
    assert quiet_visitor.recorder.missing_hooks() == []
    expect(quiet_visitor.rows.last).to_contain_text("Note 40")


def test_first_painted_rows_are_at_the_end(quiet_visitor: Visitor, room: Room) -> None:
    session = room.session(40)
    quiet_visitor.open(session)
    quiet_visitor.look()
    with_rows = [f for f in quiet_visitor.recorder.drain(1).frames if f.rows]
    assert with_rows
    assert all(frame.from_bottom <= 4 for frame in with_rows)


def test_says_that_all_is_ready_and_where_it_works(quiet_visitor: Visitor, room: Room) -> None:
    quiet_visitor.open(room.session(1))
    for may in ("can-act", "can-send-followup"):
        expect(quiet_visitor.readiness).to_have_attribute(f"data-{may}", "true")
    expect(quiet_visitor.readiness).to_have_attribute("data-can-submit", ANYTHING)
    badge = quiet_visitor.part("worktree-badge")
    expect(badge).to_have_attribute("data-directory", room.project)
    expect(badge).to_contain_text("main")


def test_an_empty_session_is_ready_too(quiet_visitor: Visitor, room: Room) -> None:
    quiet_visitor.open(room.session(0))
    expect(quiet_visitor.rows).to_have_count(0)
    expect(quiet_visitor.readiness).to_have_attribute("data-can-submit", ANYTHING)


def test_an_unknown_session_is_told_in_a_sentence(visitor: Visitor, room: Room) -> None:
    visitor.page.goto(visitor.address("ses_none"))
    expect(visitor.page.get_by_role("alert")).to_contain_text("cannot be shown")
    expect(visitor.readiness).to_have_attribute("data-cache", "pending")
    visitor.prompt.fill("hello?")
    expect(visitor.send).to_be_disabled()
    assert room.agent.idle


def test_the_root_lists_sessions_as_links(quiet_visitor: Visitor, room: Room) -> None:
    session = room.session(3, title="Found in the list")
    quiet_visitor.page.goto(room.stage.origin)
    link = quiet_visitor.page.get_by_role("link", name="Found in the list")
    assert f"{room.stage.origin}{link.get_attribute('href')}" == quiet_visitor.address(session)
    link.click()
    expect(quiet_visitor.rows).to_have_count(3)
    expect(link).to_have_attribute("aria-current", "page")
