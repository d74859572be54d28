"""The browser of a gate, and a page in it for each flow."""

import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from harness.browser import launch_arguments
from harness.errors import SetupError
from harness.journal import Entry, StepObserved
from harness.values import Value

VIEWPORT: ViewportSize = {"width": 1280, "height": 800}  # CSS pixels
ACTION_MS = 10_000
# A browser that cannot be closed any more must not hide why: Ctrl-C ends it together with us.
GONE_ALREADY = suppress(PlaywrightError)


class Launch(Value):
    """How the browser is started, and how much time a person has who watches."""

    headed: bool = False
    slow_ms: float = 0.0  # after each input, and after each step
    channel: str | None = None

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
        given = {"channel": launch.channel} if launch.channel else {}
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


def named(browser: Browser) -> str:
    """A browser's name and version, as the journal keeps it."""
    return f"{browser.browser_type.name} {browser.version}"


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
