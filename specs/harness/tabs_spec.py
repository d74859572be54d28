"""Pages one after another in one browser context: each finds nothing of those before."""

from collections.abc import Generator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page
from playwright.sync_api import Error as PlaywrightError

from harness.gate import Tabs
from harness.gate.browser import VIEWPORT

ADDRESS = "http://chat.test/"
STORE = """async () => {
    localStorage.setItem("draft", "half a thought");
    sessionStorage.setItem("draft", "half a thought");
    document.cookie = "visited=yes";
    await new Promise(over => { indexedDB.open("drafts").onsuccess = over; });
    addEventListener("pagehide", () => localStorage.setItem("left", "late"));
    history.pushState(null, "", "/elsewhere");
    window.mark = "of this page";
}"""
STORED = """async () => [
    {...localStorage}, {...sessionStorage}, document.cookie, (await indexedDB.databases()).length,
    history.length, window.mark ?? null, window.given ?? null,
]"""
NOTHING: list[object] = [{}, {}, "", 0, 2, None, None]  # the history has the blank page, too


@pytest.fixture
def tabs(browser: Browser) -> Generator[Tabs]:
    with closing(Tabs(browser)) as opened:
        yield opened


def open_in(page: Page) -> None:
    page.route(
        f"{ADDRESS}**", lambda route: route.fulfill(body="<p>A page", content_type="text/html")
    )
    page.goto(ADDRESS)


def test_nothing_that_a_page_left_is_there_for_the_next(tabs: Tabs) -> None:
    with tabs.page() as first:
        first.add_init_script("window.given = 1")
        open_in(first)
        first.evaluate(STORE)
        stored = first.evaluate(STORED)
    assert stored == [
        *({"draft": "half a thought"}, {"draft": "half a thought"}),
        *("visited=yes", 1, 3, "of this page", 1),
    ]
    with tabs.page() as second:
        open_in(second)
        assert second.evaluate(STORED) == NOTHING
    assert first.is_closed()


def test_tabs_have_a_context_in_common_and_the_size_that_is_asked(tabs: Tabs) -> None:
    with tabs.page() as first:
        context = first.context
        assert first.viewport_size == VIEWPORT
    with tabs.page() as second:
        assert second.context is context


def test_a_context_that_has_gone_is_replaced(tabs: Tabs) -> None:
    with tabs.page() as first:
        first.context.close()
    with tabs.page() as second:
        open_in(second)
        assert second.evaluate(STORED) == NOTHING


def test_a_browser_that_has_gone_is_told(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> None:
    gone = browser_type.launch(**browser_type_launch_args)
    tabs = Tabs(gone)
    with tabs.page():
        gone.close()
    with pytest.raises(PlaywrightError, match="closed"), tabs.page():
        pass
    tabs.close()


def test_all_is_closed_in_the_end(browser: Browser) -> None:
    before = len(browser.contexts)
    tabs = Tabs(browser)
    with tabs.page():
        pass
    assert len(browser.contexts) == before + 1
    tabs.close()
    tabs.close()
    assert len(browser.contexts) == before
