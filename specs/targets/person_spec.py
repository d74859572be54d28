"""What a person does at a page that minds it."""

from playwright.sync_api import Page, expect

from harness.observations import Frame
from harness.targets.person import Person

# As editors do: the cursor is put back to where it was before, after the focus has come.
EDITOR = """<div id="editor" contenteditable>old words</div>
<script>
    const editor = document.getElementById("editor");
    editor.addEventListener("focus", () => {
        queueMicrotask(() => getSelection().setBaseAndExtent(editor, 0, editor, 0));
    });
</script>"""


def _no_frame() -> Frame:
    raise AssertionError("nobody scrolls here")


def test_what_is_written_stands_in_place_of_what_stood_there(page: Page) -> None:
    person = Person(page, viewport="#editor", composer="#editor", look=_no_frame)
    page.set_content(EDITOR)
    page.locator("#editor").fill("new")
    expect(page.locator("#editor")).to_have_text("newold words")  # or nothing is proved below
    page.set_content(EDITOR)
    person.write("new")
    expect(page.locator("#editor")).to_have_text("new")
    person.write("newer")
    assert person.reads("newer")
