"""Which releases there are: asked of npm, kept, and told where the registry is silent."""

import json
import os
import sys
from pathlib import Path

import pytest

from harness.errors import SetupError, UsageError
from harness.targets.opencode.versions import known_releases, releases_between

NAMED = ["1.14.9", "1.14.10", "1.15.0", "1.15.0-beta.1", "0.0.0-dev-202611", "1.9.3"]


class Npm:
    """A program named npm that prints or fails as it is told."""

    def __init__(self, folder: Path) -> None:
        self._program = folder / "npm"

    def says(self, text: str) -> None:
        self._does(f"sys.stdout.write({text!r})")

    def fails(self, code: str) -> None:
        self._does(f"sys.stderr.write('npm error code {code}\\n'); raise SystemExit(1)")

    def _does(self, line: str) -> None:
        self._program.write_text(f"#!{sys.executable}\nimport sys\n{line}\n", encoding="utf-8")
        self._program.chmod(0o755)


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Npm:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return Npm(folder)


def test_stable_releases_in_the_order_of_their_numbers(npm: Npm, tmp_path: Path) -> None:
    npm.says(json.dumps(NAMED))
    assert known_releases(tmp_path) == ("1.9.3", "1.14.9", "1.14.10", "1.15.0")


def test_from_one_to_another_both_included(npm: Npm, tmp_path: Path) -> None:
    npm.says(json.dumps(NAMED))
    assert releases_between("1.14.9", "1.15.0", tmp_path) == ("1.14.9", "1.14.10", "1.15.0")


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("1.14.11", "1.15.0", "no stable release 1.14.11 of opencode; the newest are 1.9.3, "),
        ("1.14.9", "1.15.0-beta.1", "no stable release 1.15.0-beta.1"),
        (
            "1.15.0",
            "1.14.9",
            "1.15.0 is not older than 1.14.9: --bad is the newer end, with --mended the older",
        ),
        ("1.15.0", "1.15.0", "is not older"),
    ],
)
def test_what_cannot_be_searched_is_refused(
    npm: Npm, tmp_path: Path, good: str, bad: str, said: str
) -> None:
    npm.says(json.dumps(NAMED))
    with pytest.raises(UsageError, match=said):
        releases_between(good, bad, tmp_path)


def test_a_silent_registry_is_no_hindrance_to_what_it_said_before(npm: Npm, tmp_path: Path) -> None:
    npm.fails("ENOTFOUND")
    with pytest.raises(SetupError, match=r"registry does not answer \(ENOTFOUND\)"):
        known_releases(tmp_path)
    npm.says(json.dumps(NAMED))
    before = known_releases(tmp_path)
    npm.fails("ETIMEDOUT")
    assert known_releases(tmp_path) == before


def test_a_registry_that_refuses_is_not_taken_for_a_silent_one(npm: Npm, tmp_path: Path) -> None:
    npm.says(json.dumps(NAMED))
    known_releases(tmp_path)
    npm.fails("E403")
    with pytest.raises(SetupError, match="npm could not get opencode-ai: npm error code E403"):
        known_releases(tmp_path)


def test_what_is_no_list_is_told(npm: Npm, tmp_path: Path) -> None:
    npm.says('{"error": "odd"}')
    with pytest.raises(SetupError, match="is no list of versions"):
        known_releases(tmp_path)
