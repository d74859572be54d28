"""Finding a browser: Playwright's own, else a Chrome or Chromium of the system."""

import os
import shlex
import shutil
import sys
from pathlib import Path

from playwright.sync_api import BrowserType, Playwright
from pydantic import JsonValue

from harness.errors import SetupError

# A browser without windows: a new context costs it a third of what a whole browser takes.
HEADLESS_NAMES = ("chromium-headless-shell", "chrome-headless-shell")
SYSTEM_NAMES = ("google-chrome-stable", "google-chrome", "chromium", "chromium-browser")
SYSTEM_PATHS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Of this very Python: the one on the PATH may have no Playwright.
PLAYWRIGHT_INSTALL = f"{shlex.quote(sys.executable)} -m playwright install"
INSTALL_COMMAND = f"{PLAYWRIGHT_INSTALL} --with-deps chromium"
SHOW_TRACE = f"{shlex.quote(sys.executable)} -m playwright show-trace"
VIDEO_INSTALL = f"{PLAYWRIGHT_INSTALL} ffmpeg"
# A browser under test talks to the app alone: no look-ups of its maker's services.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def system_browser(*, headless: bool = True) -> str | None:
    """The path of an installed Chrome or Chromium, or None; one without windows comes first.

    Args:
        headless: nobody wants to see its window.
    """
    names = (*HEADLESS_NAMES, *SYSTEM_NAMES) if headless else SYSTEM_NAMES
    named = (shutil.which(name) for name in names)
    placed = (path for path in SYSTEM_PATHS if Path(path).exists())
    return next((path for path in (*named, *placed) if path), None)


def executable(browser_type: BrowserType, *, headless: bool = True) -> str | None:
    """The browser to start: None means Playwright's own, a path means the system's.

    Args:
        browser_type: of Playwright.
        headless: nobody wants to see its window.

    Raises:
        SetupError: there is none of either kind.
    """
    if browser_type.name != "chromium" or Path(browser_type.executable_path).exists():
        return None
    found = system_browser(headless=headless)
    if found is None:
        raise SetupError(f"no browser was found; install one with: {INSTALL_COMMAND}")
    return found


def flags() -> list[str]:
    """Command-line flags for the browser; root needs the sandbox off."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*QUIET, *(["--no-sandbox"] if root else [])]


def launch_arguments(
    browser_type: BrowserType, given: dict[str, JsonValue]
) -> dict[str, JsonValue]:
    """`given` (pytest-playwright's own) completed; a channel or path that was asked for stands.

    Raises:
        SetupError: there is no browser, or no display for one that is to be seen.
    """
    if given.get("headless") is False and not _display():
        raise SetupError(
            "there is no display to show the browser on:"
            " leave out --headed, or give one with xvfb-run"
        )
    if browser_type.name != "chromium":
        return given
    asked = given.get("args")
    arguments: dict[str, JsonValue] = {
        **given,
        "args": [*(asked if isinstance(asked, list) else []), *flags()],
    }
    if given.get("channel") or given.get("executable_path"):
        return arguments
    path = executable(browser_type, headless=given.get("headless") is not False)
    return {**arguments, "executable_path": path} if path else arguments


def _display() -> bool:
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform != "linux" or bool(named)


def browser_version(playwright: Playwright) -> str:
    """Start the browser once and ask for its version.

    Raises:
        SetupError: no browser was found.
    """
    arguments = launch_arguments(playwright.chromium, {})
    browser = playwright.chromium.launch(**arguments)  # pyright: ignore[reportArgumentType] the names are Playwright's own
    try:
        return browser.version
    finally:
        browser.close()


def video_recorder(browser_type: BrowserType) -> str | None:
    """What Playwright records video with, an ffmpeg of its own in its browsers' folder; or None."""
    above = Path(browser_type.executable_path).parents
    browsers = next((p.parent for p in above if p.name.startswith(browser_type.name)), None)
    found = sorted(browsers.glob("ffmpeg-*")) if browsers else []
    return found[-1].name if found else None
