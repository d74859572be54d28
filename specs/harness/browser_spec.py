"""Which browser of this machine is started."""

from pathlib import Path
from typing import NamedTuple, cast

import pytest
from playwright.sync_api import BrowserType, Page

from harness import browser
from harness.browser import executable, launch_arguments, system_browser
from harness.errors import SetupError


class _Chromium(NamedTuple):
    executable_path: str
    name: str = "chromium"


def _of(path: Path) -> BrowserType:
    return cast("BrowserType", _Chromium(str(path)))


def _install(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).touch(mode=0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are looked for; empty."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "SYSTEM_PATHS", ())
    return tmp_path


def test_a_page_opens_with_the_browser_of_this_machine(page: Page) -> None:
    page.set_content("<p>here</p>")
    assert page.locator("p").inner_text() == "here"


def test_the_one_without_windows_comes_first(programs: Path) -> None:
    _install(programs, "chromium", "chromium-headless-shell")
    assert system_browser() == str(programs / "chromium-headless-shell")


def test_a_browser_that_is_to_be_seen_has_windows(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(programs, "chromium-headless-shell")
    assert system_browser(headless=False) is None
    _install(programs, "chromium")
    monkeypatch.setenv("DISPLAY", ":0")
    seen = launch_arguments(_of(programs / "none"), {"headless": False})
    assert seen["executable_path"] == str(programs / "chromium")


def test_without_the_shell_the_whole_browser_is_taken(programs: Path) -> None:
    _install(programs, "chromium")
    unseen = launch_arguments(_of(programs / "none"), {})
    assert unseen["executable_path"] == str(programs / "chromium")


def test_playwrights_own_comes_before_any_other(programs: Path) -> None:
    _install(programs, "chromium", "chromium-headless-shell", "own")
    assert executable(_of(programs / "own")) is None


def test_where_there_is_none_the_command_is_named(programs: Path) -> None:
    with pytest.raises(SetupError, match="playwright install"):
        executable(_of(programs / "none"))
