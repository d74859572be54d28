"""Opencode's buttons on a page that has them as its releases do."""

import pytest
from playwright.sync_api import Page

from harness.targets.opencode.controls import Controls
from harness.targets.opencode.dialect import VIRTUAL

HTML = """
<script>
const did = what => { document.body.dataset.did = `${document.body.dataset.did ?? ""}${what} `; };
</script>
<style>.row button { display: none } .row:hover button { display: inline }</style>
<button data-action="prompt-model" onclick="did('models')">Model</button>
<div data-option-key="harness:titles" onclick="did('titles')">Titles</div>
<button aria-label="Stop" onclick="did('stop')"></button>
<button aria-label="Toggle review" onclick="did('review')"></button>
<div class="row" data-timeline-key="user-message:a">First
  <button aria-label="Revert message" onclick="did('revert-first')">x</button></div>
<div class="row" data-timeline-key="user-message:b">Second
  <button aria-label="Revert message" onclick="did('revert-second')">x</button></div>
<div data-component="session-revert-dock">
  <div role="button" onclick="did('header')">1 rolled back message</div>
  <button aria-label="Expand rolled back messages"
    onclick="did('expand'); this.remove(); document.querySelector('#list').hidden = false"></button>
  <div id="list" hidden><button onclick="did('restore')">Restore message</button></div>
</div>
"""


@pytest.fixture(name="controls")
def _controls(page: Page) -> Controls:
    page.set_content(HTML)
    return Controls(page, VIRTUAL.hooks)


def did(page: Page) -> str:
    return (page.locator("body").get_attribute("data-did") or "").strip()


def test_each_button_is_pressed(page: Page, controls: Controls) -> None:
    controls.stop()
    controls.open_review()
    assert did(page) == "stop review"


def test_a_model_is_picked_in_the_menu(page: Page, controls: Controls) -> None:
    controls.choose_model("harness/titles")
    assert did(page) == "models titles"


def test_a_prompt_is_taken_back_at_its_own_row(page: Page, controls: Controls) -> None:
    controls.revert("Second")
    assert did(page) == "revert-second"


def test_the_dock_is_opened_before_a_prompt_is_brought_back(page: Page, controls: Controls) -> None:
    controls.restore()
    controls.restore()  # it is open now
    assert did(page) == "expand restore restore"
