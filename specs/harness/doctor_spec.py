"""`harness doctor`: what is there, what is missing, and the command that mends it."""

import shutil
import sys
from pathlib import Path

import pytest

from harness.browser import INSTALL_COMMAND
from harness.doctor import Check, install, install_browser
from harness.doctor.programs import version_of
from harness.errors import SetupError
from specs.harness.command import finished

WIDE = {"COLUMNS": "200"}


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_machine_with_everything() -> None:
    told = finished("doctor", env=WIDE)
    assert (told.returncode, told.stderr) == (0, "")
    for name in ("Python", "browser", "git", "node", "npm", "ffmpeg"):
        assert name in told.stdout
    assert "missing" not in told.stdout


def test_a_machine_with_nothing_names_what_mends_it(tmp_path: Path) -> None:
    nothing = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path), **WIDE}
    told = finished("doctor", env=nothing)
    assert (told.returncode, told.stderr) == (3, "")
    (browser,) = (line for line in told.stdout.splitlines() if "browser" in line)
    assert browser.startswith("missing")
    assert INSTALL_COMMAND in browser
    (git,) = (line for line in told.stdout.splitlines() if " git " in line)
    assert git.startswith("missing")
    assert "install git with the package manager" in git


def test_a_browser_that_does_not_start_is_told_from_none(tmp_path: Path) -> None:
    broken = program(tmp_path / "chromium", "raise SystemExit('no display, no library')")
    env = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "none"), **WIDE}
    told = finished("doctor", env=env)
    assert told.returncode == 3
    assert f"{broken} does not start" in told.stdout


def test_only_what_every_run_needs_blocks() -> None:
    assert Check(name="git", found=None, needed_for="all").blocks
    assert not Check(name="git", found="2", needed_for="all").blocks
    assert not Check(name="npm", found=None, needed_for="opencode", required=False).blocks


def test_a_program_that_fails_counts_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "good", "print('good version 1.2')")
    program(tmp_path / "bad", "raise SystemExit(1)")
    (tmp_path / "odd").write_bytes(b"\x00\x01")
    (tmp_path / "odd").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = {name: version_of(name) for name in ("good", "bad", "odd", "none")}
    assert found == {"good": "1.2", "bad": None, "odd": None, "none": None}


def test_a_browser_is_installed_by_the_first_way_that_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []

    def succeeds(command: list[str]) -> bool:
        done.append(command[0])
        return command[0] == "apt-get"

    monkeypatch.setattr(install, "_succeeds", succeeds)
    monkeypatch.setattr(install, "_browser_found", lambda: done[-1:] == ["apt-get"])
    monkeypatch.setattr(install.os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", str)
    said: list[str] = []
    install_browser(said.append)
    assert done == [sys.executable, "apt-get", "apt-get"]
    assert said == [
        "no browser yet: installing Playwright's Chromium",
        "no browser yet: installing Chromium and its headless shell with apt-get",
    ]


def test_a_distribution_without_the_headless_shell_gets_the_whole_browser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[list[str]] = []

    def succeeds(command: list[str]) -> bool:
        done.append(command)
        return command[0] == "apt-get" and "chromium-headless-shell" not in command

    monkeypatch.setattr(install, "_succeeds", succeeds)
    monkeypatch.setattr(
        install, "_browser_found", lambda: [c[-1] for c in done[-1:]] == ["chromium"]
    )
    monkeypatch.setattr(install.os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", str)
    install_browser(lambda _text: None)
    assert done[-1] == ["apt-get", "install", "--yes", "chromium"]


def test_where_no_browser_can_be_installed_the_command_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(_command: list[str]) -> bool:
        return False

    monkeypatch.setattr(install, "_succeeds", fails)
    monkeypatch.setattr(install, "_browser_found", lambda: False)
    with pytest.raises(SetupError) as error:
        install_browser(lambda _text: None)
    assert str(error.value).endswith(INSTALL_COMMAND)
