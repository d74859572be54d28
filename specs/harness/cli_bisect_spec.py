"""`harness bisect`: what it refuses, and a whole search over an app in git."""

import json
import re
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from specs.harness.bisecting.revisions_spec import free_port, git
from specs.harness.command import finished
from specs.harness.conftest import Harness

ROOT = Path(__file__).parents[2]
ENDS = ("--good", "a", "--bad", "b")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--cause", "x"), "name the rule with --property"),
        (("--property", "nope"), "there is no rule “nope”; there are: "),
        (("--target", "reference"), "only releases of opencode are known"),
        (("--base-url", "http://127.0.0.1:9"), "give the command that starts it with --run"),
        (("--run", "serve {rev}"), "--run needs --base-url"),
        (("--run", "serve", "--base-url", "http://127.0.0.1:9"), "--run has no {rev} in it"),
        (("--flow", "nope"), "there is no flow “nope”"),
    ],
)
def test_what_cannot_be_searched_is_refused(
    harness: Harness, arguments: tuple[str, ...], said: str
) -> None:
    told = harness("bisect", *ENDS, *arguments)
    assert told.code == 2
    assert said in told.sentence


@pytest.fixture(name="history")
def _history(tmp_path: Path) -> Path:
    """The example app in seven commits, broken in v4 and v5; v3 does not start."""
    folder = tmp_path / "app"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    flags = ["", "", "", "--nonsense", "--broken", "--broken", ""]
    for number, flag in enumerate(flags):
        (folder / "flags").write_text(flag, encoding="utf-8")
        git(folder, "add", "flags")
        git(folder, "commit", "--quiet", "--allow-empty", "--message", f"Step {number}")
        git(folder, "tag", f"v{number}")
    return folder


def searched(history: Path, tmp_path: Path, *arguments: str) -> "CompletedProcess[str]":
    """A search with these arguments over the example app in git."""
    port = free_port()
    serve = f"cd {ROOT} && exec {sys.executable} -m specs.example.app --port {port}"
    run = f"git checkout --quiet {{rev}} && flags=$(cat flags) && {serve} $flags"
    return finished(
        "bisect",
        *("--target", "specs.example.target:Chat", "--base-url", f"http://127.0.0.1:{port}"),
        *("--repository", str(history), "--run", run, *arguments),
        *("--report", str(tmp_path / "out"), "--json"),
    )


def test_the_first_broken_commit_of_an_app_is_found(history: Path, tmp_path: Path) -> None:
    told = searched(history, tmp_path, "--good", "v0", "--bad", "v5")
    assert told.returncode == 2, told.stderr  # v3 does not start: it may be the first
    held = json.loads(told.stdout)
    commit = {f"v{number}": git(history, "rev-parse", f"v{number}") for number in range(6)}
    assert (held["last_good"], held["first_bad"]) == (commit["v2"], commit["v4"])
    assert held["untold"] == [commit["v3"]]
    assert held["finding"]["property"] == "timeline-mounted"
    silent = next(look for look in held["looks"] if look["answer"] == "cannot tell")
    assert re.match(r"the command ended before the app answered: exit code 2", silent["why"])
    page = Path(held["report"]).read_text("utf-8")
    assert f'href="{commit["v4"]}/report.html"' in page
    assert "got worse" in page


def test_the_commit_that_mended_an_app_is_found(history: Path, tmp_path: Path) -> None:
    told = searched(history, tmp_path, "--mended", "--bad", "v4", "--good", "v6")
    assert told.returncode == 0, told.stderr
    held = json.loads(told.stdout)
    commit = {f"v{number}": git(history, "rev-parse", f"v{number}") for number in range(7)}
    assert (held["last_bad"], held["first_good"]) == (commit["v5"], commit["v6"])
    assert held["finding"]["property"] == "timeline-mounted"
    page = Path(held["report"]).read_text("utf-8")
    assert "got better" in page
