"""Getting a browser where there is none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

from playwright.sync_api import sync_playwright

from harness.browser import INSTALL_COMMAND, executable
from harness.errors import SetupError


def install_browser(say: Callable[[str], None]) -> None:
    """Get a browser if there is none: Playwright's own, else by the package manager if allowed.

    Args:
        say: told what is being done, since it takes minutes.

    Raises:
        SetupError: no way to one was found.
    """
    if _browser_found():
        return
    for what, commands in _browser_sources():
        say(f"no browser yet: installing {what}")
        if all(_succeeds(command) for command in commands) and _browser_found():
            return
    raise SetupError(f"no browser could be installed here; install one with: {INSTALL_COMMAND}")


def _browser_sources() -> list[tuple[str, list[list[str]]]]:
    playwright = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    sources = [("Playwright's Chromium", playwright)]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        update, install = ["apt-get", "update"], ["apt-get", "install", "--yes"]
        # The shell is quicker, but not every distribution has it.
        both = [*install, "chromium", "chromium-headless-shell"]
        sources.append(("Chromium and its headless shell with apt-get", [update, both]))
        sources.append(("Chromium with apt-get", [[*install, "chromium"]]))
    return sources


def _succeeds(command: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, check=False, capture_output=True, env=environment)
    return done.returncode == 0


def _browser_found() -> bool:
    try:
        with sync_playwright() as playwright:
            executable(playwright.chromium)
    except SetupError:
        return False
    return True
