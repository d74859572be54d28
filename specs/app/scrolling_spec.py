"""The window of rows and the reader's place, judged on every frame."""

from playwright.sync_api import expect

from fixtures.agent import Hold, Say
from harness.observations import Frame, Shift
from specs.app.visitor import Room, Visitor

STORY = "A line of the story that the agent tells.\n" * 30


def moved(frames: tuple[Frame, ...], reading: Frame) -> list[Frame]:
    """The frames in which the message being read is not where it was."""
    anchor = reading.anchor
    assert anchor is not None
    return [
        frame
        for frame in frames
        if frame.anchor is None
        or frame.anchor.key != anchor.key
        or abs(frame.anchor.offset - anchor.offset) > 1
    ]


def shifted(shifts: tuple[Shift, ...]) -> list[Shift]:
    """The layout shifts within the timeline."""
    return [shift for shift in shifts if any(source.in_timeline for source in shift.sources)]


def test_more_rows_come_above_and_the_place_is_kept(quiet_visitor: Visitor, room: Room) -> None:
    quiet_visitor.open(room.session(60))
    quiet_visitor.look()
    quiet_visitor.recorder.drain(1)
    quiet_visitor.wheel(-5_000)
    expect(quiet_visitor.rows).to_have_count(30)
    frame = quiet_visitor.look()
    top_of_the_ten = quiet_visitor.rows.nth(20)
    offset = top_of_the_ten.evaluate(
        "row => row.getBoundingClientRect().top"
        " - row.closest('[data-component=scroll-viewport]').getBoundingClientRect().top"
    )
    assert 0 <= offset <= 13  # the timeline's padding: the wheel went to the very top
    assert frame.scroll_top > 1_000
    frames = quiet_visitor.recorder.drain(2).frames
    assert not [f for f in frames if f.rows == 30 and f.scroll_top < 1_000]


def test_wheel_at_the_very_top_ends_with_all_rows(quiet_visitor: Visitor, room: Room) -> None:
    quiet_visitor.open(room.session(35))
    for count in (30, 35):
        quiet_visitor.look()
        quiet_visitor.wheel(-20_000)
        expect(quiet_visitor.rows).to_have_count(count)
    quiet_visitor.look()
    quiet_visitor.wheel(-20_000)
    assert quiet_visitor.look().scroll_top == 0
    quiet_visitor.wheel(-100)
    assert quiet_visitor.look().rows == 35


def test_streaming_keeps_the_reader_at_the_bottom(quiet_visitor: Visitor, room: Room) -> None:
    room.agent.script("a long story", [Say(STORY, chunks=60, pause=0.002)])
    quiet_visitor.open(room.session(30))
    quiet_visitor.look()
    quiet_visitor.recorder.drain(1)
    quiet_visitor.submit("a long story, please")
    expect(quiet_visitor.part("busy")).to_be_visible()
    expect(quiet_visitor.part("busy")).to_have_count(0)
    quiet_visitor.look()
    capture = quiet_visitor.recorder.drain(2)
    assert len({frame.scroll_height for frame in capture.frames}) > 3
    assert [f for f in capture.frames if f.from_bottom > 4] == []
    assert shifted(capture.shifts) == []


def test_own_send_and_reply_leave_a_reader_in_history(quiet_visitor: Visitor, room: Room) -> None:
    room.agent.script("from up here", [Say(STORY, chunks=20, pause=0.002)])
    quiet_visitor.open(room.session(60))
    reading = quiet_visitor.read_history()
    quiet_visitor.recorder.drain(1)
    quiet_visitor.submit("from up here\nin two lines")
    expect(quiet_visitor.page.get_by_role("button", name="Jump to latest (2 new)")).to_be_visible()
    expect(quiet_visitor.part("busy")).to_have_count(0)
    quiet_visitor.look()
    capture = quiet_visitor.recorder.drain(2)
    assert capture.frames
    assert moved(capture.frames, reading) == []
    assert shifted(capture.shifts) == []


def test_jump_to_latest_follows_again(quiet_visitor: Visitor, room: Room) -> None:
    room.agent.script("hold on", [Say("one "), Hold("middle"), Say(STORY)])
    quiet_visitor.open(room.session(60))
    quiet_visitor.read_history()
    quiet_visitor.submit("hold on")
    quiet_visitor.page.get_by_role("button", name="Jump to latest").click()
    assert quiet_visitor.look().from_bottom <= 4
    expect(quiet_visitor.page.get_by_role("button", name="Jump to latest")).to_have_count(0)
    quiet_visitor.recorder.drain(1)
    room.agent.release("middle")
    expect(quiet_visitor.part("busy")).to_have_count(0)
    quiet_visitor.look()
    assert [f for f in quiet_visitor.recorder.drain(2).frames if f.from_bottom > 4] == []


def test_a_small_wheel_leaves_a_streaming_bottom(quiet_visitor: Visitor, room: Room) -> None:
    room.agent.script("tell on", [Say("one "), Hold("small"), Say(STORY, chunks=10)])
    quiet_visitor.open(room.session(30))
    quiet_visitor.submit("tell on")
    room.agent.wait_for_hold("small")
    quiet_visitor.look()
    quiet_visitor.wheel(-40)
    reading = quiet_visitor.look()
    assert 30 < reading.from_bottom < 50
    quiet_visitor.recorder.drain(1)
    room.agent.release("small")
    expect(quiet_visitor.part("busy")).to_have_count(0)
    quiet_visitor.look()
    assert moved(quiet_visitor.recorder.drain(2).frames, reading) == []


def test_a_composer_that_grows_moves_no_message_being_read(
    quiet_visitor: Visitor, room: Room
) -> None:
    quiet_visitor.open(room.session(60))
    reading = quiet_visitor.read_history()
    quiet_visitor.recorder.drain(1)
    quiet_visitor.prompt.fill("many\nlines\nof\na\ndraft")
    quiet_visitor.look()
    assert moved(quiet_visitor.recorder.drain(2).frames, reading) == []


def test_a_composer_that_grows_keeps_the_bottom(quiet_visitor: Visitor, room: Room) -> None:
    quiet_visitor.open(room.session(60))
    quiet_visitor.look()
    quiet_visitor.recorder.drain(1)
    quiet_visitor.prompt.fill("many\nlines\nof\na\ndraft")
    quiet_visitor.look()
    assert [f for f in quiet_visitor.recorder.drain(2).frames if f.from_bottom > 4] == []


def test_a_viewport_that_is_taller_for_a_moment_is_not_the_reader_scrolling(
    quiet_visitor: Visitor, room: Room
) -> None:
    quiet_visitor.open(room.session(60))
    quiet_visitor.look()
    quiet_visitor.recorder.drain(1)
    # Taller and then lower than before within one task: the browser moves the content in between.
    clamped = quiet_visitor.prompt.evaluate(
        """prompt => {
            const viewport = document.querySelector("[data-component=scroll-viewport]");
            const before = viewport.scrollTop;
            prompt.style.minHeight = "0";
            prompt.style.height = "10px";
            const during = viewport.scrollTop;
            prompt.style.height = "160px";
            return before - during;
        }"""
    )
    assert clamped > 4
    quiet_visitor.look()
    assert [f for f in quiet_visitor.recorder.drain(2).frames if f.from_bottom > 4] == []
