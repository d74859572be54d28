"""Commits between two, and an app of one of them started by a command."""

import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from harness.bisecting import Start, revisions_between, served
from harness.bisecting.serving import OccupiedError
from harness.errors import AppError, UsageError

PAGE = f"{sys.executable} -m http.server --bind 127.0.0.1"


def git(folder: Path, *arguments: str) -> str:
    named = ("-c", "user.name=Someone", "-c", "user.email=someone@example.invalid")
    command = ["git", "-C", str(folder), *named, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(name="commits")
def _commits(tmp_path: Path) -> tuple[Path, list[str]]:
    """A repository of four commits in a row, and one beside them."""
    folder = tmp_path / "app"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    made: list[str] = []
    for number in range(4):
        git(folder, "commit", "--quiet", "--allow-empty", "--message", f"Step {number}")
        made.append(git(folder, "rev-parse", "HEAD"))
    git(folder, "branch", "aside", made[0])
    git(folder, "checkout", "--quiet", "aside")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Aside")
    git(folder, "checkout", "--quiet", "main")
    return folder, made


def test_commits_from_one_to_another_both_included(commits: tuple[Path, list[str]]) -> None:
    folder, made = commits
    assert revisions_between(made[1], "main", folder) == tuple(made[1:])
    assert revisions_between("main~3", "main~1", folder) == tuple(made[:3])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nope", "main", "git rev-parse in .*: fatal: Needed a single revision"),
        ("main", "main~2", "main is no ancestor of main~2: --bad is the newer end"),
        ("aside", "main", "aside is no ancestor of main"),
    ],
)
def test_what_git_does_not_know_is_refused(
    commits: tuple[Path, list[str]], old: str, new: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        revisions_between(old, new, commits[0])


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_an_app_is_there_while_it_is_needed_and_gone_with_its_children(tmp_path: Path) -> None:
    (tmp_path / "rev.txt").write_text("before\n")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    start = Start(f"echo {{rev}} > rev.txt; {PAGE} {port}; true", tmp_path, 30.0)
    for rev in ("one two", "three"):
        with served(start, rev, url, tmp_path / "log"):
            assert httpx.get(f"{url}/rev.txt", trust_env=False).text == f"{rev}\n"
        with pytest.raises(httpx.ConnectError):
            httpx.get(url, trust_env=False)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("exit 125", "it cannot be tested"),
        ("echo words; exit 3", "exit code 3"),
        ("sleep 60", "nothing answered at"),
    ],
)
def test_an_app_that_does_not_come_up_is_told(tmp_path: Path, command: str, said: str) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with (
        pytest.raises(AppError, match=said),
        served(Start(command, tmp_path, 1.0), "r", url, tmp_path / "log"),
    ):
        pytest.fail("it is not up")


def test_an_address_that_answers_already_is_no_revision(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    start = Start(f"{PAGE} {port}", tmp_path, 30.0)
    with (
        served(start, "one", url, tmp_path / "log"),
        pytest.raises(OccupiedError, match=r"something answers at .* already"),
        served(start, "two", url, tmp_path / "other"),
    ):
        pytest.fail("the first one is still there")
