"""The browser of a gate, and a page in it for each flow."""

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Page,
    ViewportSize,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError
from pydantic import JsonValue

from harness.browser import launch_arguments
from harness.errors import SetupError
from harness.journal import Entry, StepObserved
from harness.values import Value

VIEWPORT: ViewportSize = {"width": 1280, "height": 800}  # CSS pixels
ACTION_MS = 10_000
ONE_PROCESS = "--renderer-process-limit=1"
# Each frame is handed on within the browser's own process: 8 to 9 % more actions a second where two
# cores serve four browsers.
FRAMES_AT_HOME = "--in-process-gpu"
# A page is one picture, not twenty: an eighth less work for the browser's own process.
ONE_TILE = (
    f"--default-tile-width={VIEWPORT['width']}",
    f"--default-tile-height={VIEWPORT['height']}",
)
EVERYTHING = {"origin": "*", "storageTypes": "all"}  # as DevTools' own "Clear site data" does
# A browser that cannot be closed any more must not hide why: Ctrl-C ends it together with us.
GONE_ALREADY = suppress(PlaywrightError)


class Launch(Value):
    """How the browser is started, and how much time a person has who watches."""

    headed: bool = False
    slow_ms: float = 0.0  # after each input, and after each step
    channel: str | None = None
    tabs: bool = False  # pages are tabs of one context, for which `Tabs` is made

    def hear(self, entry: Entry) -> None:
        """Let what a step has come to be looked at; the app goes on meanwhile."""
        if isinstance(entry, StepObserved):
            time.sleep(self.slow_ms / 1000)


@contextmanager
def opened_browser(launch: Launch) -> Generator[Browser]:
    """Start a browser of this machine.

    Raises:
        SetupError: there is none, or it does not start.
    """
    with sync_playwright() as playwright:
        given: dict[str, JsonValue] = {"channel": launch.channel} if launch.channel else {}
        given |= {"args": _for_tabs()} if launch.tabs else {}
        arguments = launch_arguments(playwright.chromium, {**given, "headless": not launch.headed})
        try:
            browser = playwright.chromium.launch(**arguments, slow_mo=launch.slow_ms)  # pyright: ignore[reportArgumentType] the names are Playwright's own
        except PlaywrightError as error:
            said = error.message.splitlines()[0]
            raise SetupError(f"the browser does not start: {said}; see: harness doctor") from error
        try:
            yield browser
        finally:
            with GONE_ALREADY:
                browser.close()


def _for_tabs() -> list[JsonValue]:
    return [ONE_PROCESS, *ONE_TILE, *([FRAMES_AT_HOME] if sys.platform == "linux" else [])]


def named(browser: Browser) -> str:
    """A browser's name and version, as the journal keeps it."""
    return f"{browser.browser_type.name} {browser.version}"


class Tabs:
    """Pages one after another, each a new tab of one context in which nothing is stored.

    A context of its own for each costs a process more: of what a page takes until it shows a
    session, a third. A tab has its own history, session storage, bindings and scripts; what
    tabs have in common is cleared between them, but for the cache of what was fetched.

    Args:
        browser: gets the context; started with `Launch.tabs`, its tabs have one process.
        viewport: the size of the pages.
    """

    def __init__(self, browser: Browser, viewport: ViewportSize = VIEWPORT) -> None:
        self._browser = browser
        self._viewport: ViewportSize = viewport
        self._opened: tuple[BrowserContext, CDPSession] | None = None

    @contextmanager
    def page(self) -> Generator[Page]:
        """A new page, closed at the end; where the context has broken, in another one."""
        try:
            page = self._tab()
        except PlaywrightError:
            self.close()
            page = self._tab()
        try:
            yield page
        finally:
            with GONE_ALREADY:
                page.close()

    def _tab(self) -> Page:
        context, storage = self._opened = self._opened or self._open()
        storage.send("Storage.clearDataForOrigin", EVERYTHING)  # pyright: ignore[reportUnknownMemberType] Playwright leaves the type of parameters open
        return context.new_page()

    def close(self) -> None:
        """Close the context with what is open in it."""
        opened, self._opened = self._opened, None
        if opened:
            with GONE_ALREADY:
                opened[0].close()

    def _open(self) -> tuple[BrowserContext, CDPSession]:
        context = self._browser.new_context(viewport=self._viewport)
        context.set_default_timeout(ACTION_MS)
        return context, context.new_cdp_session(context.new_page())  # which keeps the process


class PageContext:
    """A page in a browser context of its own, which is closed with it.

    Args:
        browser: gets the context.
        viewport: the size of the page.
        videos: the folder that gets a video of the page; None records none.
    """

    def __init__(
        self, browser: Browser, viewport: ViewportSize = VIEWPORT, videos: Path | None = None
    ) -> None:
        self._browser = browser
        self._viewport: ViewportSize = viewport
        self._videos = videos

    def __enter__(self) -> Page:
        self._context = self._browser.new_context(
            viewport=self._viewport,
            record_video_dir=self._videos,
            record_video_size=self._viewport if self._videos else None,
        )
        self._context.set_default_timeout(ACTION_MS)
        try:
            return self._context.new_page()
        except PlaywrightError:
            self.__exit__()
            raise

    def __exit__(self, *exception: object) -> None:
        with GONE_ALREADY:
            self._context.close()
