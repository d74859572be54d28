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
