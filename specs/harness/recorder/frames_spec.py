from playwright.sync_api import Page

from fixtures.calibration.chat import Chat, open_chat


def test_a_still_page_is_one_frame_repeated(chat: Chat) -> None:
    capture = chat.play("", "", "")
    (frame,) = capture.frames
    assert frame.repeats >= 6
    assert frame.repeats == capture.sampled
    assert (frame.rows, frame.scroll_top, frame.scroll_height) == (30, 0, 1200)
    assert (frame.client_height, frame.from_bottom) == (300, 900)
    assert frame.anchor is not None
    assert (frame.anchor.key, frame.anchor.offset) == ("m0", 0)


def test_a_still_page_under_another_address_is_another_frame(chat: Chat) -> None:
    capture = chat.play("", "history.pushState(null, '', '#elsewhere')", "")
    before, after = capture.frames
    assert before.repeats + after.repeats == capture.sampled
    _, moved = (sign for sign in capture.signs if sign.name == "address")
    assert before.t < moved.t <= after.t
    assert (before.rows, before.anchor) == (after.rows, after.anchor)


def test_a_still_page_has_nothing_else_to_report(chat: Chat) -> None:
    capture = chat.play("", "", "")
    assert capture.row_changes == capture.mounts == capture.shifts == ()
    assert capture.scroll_writes == capture.long_tasks == ()
    assert capture.lost == 0


def test_a_blank_of_exactly_one_frame_is_seen(chat: Chat) -> None:
    capture = chat.play(
        "",
        "window.held = [...timeline.children]; timeline.replaceChildren()",
        "timeline.replaceChildren(...held)",
    )
    assert [frame.rows for frame in capture.frames] == [30, 0, 30]
    blank = capture.frames[1]
    assert (blank.repeats, blank.anchor) == (1, None)
    assert [len(change.keys) for change in capture.row_changes] == [0, 30]
    assert capture.mounts == ()


def test_a_blank_between_two_tasks_is_a_frame_only_if_it_was_painted(chat: Chat) -> None:
    # On a busy machine a frame may fall between the two tasks; the page itself knows.
    capture = chat.play(
        """window.painted = false;
        const look = () => { painted ||= !timeline.children.length; raf(look) };
        raf(look);""",
        """const { port1, port2 } = new MessageChannel();
        const held = [...timeline.children];
        port1.onmessage = () => {
          if (timeline.children.length) { timeline.replaceChildren(); port2.postMessage(0); }
          else timeline.replaceChildren(...held);
        };
        port2.postMessage(0);""",
    )
    painted = chat.page.evaluate("painted")
    assert any(frame.rows == 0 for frame in capture.frames) == painted


def test_times_are_epoch_milliseconds_and_grow(chat: Chat) -> None:
    before = chat.page.evaluate("Date.now()")
    capture = chat.play(*["timeline.append(row(timeline.children.length))"] * 3)
    after = chat.page.evaluate("Date.now()")
    times = [frame.t for frame in capture.frames]
    assert times == sorted(times)
    assert before - 100 <= times[-1] <= after + 100


def test_samples_carry_the_step_they_belong_to(chat: Chat) -> None:
    chat.page.evaluate("play()")
    first = chat.recorder.drain(2)
    chat.page.evaluate("play(() => timeline.append(row(30)))")
    second = chat.recorder.drain(3)
    assert {frame.step for frame in first.frames} == {1}
    assert {frame.step for frame in second.frames} == {2}
    assert {change.step for change in second.row_changes} == {2}


def test_a_full_ring_drops_the_oldest_and_says_how_many(page: Page) -> None:
    chat = open_chat(page, capacity=8)
    capture = chat.play(*["viewport.scrollTop += 10"] * 12)
    assert [frame.scroll_top for frame in capture.frames] == [50 + 10 * i for i in range(8)]
    dropped_writes = 12 - len(capture.scroll_writes)
    assert len(capture.scroll_writes) == 2
    dropped_frames = capture.sampled - sum(frame.repeats for frame in capture.frames)
    assert capture.lost == dropped_frames + dropped_writes
    assert chat.play("").lost == 0


def test_the_recorder_pays_for_itself(chat: Chat) -> None:
    capture = chat.play("", "", "")
    assert 0 <= capture.cost_ms < 5 * capture.sampled


def test_a_frame_that_input_came_after_is_left_to_the_next(chat: Chat) -> None:
    assert 50 in {frame.scroll_top for frame in chat.play("", "viewport.scrollTop = 50", "").frames}
    touched = "viewport.scrollTop = 90; dispatchEvent(new Event('input'))"
    capture = chat.play("", touched, "viewport.scrollTop = 50")
    assert {frame.scroll_top for frame in capture.frames} == {50}
