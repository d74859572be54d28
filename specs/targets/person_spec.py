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


# Two rows, which a reader at the top of them finds to be the last of eight.
WINDOW = """<style>
    * { margin: 0 }
    #viewport { height: 400px; overflow-y: scroll }
    #viewport > * { height: 360px }
</style>
<div id="viewport"><p id="7">7</p><p id="8">8</p></div>
<script>
    const viewport = document.getElementById("viewport");
    viewport.scrollTop = viewport.scrollHeight;
    viewport.addEventListener("scroll", () => {
        if (viewport.scrollTop > 0 || viewport.children.length === 8) return;
        for (let id = 6; id > 0; id--) {
            const row = document.createElement("p");
            row.id = id;
            viewport.prepend(row);
        }
        viewport.scrollTop = 6 * 360;
    });
</script>"""
LOOK = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
    const edge = viewport.getBoundingClientRect().top;
    const rows = [...viewport.children];
    const row = rows.find(each => each.getBoundingClientRect().bottom > edge + 0.5);
    done({
        t: 0, step: 1, timeline: 1, viewport: 1, composer: null, rows: rows.length,
        scroll_top: viewport.scrollTop, scroll_height: viewport.scrollHeight,
        client_height: viewport.clientHeight, repeats: 1,
        anchor: {key: row.id, offset: row.getBoundingClientRect().top - edge},
    });
})))"""


def test_who_reads_history_keeps_away_from_its_end(page: Page) -> None:
    def look() -> Frame:
        return Frame.model_validate(page.evaluate(LOOK))

    page.set_content(WINDOW)
    Person(page, viewport="#viewport", composer="#none", look=look).read_history(8)
    seen = look()
    assert seen.rows == 8
    assert seen.from_bottom == 200  # of a screen of 400
