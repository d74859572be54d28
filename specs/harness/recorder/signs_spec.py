"""What an app tells of itself in a page."""

from playwright.sync_api import Page

from fixtures.calibration.chat import HOOKS, open_chat
from harness.probe.hooks import SignRule

TYPED = HOOKS.model_copy(
    update={"signs": (SignRule(name="draft", css="#typed", read="text"),)},
)


def test_what_is_typed_without_a_value_is_read_trimmed_with_its_lines(page: Page) -> None:
    chat = open_chat(page, hooks=TYPED)
    typed = "document.body.insertAdjacentHTML('beforeend', '<p id=typed contenteditable> </p>')"
    captured = chat.play(
        typed,
        "document.querySelector('#typed').innerText = ' one\\ntwo '",
        "document.querySelector('#typed').remove()",
    )
    told = [sign.value for sign in captured.signs if sign.name == "draft"]
    assert told == [None, "", "one\ntwo", None]
