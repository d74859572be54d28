"""`harness prove` in a process of its own, to its exit code."""

import json
import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.coverage import FlowCovered, ModelTold
from harness.journal import MatrixRow, RunEnded, RunStarted
from specs.harness import command
from specs.harness.command import await_line, children_of, ensure_gone, journal_in, runs_app
from specs.harness.conftest import Harness

ONE_FLOW = ("--flow", "round-trip-in-place-bottom")
DONE = re.compile(  # what is told where no terminal is: a flow on the clean app, or a row
    r"\d+ of \d+  [\w -]+: (clean|.+, \d+ flows?), \d+ s"
)
TWO = (*ONE_FLOW, "--fault", "dropped-send", "--fault", "composer-remount")


def ctrl_c(pid: int) -> None:
    """A terminal tells the whole group: the other processes and the browsers' drivers too."""
    os.killpg(pid, signal.SIGINT)


def interrupt(pid: int) -> None:
    os.kill(pid, signal.SIGINT)


def terminate(pid: int) -> None:
    os.kill(pid, signal.SIGTERM)


def test_the_matrix_is_kept_as_a_run(tmp_path: Path, harness: Harness) -> None:
    told = command.finished("prove", *TWO, "--workers", "2", "--report", tmp_path, "--json")
    assert (told.returncode, told.stderr) == (0, "")
    run = json.loads(told.stdout)
    assert run["verdict"] == "pass"
    assert {row["fault"]: row["tied_to"] for row in run["matrix"]} == {
        "": "",
        "dropped-send": "send-once",
        "composer-remount": "timeline-mounted",
    }
    (folder,) = tmp_path.glob("*-prove")
    assert run["report"] == str(folder / "report.html")
    first, *told_of, last = journal_in(tmp_path)
    rows = [entry for entry in told_of if not isinstance(entry, ModelTold | FlowCovered)]
    exercised = [entry for entry in told_of if isinstance(entry, FlowCovered)]
    assert [entry.flow for entry in exercised] == ["round-trip-in-place-bottom"]
    assert exercised[0].covered.path[0].action == "open-session"
    assert isinstance(first, RunStarted)
    assert first.faults == ("dropped-send", "composer-remount")
    assert first.environment["browser"].startswith("chromium ")
    assert all(isinstance(row, MatrixRow) and not row.complaint for row in rows)
    assert isinstance(last, RunEnded)
    page = (folder / "report.html").read_text("utf-8")
    (folder / "report.html").unlink()
    assert "Every fault is caught by its rule" in harness("report", folder).out
    assert (folder / "report.html").read_text("utf-8") == page


@pytest.mark.parametrize(
    ("send", "workers", "code", "reason"),
    [
        (ctrl_c, 2, 130, "it was stopped by hand"),
        (interrupt, 2, 130, "it was stopped by hand"),
        (ctrl_c, 1, 130, "it was stopped by hand"),
        (terminate, 2, 143, "it was told to stop before its end"),
    ],
    ids=["group", "command alone", "one process", "told to stop"],
)
def test_a_matrix_that_is_stopped_keeps_the_rows_that_are_done(
    tmp_path: Path, send: Callable[[int], None], workers: int, code: int, reason: str
) -> None:
    prove = command.started("prove", *ONE_FLOW, "--workers", workers, "--report", tmp_path)
    await_line(prove, tmp_path, "matrix-row")
    children = children_of(prove.pid)
    assert any(runs_app(child) for child in children)
    send(prove.pid)
    out, err = prove.communicate(timeout=command.ENOUGH_S)
    assert prove.returncode == code
    assert all(DONE.fullmatch(line) for line in err.splitlines()), err
    *_, row, ended = journal_in(tmp_path)
    assert isinstance(row, MatrixRow)
    assert isinstance(ended, RunEnded)
    assert (ended.verdict, ended.reason) == ("infrastructure", reason)
    (folder,) = tmp_path.iterdir()
    assert f"report: {folder / 'report.html'}" in out
    assert (row.fault or "the clean app") in out
    assert "Not tried" in (folder / "report.html").read_text("utf-8")
    ensure_gone(children)


def test_without_a_browser_there_is_one_sentence(tmp_path: Path) -> None:
    bare = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "none")}
    told = command.finished("prove", *TWO, "--report", tmp_path / "r", env=bare)
    assert told.returncode == 3
    assert told.stderr.count("\n") == 1
    assert "no browser was found" in told.stderr
    ended = journal_in(tmp_path / "r")[-1]
    assert isinstance(ended, RunEnded)
    assert ended.verdict == "infrastructure"


def test_a_folder_that_cannot_be_written(harness: Harness, tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("")
    told = harness("prove", "--report", taken)
    assert told.code == 2
    assert "choose another folder with --report" in told.sentence
