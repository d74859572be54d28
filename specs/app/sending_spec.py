"""From the composer to the server: each submit once, in its own scope; nothing is lost."""

import httpx
from playwright.sync_api import expect

from fixtures.agent import Hold, Say
from specs.app.visitor import Room, Visitor


def texts(room: Room, session: str) -> list[str]:
    """What the server holds of the session."""
    return [message.text for message in room.api.record(session, room.project).messages]


def test_prompt_is_shown_at_once_and_answered(quiet_visitor: Visitor, room: Room) -> None:
    room.agent.script("tell me", [Say("as you like it")])
    session = room.session(3)
    quiet_visitor.open(session)
    held = room.wire.hold("POST /session/.*/prompt_async")
    quiet_visitor.submit("tell me more")
    try:
        expect(quiet_visitor.row("tell me more")).to_have_attribute("data-pending", "true")
        expect(quiet_visitor.prompt).to_have_value("")
    finally:
        held.remove()
    expect(quiet_visitor.row("as you like it")).to_have_count(1)
    expect(quiet_visitor.row("tell me more")).to_have_count(1)
    expect(quiet_visitor.page.locator("[data-pending]")).to_have_count(0)
    assert texts(room, session)[-2:] == ["tell me more", "as you like it"]


def test_busy_shows_and_stop_ends_it(quiet_visitor: Visitor, room: Room) -> None:
    room.agent.script("for ever", [Say("on and on"), Hold("for ever")])
    quiet_visitor.open(room.session(1))
    quiet_visitor.submit("for ever")
    room.agent.wait_for_hold("for ever")
    expect(quiet_visitor.part("busy")).to_be_visible()
    quiet_visitor.page.get_by_role("button", name="Stop").click()
    expect(quiet_visitor.part("busy")).to_have_count(0)


def test_a_turn_of_others_ends_while_a_prompt_leaves(quiet_visitor: Visitor, room: Room) -> None:
    room.agent.script("of others", [Say("soon done")])
    room.agent.script("mine", [Say("on and on"), Hold("mine")])
    session = room.session(1)
    quiet_visitor.open(session)
    held = room.wire.hold("POST /session/.*/prompt_async")
    try:
        quiet_visitor.submit("mine")
        expect(quiet_visitor.part("busy")).to_be_visible()
        body = {"parts": [{"type": "text", "text": "of others"}]}
        url = f"{room.api.base_url}/session/{session}/message"
        httpx.post(url, json=body, trust_env=False).raise_for_status()  # their turn has ended
        room.api.rename(session, room.project, "Told after its end")
        expect(quiet_visitor.page.get_by_role("heading", name="Told after its end")).to_be_visible()
        expect(quiet_visitor.part("busy")).to_be_visible()
    finally:
        held.remove()
    room.agent.wait_for_hold("mine")
    expect(quiet_visitor.part("busy")).to_be_visible()
    room.agent.release("mine")
    expect(quiet_visitor.part("busy")).to_have_count(0)


def test_failed_send_gives_its_text_back_to_its_own_session(visitor: Visitor, room: Room) -> None:
    one, other = room.session(2, "One"), room.session(3, "Other")
    visitor.open(one)
    held = room.wire.hold("POST /session/.*/prompt_async")
    room.wire.fail("POST /session/.*/prompt_async", times=1)
    try:
        visitor.submit("will not arrive")
        expect(visitor.rows).to_have_count(3)
        visitor.follow_link(visitor.address(other))
        expect(visitor.rows).to_have_count(3)
        visitor.prompt.fill("another draft")
    finally:
        held.remove()
    visitor.page.get_by_role("link", name="One", exact=True).first.click()
    expect(visitor.prompt).to_have_value("will not arrive")
    expect(visitor.rows).to_have_count(2)
    expect(visitor.readiness).to_contain_text("Not sent")
    visitor.page.go_back()
    expect(visitor.prompt).to_have_value("another draft")
    assert len(texts(room, one)) == 2


def test_drafts_belong_to_sessions_and_outlive_a_reload(quiet_visitor: Visitor, room: Room) -> None:
    one, other = room.session(1), room.session(1)
    quiet_visitor.open(one)
    quiet_visitor.prompt.fill("half a thought")
    quiet_visitor.follow_link(quiet_visitor.address(other))
    expect(quiet_visitor.prompt).to_have_value("")
    quiet_visitor.open(one)
    expect(quiet_visitor.prompt).to_have_value("half a thought")


def test_shell_line_runs_where_the_session_works(quiet_visitor: Visitor, room: Room) -> None:
    session = room.session(1)
    quiet_visitor.open(session)
    quiet_visitor.submit("!pwd")
    expect(quiet_visitor.row(room.project)).to_have_count(1)
    assert all(asked.prompt != "!pwd" for asked in room.agent.requests)


def test_two_submits_are_two_messages(quiet_visitor: Visitor, room: Room) -> None:
    session = room.session(0)
    quiet_visitor.open(session)
    for number in (1, 2):
        quiet_visitor.submit("the same words")
        expect(quiet_visitor.row("Done.")).to_have_count(number)
    assert texts(room, session) == ["the same words", "Done."] * 2
