"""The gate: a browser of its own, every flow, one verdict."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from harness.browser import launch_arguments
from harness.errors import SetupError
from harness.journal import RunVerdict
from harness.run import Listener, RunOptions, keep_failure, open_run
from harness.values import Value

VIEWPORT = {"width": 1280, "height": 800}
ACTION_MS = 10_000
# A browser that cannot be closed any more must not hide why: Ctrl-C ends it together with us.
GONE_ALREADY = suppress(PlaywrightError)


class Launch(Value):
    """How the browser is started."""

    headed: bool = False
    slow_ms: float = 0.0
    channel: str | None = None


def run_gate(
    options: RunOptions, folder: Path, launch: Launch, listeners: tuple[Listener, ...] = ()
) -> RunVerdict:
    """Perform every flow of the options and answer with the verdict of the run.

    Raises:
        HarnessError: it cannot be run at all.
    """
    with ExitStack() as stack:
        try:
            browser = stack.enter_context(opened_browser(launch))
        except BaseException as error:
            keep_failure(options, folder, error, listeners)
            raise

        def new_page() -> "PageContext":
            return PageContext(browser)

        with open_run(options, folder, browser=named(browser), listeners=listeners) as run:
            for plan in run.plans:
                if run.perform(plan, new_page) == "infrastructure":
                    break
        return run.verdict


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
    """A page in a browser context of its own, which is closed with it."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def __enter__(self) -> Page:
        self._context = self._browser.new_context(viewport=VIEWPORT)  # pyright: ignore[reportArgumentType] a literal of two sizes
        self._context.set_default_timeout(ACTION_MS)
        return self._context.new_page()

    def __exit__(self, *exception: object) -> None:
        with GONE_ALREADY:
            self._context.close()
