"""Pages that break what the recorder stands on, and a recorder that must not break the page."""

import pytest
from playwright.sync_api import Error, Page

from fixtures.calibration.chat import HOOKS, Chat, open_chat
from harness.probe.hooks import NodeRule
from harness.probe.recorder import RecorderError

THROW = "() => { throw new Error('not for you') }"


def errors_of(page: Page) -> list[Error]:
    errors: list[Error] = []

    def note(error: Error) -> None:
        errors.append(error)

    page.on("pageerror", note)
    return errors


@pytest.mark.parametrize(
    "target",
    [
        "window.requestAnimationFrame",
        "Element.prototype.getBoundingClientRect",
        "Element.prototype.querySelectorAll",
        "Document.prototype.querySelector",
        "Element.prototype.getAttribute",
        "Element.prototype.closest",
        "Node.prototype.contains",
        "WeakMap.prototype.get",
        "performance.now",
        "JSON.stringify",
        "window.MutationObserver",
        "window.setTimeout",
        "String.prototype.trim",
        "Array.prototype[Symbol.iterator]",
    ],
)
def test_a_page_that_replaces_a_native_is_recorded_all_the_same(chat: Chat, target: str) -> None:
    chat.page.evaluate(
        f"""new Promise((done) => {{
          const twin = timeline.cloneNode(true);
          const kept = {target};
          {target} = {THROW};
          timeline.replaceWith(twin);
          viewport.scrollTop = 130;
          raf(() => raf(() => raf(() => {{ {target} = kept; done(); }})));
        }})"""
    )
    capture = chat.recorder.drain(2)
    told = [mount.kind for mount in capture.mounts if mount.part == "timeline"]
    assert told == ["unmount", "mount"]
    assert [write.value for write in capture.scroll_writes] == [130]
    anchor = capture.frames[-1].anchor
    assert anchor is not None
    assert (anchor.key, anchor.offset) == ("m3", -10)


def test_push_that_throws_does_no_harm(chat: Chat) -> None:
    chat.page.evaluate(
        f"""new Promise((done) => {{
          const kept = Array.prototype.push;
          Array.prototype.push = {THROW};
          viewport.scrollTop = 130;
          raf(() => raf(() => raf(() => {{ Array.prototype.push = kept; done(); }})));
        }})"""
    )
    assert chat.recorder.drain(2).frames[-1].scroll_top == 130


def test_a_policy_without_unsafe_eval_is_no_hindrance(page: Page) -> None:
    policy = {"content-security-policy": "script-src 'unsafe-inline'"}
    chat = open_chat(page, headers=policy)
    with pytest.raises(Error, match="eval"):
        page.evaluate(
            "new Promise((done, fail) => setTimeout(() => { try { done(eval('1')) }"
            " catch (error) { fail(error) } }))"
        )
    page.evaluate("play(() => viewport.scrollTop = 40)")
    assert chat.recorder.wait_shown(keys=["m3"], deadline_ms=5_000) == ()
    assert chat.recorder.drain(2).frames[-1].scroll_top == 40


def test_the_page_sees_one_hidden_global_and_no_error(chat: Chat) -> None:
    errors = errors_of(chat.page)
    names = chat.page.evaluate(
        "Object.getOwnPropertyNames(window).filter((name) => /scope.?recorder/i.test(name))"
    )
    assert names == ["__scopeRecorder"]
    assert chat.page.evaluate("Object.keys(window).includes('__scopeRecorder')") is False
    chat.play("viewport.scrollTo(0, 50)", "timeline.replaceWith(timeline.cloneNode(true))")
    assert errors == []


def test_an_invalid_selector_is_a_clear_error_and_the_app_runs_on(page: Page) -> None:
    hooks = HOOKS.model_copy(update={"composer": NodeRule(css="[")})
    errors = errors_of(page)
    with pytest.raises(RecorderError, match="not a valid selector"):
        open_chat(page, hooks=hooks)
    page.evaluate("play(() => viewport.scrollTo(0, 50))")
    assert errors == []


def test_the_recorder_moves_nothing_and_writes_nothing(chat: Chat) -> None:
    html = "document.documentElement.outerHTML"
    before = chat.page.evaluate(html)
    capture = chat.play("", "", "")
    assert chat.page.evaluate(html) == before
    assert capture.shifts == capture.scroll_writes == ()
