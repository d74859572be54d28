"""Waiting without sleeps: for rest, and for rows to be on screen."""

import pytest
from playwright.sync_api import Page

from fixtures.calibration.chat import ADDRESS, HOOKS, Chat, open_chat, serve_chat
from harness.probe.recorder import Recorder, RecorderError

FOREVER = "const again = () => {{ {act}; raf(again) }}; raf(again); let n = 0"


def keep_doing(chat: Chat, act: str) -> None:
    chat.page.evaluate(f"() => {{ {FOREVER.format(act=act)} }}")


def test_a_still_page_is_quiet_at_once(chat: Chat) -> None:
    assert chat.recorder.wait_quiet(5_000) == ()


@pytest.mark.parametrize(
    ("act", "names"),
    [
        ("viewport.scrollTop = 100 + (n++ % 2) * 10", {"scroll position", "first visible message"}),
        ("timeline.style.paddingBottom = `${n++ % 50}px`", {"content height"}),
        (
            "timeline.style.paddingTop = `${n++ % 50}px`",
            {"content height", "first visible message"},
        ),
        ("timeline.firstChild.dataset.messageId = n++", {"rows", "first visible message"}),
        ("timeline.lastChild.firstChild.data = n++", {"last message's text"}),
        ("viewport.style.height = `${300 + (n++ % 9)}px`", {"viewport height"}),
        (
            "const next = document.querySelector('textarea'); next.replaceWith(next.cloneNode())",
            {"composer node"},
        ),
    ],
    ids=["scroll", "height", "above", "keys", "text", "viewport", "composer"],
)
def test_what_still_moves_at_the_deadline_is_named(chat: Chat, act: str, names: set[str]) -> None:
    keep_doing(chat, act)
    assert set(chat.recorder.wait_quiet(800)) == names


def test_less_than_half_a_pixel_is_rest(chat: Chat) -> None:
    keep_doing(chat, "timeline.style.paddingTop = `${(n++ % 2) * 0.4}px`")
    assert chat.recorder.wait_quiet(5_000) == ()


def test_half_a_pixel_a_frame_is_not_rest_for_ever(chat: Chat) -> None:
    keep_doing(chat, "timeline.style.paddingTop = `${n++ * 0.4}px`")
    assert "first visible message" in chat.recorder.wait_quiet(800)


def test_a_page_that_comes_to_rest_is_waited_for(chat: Chat) -> None:
    chat.page.evaluate(
        "() => { play(...Array.from({ length: 20 }, (_, i) => () => viewport.scrollTop = i * 9)) }"
    )
    assert chat.recorder.wait_quiet(5_000) == ()
    assert chat.recorder.drain(2).frames[-1].scroll_top == 171


def test_a_page_that_is_blank_for_a_while_is_not_at_rest(chat: Chat) -> None:
    chat.page.evaluate(
        """() => {
            timeline.replaceChildren();
            play(...Array(30).fill(null), () => timeline.append(row(1)));
        }"""
    )
    assert chat.recorder.wait_quiet(5_000) == ()
    assert chat.recorder.drain(2).frames[-1].rows == 1


def test_a_page_that_is_known_to_be_empty_need_not_be_so_for_long(chat: Chat) -> None:
    chat.page.evaluate(
        """() => {
            timeline.replaceChildren();
            play(...Array(30).fill(null), () => timeline.append(row(1)));
        }"""
    )
    assert chat.recorder.wait_quiet(5_000, empty=True) == ()
    assert chat.recorder.drain(2).frames[-1].rows == 0


def test_a_page_that_stays_blank_comes_to_rest(chat: Chat) -> None:
    chat.page.evaluate("() => { timeline.replaceChildren() }")
    assert chat.recorder.wait_quiet(5_000) == ()
    assert chat.recorder.drain(2).frames[-1].rows == 0


def test_too_few_frames_before_the_deadline_are_no_rest(chat: Chat) -> None:
    (name,) = chat.recorder.wait_quiet(0)
    assert name.startswith("painting (")
    assert chat.recorder.wait_quiet(5_000) == ()


def test_rows_are_waited_for_by_key_and_by_text(chat: Chat) -> None:
    chat.page.evaluate("() => { play(null, null, () => timeline.append(row(30), row(31))) }")
    assert chat.recorder.wait_shown(keys=["m30"], texts=["message  31\n"], deadline_ms=5_000) == ()
    assert chat.recorder.drain(2).frames[-1].rows == 32


def test_text_that_grows_in_a_row_is_noticed(chat: Chat) -> None:
    chat.page.evaluate(
        "() => { play(null, null, () => timeline.lastChild.firstChild.data = 'so') }"
    )
    assert chat.recorder.wait_shown(texts=["so"], deadline_ms=5_000) == ()


def test_what_is_missing_at_the_deadline_is_returned(chat: Chat) -> None:
    missing = chat.recorder.wait_shown(
        keys=["m1", "m99"], texts=["message 2", "no such text"], deadline_ms=100
    )
    assert missing == ("m99", "no such text")


def test_waiting_goes_on_in_the_next_document(chat: Chat) -> None:
    chat.page.evaluate("() => { play(null, null, () => location.reload()) }")
    assert chat.recorder.wait_shown(keys=["nowhere"], deadline_ms=600) == ("nowhere",)
    assert len({frame.timeline for frame in chat.recorder.drain(2).frames} - {None}) == 2


def test_a_page_opened_before_its_recorder_is_refused(page: Page) -> None:
    serve_chat(page)
    page.goto(ADDRESS)
    recorder = Recorder(page, HOOKS)
    recorder.begin(1)
    with pytest.raises(RecorderError, match=r"not in http://chat\.test/"):
        recorder.wait_quiet(1_000)


def test_missing_hooks_is_empty_when_all_is_there(page: Page) -> None:
    assert open_chat(page).recorder.missing_hooks() == []


def test_each_missing_hook_is_named_with_its_rule(chat: Chat) -> None:
    chat.page.evaluate("() => { viewport.remove(); composer.remove() }")
    assert chat.recorder.missing_hooks() == [
        'timeline ([data-component="timeline"])',
        'viewport (the closest .viewport around [data-component="timeline"])',
        'composer ([data-component="prompt-input"])',
        "rows ([data-message-id] with a data-message-id, within the timeline)",
    ]


def test_a_row_without_a_key_is_a_missing_hook(chat: Chat) -> None:
    hooks = HOOKS.model_copy(update={"rows": HOOKS.rows.model_copy(update={"key": "data-key"})})
    page = chat.page.context.new_page()
    assert open_chat(page, hooks=hooks).recorder.missing_hooks() == [
        "rows ([data-message-id] with a data-key, within the timeline)"
    ]
