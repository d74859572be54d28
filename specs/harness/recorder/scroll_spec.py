"""The reading position: where it is, and which script moved it."""

import pytest
from playwright.sync_api import Page

from fixtures.calibration.chat import HOOKS, Chat, open_chat
from harness.probe.hooks import NodeRule

MIDDLE = "viewport.scrollTop = 500"


def test_the_anchor_is_the_first_row_that_reaches_below_the_upper_edge(chat: Chat) -> None:
    capture = chat.play("", MIDDLE)
    frame = capture.frames[-1]
    assert frame.scroll_top == 500
    assert frame.anchor is not None
    assert (frame.anchor.key, frame.anchor.offset) == ("m12", -20)


def test_a_row_that_ends_on_the_edge_is_not_the_anchor(chat: Chat) -> None:
    anchor = chat.play("viewport.scrollTop = 480").frames[-1].anchor
    assert anchor is not None
    assert (anchor.key, anchor.offset) == ("m12", 0)


def test_rows_in_any_order_have_the_same_anchor(chat: Chat) -> None:
    chat.play(
        "timeline.style.cssText = 'display:flex; flex-direction:column-reverse'",
        "timeline.append(...[...timeline.children].reverse())",
    )
    anchor = chat.play(MIDDLE).frames[-1].anchor
    assert anchor is not None
    assert (anchor.key, anchor.offset) == ("m12", -20)


def test_history_above_without_compensation_moves_what_is_read(chat: Chat) -> None:
    chat.play(MIDDLE)
    capture = chat.play("", "timeline.prepend(...rows(100, 110))")
    before, after = capture.frames
    assert before.scroll_top == after.scroll_top == 500
    assert before.anchor is not None
    assert after.anchor is not None
    assert before.anchor.key == "m12"
    assert after.anchor.key == "m2"
    assert capture.scroll_writes == ()


def test_history_above_with_compensation_keeps_it(chat: Chat) -> None:
    chat.play(MIDDLE)
    capture = chat.play("", "timeline.prepend(...rows(100, 110)); viewport.scrollTop += 400")
    before, after = capture.frames
    assert (before.rows, after.rows) == (30, 40)
    assert (before.scroll_top, after.scroll_top) == (500, 900)
    assert before.anchor == after.anchor


def test_text_streamed_at_the_bottom_grows_the_content_and_not_the_rows(chat: Chat) -> None:
    grow = (
        "const line = document.createElement('p'); line.textContent = 'word';"
        "timeline.lastChild.style.height = 'auto'; timeline.lastChild.append(line)"
    )
    capture = chat.play("viewport.scrollTop = 900", *[grow, "viewport.scrollTop = 1e6"] * 3)
    heights = [frame.scroll_height for frame in capture.frames]
    assert heights == sorted(heights)
    assert heights[-1] > heights[0]
    assert capture.frames[-1].from_bottom == 0
    assert capture.row_changes == capture.mounts == ()
    assert "word" in capture.shown[-1].text


@pytest.mark.parametrize(
    ("call", "api", "value"),
    [
        ("viewport.scrollTop = 120", "scrollTop", 120),
        ("viewport.scrollTo(0, 120)", "scrollTo", 120),
        ("viewport.scrollTo({ top: 120 })", "scrollTo", 120),
        ("viewport.scroll({ top: 120, behavior: 'smooth' })", "scroll", 120),
        ("viewport.scrollBy(0, 80)", "scrollBy", 120),
        ("timeline.children[3].scrollIntoView()", "scrollIntoView", None),
    ],
)
def test_the_writer_of_the_scroll_position_is_named(
    chat: Chat, call: str, api: str, value: float | None
) -> None:
    chat.page.add_script_tag(
        content=f"function jump() {{\n{call}\n}}\nfunction caller() {{ jump() }}\n"
        "//# sourceURL=http://chat.test/writer.js"
    )
    chat.play("viewport.scrollTop = 40")
    (write,) = chat.play("", "caller()").scroll_writes
    assert (write.api, write.before, write.value, write.step) == (api, 40, value, 1)
    assert write.stack[:2] == (
        "jump (http://chat.test/writer.js:2)",
        "caller (http://chat.test/writer.js:4)",
    )
    assert len(write.stack) <= 4


def test_a_write_that_moves_nothing_is_not_told(chat: Chat) -> None:
    chat.play("viewport.scrollTop = 900")
    writes = chat.play(
        "viewport.scrollTop = 900",
        "viewport.scrollTop = viewport.scrollHeight",
        "viewport.scrollTo(0, 1e6)",
        "timeline.lastChild.scrollIntoView({ block: 'nearest' })",
        "composer.scrollTop = 10",
    ).scroll_writes
    assert writes == ()


def test_a_wheel_moves_the_position_without_a_writer(chat: Chat) -> None:
    chat.page.evaluate(
        "() => { window.wheeled = new Promise((done) => viewport.onscroll = () => done()) }"
    )
    chat.page.mouse.move(100, 100)
    chat.page.mouse.wheel(0, 200)
    chat.page.evaluate("wheeled")
    assert chat.recorder.wait_quiet(5_000) == ()
    capture = chat.play("")
    assert capture.frames[-1].scroll_top == 200
    assert capture.scroll_writes == ()


def test_a_viewport_that_enters_and_is_scrolled_in_one_task_is_watched(chat: Chat) -> None:
    capture = chat.play(
        "", "const copy = viewport.cloneNode(true); viewport.replaceWith(copy);copy.scrollTop = 77"
    )
    (write,) = capture.scroll_writes
    assert (write.before, write.value) == (0, 77)


def test_the_watched_methods_look_and_fail_like_the_browsers_own(chat: Chat) -> None:
    own, untouched = chat.page.evaluate(
        """() => {
          const frame = document.createElement("iframe");
          document.body.append(frame);
          const describe = ({ Element, Object }) => {
            const { set, enumerable, configurable } =
              Object.getOwnPropertyDescriptor(Element.prototype, "scrollTop");
            const methods = [Element.prototype.scrollTo, Element.prototype.scrollIntoView, set];
            const fails = (work) => { try { work(); } catch (error) { return error.name; } };
            return [
              ...methods.map((method) => [method.name, method.length]),
              methods.map((method) => /\\[native code\\]/.test(String(method))),
              [enumerable, configurable],
              fails(() => set.call({}, 3)),
              String(Element.prototype.scrollTo.call(document.body, 0, 0)),
            ];
          };
          return [describe(window), describe(frame.contentWindow)];
        }"""
    )
    assert own == untouched
    assert chat.play("").scroll_writes == ()


def test_a_page_that_scrolls_as_a_whole_can_be_the_viewport(page: Page) -> None:
    chat = open_chat(page, hooks=HOOKS.model_copy(update={"viewport": NodeRule(css="html")}))
    chat.play("viewport.style.height = 'auto'")
    capture = chat.play("", "window.scrollTo(0, 130)")
    frame = capture.frames[-1]
    assert frame.scroll_top == 130
    assert frame.anchor is not None
    assert (frame.anchor.key, frame.anchor.offset) == ("m3", -10)
    (write,) = capture.scroll_writes
    assert (write.api, write.before, write.value) == ("scrollTo", 0, 130)
