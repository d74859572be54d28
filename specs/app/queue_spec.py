"""Follow-ups wait for the agent, in the session in which they were written."""

from playwright.sync_api import expect

from fixtures.agent import Hold, Say
from specs.app.visitor import Room, Visitor


def begin_turn(visitor: Visitor, room: Room, hold: str) -> str:
    """Open a session and keep its agent busy."""
    room.agent.script(f"work {hold}", [Say("working"), Hold(hold)])
    session = room.session(1)
    visitor.open(session)
    visitor.submit(f"work {hold}")
    room.agent.wait_for_hold(hold)
    return session


def test_queued_prompts_are_sent_in_order_when_idle(quiet_visitor: Visitor, room: Room) -> None:
    session = begin_turn(quiet_visitor, room, "order")
    for text in ("first follow-up", "second follow-up"):
        quiet_visitor.submit(text)
    items = quiet_visitor.part("followup-dock").get_by_role("listitem")
    expect(items).to_have_count(2)
    expect(quiet_visitor.prompt).to_have_value("")
    room.agent.release("order")
    expect(quiet_visitor.row("Done.")).to_have_count(2)
    expect(quiet_visitor.part("followup-dock")).to_have_count(0)
    told = [m.text for m in room.api.record(session, room.project).messages if m.role == "user"]
    assert told[-2:] == ["first follow-up", "second follow-up"]


def test_queue_outlives_a_reload(quiet_visitor: Visitor, room: Room) -> None:
    begin_turn(quiet_visitor, room, "reload")
    quiet_visitor.submit("after the reload")
    quiet_visitor.page.reload()
    quiet_visitor.await_ready()
    expect(quiet_visitor.part("followup-dock")).to_contain_text("after the reload")
    room.agent.release("reload")
    expect(quiet_visitor.row("after the reload")).to_have_count(1)
    expect(quiet_visitor.row("Done.")).to_have_count(1)


def test_queue_waits_while_another_session_is_on_screen(quiet_visitor: Visitor, room: Room) -> None:
    session = begin_turn(quiet_visitor, room, "elsewhere")
    quiet_visitor.submit("only at home")
    quiet_visitor.follow_link(quiet_visitor.address(room.session(2)))
    expect(quiet_visitor.part("followup-dock")).to_have_count(0)
    room.agent.release("elsewhere")
    link = quiet_visitor.page.locator(f'[data-session-id="{session}"]')
    expect(link).to_have_attribute("data-status", "idle")
    quiet_visitor.look()
    assert "only at home" not in str(room.api.record(session, room.project))
    link.click()
    expect(quiet_visitor.row("only at home")).to_have_count(1)


def test_queued_prompt_can_be_edited_and_removed(quiet_visitor: Visitor, room: Room) -> None:
    begin_turn(quiet_visitor, room, "edit")
    quiet_visitor.submit("think again")
    quiet_visitor.page.get_by_role("button", name="Edit").click()
    expect(quiet_visitor.prompt).to_have_value("think again")
    quiet_visitor.submit("think again")
    quiet_visitor.page.get_by_role("button", name="Remove from queue").click()
    expect(quiet_visitor.part("followup-dock")).to_have_count(0)
    room.agent.release("edit")
    expect(quiet_visitor.part("busy")).to_have_count(0)
    expect(quiet_visitor.row("think again")).to_have_count(0)


# The server refuses the second sending by its id, which the browser writes to the console.
def test_two_tabs_send_a_queued_prompt_once(visitor: Visitor, room: Room) -> None:
    session = begin_turn(visitor, room, "tabs")
    visitor.submit("from two tabs")
    tab = Visitor(visitor.page.context.new_page(), room)
    tab.open(session)
    expect(tab.part("followup-dock")).to_contain_text("from two tabs")
    room.agent.release("tabs")
    for each in (visitor, tab):
        expect(each.part("followup-dock")).to_have_count(0)
        expect(each.row("from two tabs")).to_have_count(1)
        expect(each.row("Done.")).to_have_count(1)
    told = [message.text for message in room.api.record(session, room.project).messages]
    assert told.count("from two tabs") == 1
