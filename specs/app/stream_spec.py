"""A lost event stream: said, mended, and nothing missed."""

from playwright.sync_api import expect

from specs.app.visitor import Room, Visitor


def test_what_was_missed_is_shown_after_a_reconnect(visitor: Visitor, room: Room) -> None:
    session = room.session(20)
    visitor.open(session)
    before = visitor.look()
    visitor.recorder.drain(1)
    held = room.wire.hold("GET /global/event")
    try:
        assert room.wire.cut_streams() >= 1
        expect(visitor.readiness).to_have_attribute("data-status", "pending")
        expect(visitor.send).to_be_disabled()
        room.api.seed(session, room.project, ["said meanwhile"])
        expect(visitor.row("said meanwhile")).to_have_count(0)
    finally:
        held.remove()
    expect(visitor.row("said meanwhile")).to_have_count(1)
    visitor.await_ready()
    frame = visitor.look()
    frames = visitor.recorder.drain(2).frames
    assert (frame.timeline, frame.viewport) == (before.timeline, before.viewport)
    assert min(shown.rows for shown in frames) == before.rows
    assert [shown for shown in frames if shown.from_bottom > 4] == []


def test_an_event_during_hydration_is_kept(visitor: Visitor, room: Room) -> None:
    session = room.session(3)
    late = room.wire.hold(f"GET /session/{session}/message", "response")
    try:
        visitor.page.goto(visitor.address(session))
        assert late.wait_caught(2)
        room.api.seed(session, room.project, ["said while it was on its way"])
        assert room.wire.wait_for(
            lambda view: any("said while" in str(event.data) for event in view.events), 5
        )
    finally:
        late.remove()
    expect(visitor.row("said while it was on its way")).to_have_count(1)
    expect(visitor.rows).to_have_count(4)
    expect(visitor.rows.last).to_contain_text("said while")
