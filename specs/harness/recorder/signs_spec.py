"""What an app tells of itself in a page."""

from playwright.sync_api import Page

from fixtures.calibration.chat import HOOKS, open_chat
from harness.probe.hooks import SignRule

SIGNS = (
    SignRule(name="draft", css="#typed", read="text"),
    SignRule(name="there", css="#typed", read="present", unless="#typed:not(:empty)"),
)
TYPED = HOOKS.model_copy(update={"signs": SIGNS})


def test_what_is_typed_without_a_value_is_read_trimmed_with_its_lines(page: Page) -> None:
    chat = open_chat(page, hooks=TYPED)
    typed = "document.body.insertAdjacentHTML('beforeend', '<p id=typed contenteditable> </p>')"
    captured = chat.play(
        typed,
        "document.querySelector('#typed').innerText = ' one\\ntwo '",
        "document.querySelector('#typed').remove()",
    )
    told = [sign.value for sign in captured.signs if sign.name == "draft"]
    assert told[-3:] == ["", "one\ntwo", None]


def test_a_sign_says_nothing_while_the_app_cannot_tell(page: Page) -> None:
    chat = open_chat(page, hooks=TYPED)
    captured = chat.play(
        "document.body.insertAdjacentHTML('beforeend', '<p id=typed></p>')",
        "document.querySelector('#typed').textContent = 'words'",
        "document.querySelector('#typed').remove()",
    )
    told = [sign.value for sign in captured.signs if sign.name == "there"]
    assert told[-3:] == [True, None, False]


WRITTEN = SignRule(name="draft", css="textarea", read="value")
TELLING = HOOKS.model_copy(update={"signs": (WRITTEN,)})


def test_what_the_app_is_to_tell_is_waited_for_before_its_rest(page: Page) -> None:
    chat = open_chat(page, hooks=TELLING)
    page.evaluate(
        """() => {
            const tell = () => composer.value = "so";
            play(...Array(20).fill(null), tell, () => viewport.scrollTop = 90);
        }"""
    )
    rest = chat.recorder.wait_rest(9_000, wanted={"draft": "so"}, telling_ms=9_000)
    assert rest == ((), ())
    assert chat.recorder.drain(2).frames[-1].scroll_top == 90


def test_what_is_never_told_is_named_and_the_page_still_comes_to_rest(page: Page) -> None:
    chat = open_chat(page, hooks=TELLING)
    rest = chat.recorder.wait_rest(9_000, wanted={"draft": "never"}, telling_ms=100)
    assert rest == ((), ("draft",))


def test_what_is_not_told_at_the_deadline_is_named(page: Page) -> None:
    chat = open_chat(page, hooks=TELLING)
    rest = chat.recorder.wait_rest(300, wanted={"draft": "never"}, telling_ms=9_000)
    assert rest.moving[0].startswith("painting (")
    assert rest.untold == ("draft",)


def test_what_stands_in_the_composer_is_drained(page: Page) -> None:
    chat = open_chat(page)
    page.evaluate("() => { composer.value = ' half a thought\\n' }")
    assert chat.recorder.drain(2).unsent == "half a thought"
    page.evaluate("() => { composer.remove() }")
    assert chat.recorder.drain(3).unsent == ""
