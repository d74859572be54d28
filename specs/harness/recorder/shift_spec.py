"""Layout shifts as the browser reports them, and long tasks."""

from fixtures.calibration.chat import Chat


def test_a_shift_of_rows_names_its_sources_and_how_far(chat: Chat) -> None:
    (shift,) = chat.play("", "timeline.style.paddingTop = '6px'").shifts
    assert shift.value > 0
    assert not shift.recent_input
    assert shift.step == 1
    source = shift.sources[0]
    assert source.in_timeline
    assert source.dy == 6
    assert 'data-message-id="m' in source.node


def test_two_pixels_are_seen_by_the_anchor_though_no_shift_to_the_browser(chat: Chat) -> None:
    capture = chat.play("", "timeline.style.paddingTop = '2px'")
    before, after = (frame.anchor for frame in capture.frames)
    assert before is not None
    assert after is not None
    assert (before.key, after.key) == ("m0", "m0")
    assert after.offset - before.offset == 2


def test_a_shift_outside_the_timeline_says_so(chat: Chat) -> None:
    (shift,) = chat.play("", "composer.style.marginTop = '40px'").shifts
    assert [(source.in_timeline, source.dy) for source in shift.sources] == [(False, 40)]
    assert 'data-component="prompt-input"' in shift.sources[0].node


def test_a_long_task_is_told_with_its_duration(chat: Chat) -> None:
    first = chat.play("", "const end = performance.now() + 80; while (performance.now() < end);")
    assert chat.recorder.wait_quiet(5_000) == ()
    tasks = (*first.long_tasks, *chat.recorder.drain(2).long_tasks)
    assert max(task.duration for task in tasks) >= 80
    assert {task.step for task in tasks} == {1}
