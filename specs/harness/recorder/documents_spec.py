"""Reloads and new addresses: nothing of the old document is lost, and no node id repeats."""

import pytest

from fixtures.calibration.chat import ADDRESS, Chat


def leave(chat: Chat, how: str) -> None:
    if how == "reload":
        chat.page.reload()
    elif how == "address":
        chat.page.goto(f"{ADDRESS}elsewhere")
    elif how == "other origin":
        chat.page.route("http://other.test/", lambda route: route.fulfill(body="<p>other"))
        chat.page.goto("http://other.test/")
        chat.page.goto(ADDRESS)
    else:
        chat.page.evaluate("location.assign('/by-script')")
        chat.page.wait_for_url("**/by-script")


@pytest.mark.parametrize("how", ["reload", "address", "other origin", "script"])
def test_samples_of_the_old_document_survive(chat: Chat, how: str) -> None:
    chat.page.evaluate("play(() => timeline.append(row(30)), () => viewport.scrollTop = 50)")
    leave(chat, how)
    assert chat.recorder.wait_quiet(5_000) == ()
    capture = chat.recorder.drain(2)
    assert [frame.rows for frame in capture.frames if frame.scroll_top == 50] == [31]
    assert len(capture.row_changes[0].keys) == 31
    assert len(capture.scroll_writes) == 1
    assert capture.frames[-1].rows == 30
    assert {frame.step for frame in capture.frames} == {1}


@pytest.mark.parametrize("how", ["reload", "address", "other origin"])
def test_node_ids_never_repeat(chat: Chat, how: str) -> None:
    old = chat.play("").frames[-1]
    leave(chat, how)
    assert chat.recorder.wait_quiet(5_000) == ()
    new = chat.recorder.drain(2).frames[-1]
    assert new.timeline is not None
    assert max(node or 0 for node in (old.timeline, old.viewport, old.composer)) < new.timeline


def test_times_grow_over_documents(chat: Chat) -> None:
    chat.page.reload()
    assert chat.recorder.wait_quiet(5_000) == ()
    times = [frame.t for frame in chat.recorder.drain(2).frames]
    assert times == sorted(times)


def test_a_new_document_takes_the_step_it_was_born_in(chat: Chat) -> None:
    chat.recorder.drain(4)
    chat.page.reload()
    assert chat.recorder.wait_quiet(5_000) == ()
    born = chat.recorder.drain(5)
    assert {frame.step for frame in born.frames} == {4}
    assert {mount.step for mount in born.mounts} == {4}
    chat.page.evaluate("play()")
    assert {frame.step for frame in chat.recorder.drain(6).frames} == {5}


def test_a_document_left_twice_in_one_step_is_told_twice(chat: Chat) -> None:
    chat.page.evaluate("play()")
    chat.page.reload()
    chat.page.evaluate("play()")
    chat.page.reload()
    assert chat.recorder.wait_quiet(5_000) == ()
    timelines = {frame.timeline for frame in chat.recorder.drain(2).frames} - {None}
    assert len(timelines) == 3


def test_frames_inside_the_page_are_left_alone(chat: Chat) -> None:
    chat.page.evaluate(
        "() => new Promise((done) => { const frame = document.createElement('iframe');"
        "frame.src = '/inner'; frame.onload = done; document.body.append(frame) })"
    )
    inner = chat.page.frames[1]
    assert (
        inner.evaluate("'__scopeRecorder' in window || '__scopeRecorderFlush' in window") is False
    )
    assert chat.play("").frames[-1].rows == 30
