"""What the page finds in its local storage: there at the first load, and left alone after it."""

import json
from collections.abc import Callable

from playwright.sync_api import Page

from harness.targets.pawwork.storage import first_storage
from harness.targets.storage import writing

Serve = Callable[[dict[str, str]], str]
KEY = "pawwork.settings.dat:defaultServerUrl"
WIRE = "http://127.0.0.1:5000"
SEEN = f"<script>window.seen = localStorage.getItem('{KEY}')</script>"


def test_the_page_s_first_script_finds_its_server(page: Page, serve: Serve) -> None:
    url = serve({"/": SEEN})
    page.add_init_script(writing(url, first_storage(WIRE, "/p")))
    page.goto(url)
    assert page.evaluate("window.seen") == WIRE


def test_what_the_page_stores_itself_outlives_a_reload(page: Page, serve: Serve) -> None:
    url = serve({"/": SEEN})
    page.add_init_script(writing(url, first_storage(WIRE, "/p")))
    page.goto(url)
    page.evaluate(f"localStorage.setItem('{KEY}', 'another')")
    page.reload()
    assert page.evaluate("window.seen") == "another"


def test_another_page_gets_nothing(page: Page, serve: Serve) -> None:
    page.add_init_script(writing("http://127.0.0.1:9", first_storage(WIRE, "/p")))
    page.goto(serve({"/": SEEN}))
    assert page.evaluate("localStorage.length") == 0


def test_the_project_is_open_on_that_server() -> None:
    stored = json.loads(first_storage(WIRE, "/p")["pawwork.global.dat:server"])
    assert stored["list"] == [WIRE]
    assert stored["projects"][WIRE] == [{"worktree": "/p", "expanded": True}]
