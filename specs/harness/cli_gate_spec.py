"""`harness gate` in a process of its own, to its exit code."""

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from harness.actions import Hold, OpenSession, Release, SendPrompt
from harness.baseline import load_baseline, write_baseline
from harness.browser import INSTALL_COMMAND
from harness.journal import RunEnded
from harness.plans import Plan
from specs.harness import command
from specs.harness.baseline.made import accepting, baseline
from specs.harness.command import app_of, await_line, children_of, ensure_gone, journal_in

IN_HISTORY = "round-trip-in-place-history"
HOSTILE = "a b'c\"d%41%é漢字 #?&$(x);\\n"


def end_of(reports: Path) -> RunEnded:
    ended = journal_in(reports)[-1]
    assert isinstance(ended, RunEnded)
    return ended


def test_a_printed_flow_passes_under_a_path_of_hostile_letters(tmp_path: Path) -> None:
    place = tmp_path / HOSTILE
    place.mkdir()
    plan = place / "plan.json"
    plan.write_text(command.finished("flows", "round-trip-address-history").stdout, "utf-8")
    told = command.finished(
        *("gate", "--plan", plan, "--workdir", place / "work", "--report", place / "reports"),
        "--json",
    )
    assert (told.returncode, told.stderr) == (0, "")
    run: dict[str, Any] = json.loads(told.stdout)
    assert (run["verdict"], run["findings"]) == ("pass", [])
    assert Path(run["report"]).stat().st_size > 0
    assert Path(run["junit"]).stat().st_size > 0
    assert run["flows"][0]["names"]["root"].startswith(str(place / "work"))
    assert list((place / "work").iterdir()) == []


def ctrl_c(pid: int) -> None:
    """A terminal tells the whole group: the browser's driver too."""
    os.killpg(pid, signal.SIGINT)


def terminate(pid: int) -> None:
    os.kill(pid, signal.SIGTERM)


def test_a_fault_exits_with_1_and_tells_its_findings(tmp_path: Path) -> None:
    told = command.finished(
        *("gate", "--flow", IN_HISTORY, "--report", tmp_path),
        *("--fault", "timeline-keyed-by-directory", "--json"),
        env={"NO_COLOR": "1"},
    )
    assert (told.returncode, told.stderr) == (1, "")
    run = json.loads(told.stdout)
    assert run["verdict"] == "violated"
    found = [each["summary"] for each in run["findings"] if each["property"] == "timeline-mounted"]
    assert any("the timeline" in summary for summary in found)


ALWAYS = date(2999, 1, 1)
KNOWN = (
    *(
        accepting(f"{what} after {action}", rule=rule, until=ALWAYS)
        for what, rule in (
            ("timeline replaced", "timeline-mounted"),
            ("viewport replaced", "timeline-mounted"),
            ("rendered rows gone", "rendered-window-kept"),
        )
        for action in ("enter-worktree", "exit-worktree")
    ),
    accepting(
        "message being read moved after enter-worktree", rule="reading-position-kept", until=ALWAYS
    ),
)
MENDED = accepting("prompt not sent after send-prompt", rule="send-once", until=ALWAYS)


@pytest.mark.parametrize("strict", [False, True])
def test_accepted_findings_do_not_fail_and_mended_ones_only_where_it_is_strict(
    tmp_path: Path, *, strict: bool
) -> None:
    file = tmp_path / "known.toml"
    write_baseline(file, baseline(*KNOWN, MENDED))
    told = command.finished(
        *("gate", "--flow", IN_HISTORY, "--report", tmp_path / "r", "--json"),
        *("--fault", "timeline-keyed-by-directory", "--baseline", file),
        *(["--strict"] if strict else []),
    )
    run = json.loads(told.stdout)
    assert (told.returncode, run["verdict"]) == ((1, "violated") if strict else (0, "pass"))
    assert len(run["findings"]) == 5
    assert all(finding["accepted"] for finding in run["findings"])
    assert run["mended"] == [MENDED.model_dump(mode="json")]
    (folder,) = (tmp_path / "r").iterdir()
    told = command.finished("baseline", "update", folder, "--baseline", file)
    assert told.returncode == 0
    assert set(load_baseline(file).accepted) == set(KNOWN)


@pytest.mark.parametrize(
    ("send", "code", "reason"),
    [
        (ctrl_c, 130, "it was stopped by hand"),
        (terminate, 143, "it was told to stop before its end"),
    ],
)
def test_a_run_that_is_stopped_keeps_what_it_has(
    tmp_path: Path, send: Callable[[int], None], code: int, reason: str
) -> None:
    reports, work = tmp_path / "reports", tmp_path / "work"
    gate = command.started("gate", "--report", reports, "--workdir", work)
    await_line(gate, reports, "step-started")
    children = children_of(gate.pid)
    assert app_of(gate.pid) in children
    send(gate.pid)
    out, err = gate.communicate(timeout=command.ENOUGH_S)
    assert (gate.returncode, err) == (code, "")
    assert f"{reason[0].upper()}{reason[1:]}" in out
    ended = end_of(reports)
    assert (ended.verdict, ended.reason) == ("infrastructure", reason)
    (folder,) = reports.iterdir()
    assert f"report: {folder / 'report.html'}" in out
    assert (folder / "report.html").stat().st_size > 0
    assert list(work.iterdir()) == []
    ensure_gone(children)


def test_an_app_that_dies_exits_with_3(tmp_path: Path) -> None:
    gate = command.started("gate", "--flow", IN_HISTORY, "--report", tmp_path)
    await_line(gate, tmp_path, "step-observed")
    children = children_of(gate.pid)
    os.kill(app_of(gate.pid).pid, signal.SIGKILL)
    out, err = gate.communicate(timeout=command.ENOUGH_S)
    assert gate.returncode == 3
    assert "Traceback" not in err
    assert "The reference app ended with signal SIGKILL" in " ".join(out.split())
    ensure_gone(children)


def without_browser(tmp_path: Path) -> dict[str, str]:
    return {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "none")}


def told_in_one_line(told: "subprocess.CompletedProcess[str]") -> str:
    assert told.stderr.count("\n") == 1, told.stderr
    return told.stderr.rstrip()


def test_no_browser(tmp_path: Path) -> None:
    told = command.finished("gate", "--report", tmp_path / "r", env=without_browser(tmp_path))
    assert told.returncode == 3
    assert told_in_one_line(told).endswith(
        f"no browser was found; install one with: {INSTALL_COMMAND}"
    )
    assert end_of(tmp_path / "r").verdict == "infrastructure"
    assert len(list((tmp_path / "r").glob("*/junit.xml"))) == 1


def test_a_browser_that_does_not_start(tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text(f"#!{sys.executable}\nraise SystemExit(1)\n")
    broken.chmod(broken.stat().st_mode | stat.S_IEXEC)
    told = command.finished("gate", "--report", tmp_path / "r", env=without_browser(tmp_path))
    assert told.returncode == 3
    assert "the browser does not start: " in told_in_one_line(told)
    assert told_in_one_line(told).endswith("see: harness doctor")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_a_browser_to_be_seen_without_a_display(tmp_path: Path) -> None:
    nowhere = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}
    told = command.finished("gate", "--report", tmp_path, "--headed", env=nowhere)
    assert told.returncode == 3
    assert told_in_one_line(told).endswith(
        "there is no display to show the browser on: leave out --headed, or give one with xvfb-run"
    )


def test_a_channel_that_is_not_installed(tmp_path: Path) -> None:
    told = command.finished("gate", "--report", tmp_path, "--browser-channel", "msedge-canary")
    assert told.returncode == 3
    assert "msedge-canary" in told_in_one_line(told)


def test_an_encoding_that_lacks_the_letters(tmp_path: Path) -> None:
    told = command.finished("gate", "--fault", "é", env={"PYTHONIOENCODING": "ascii"})
    assert told.returncode == 2
    assert "there is no fault ??" in told_in_one_line(told)
    assert not list(tmp_path.iterdir())


def test_a_prompt_that_is_kept_back_reaches_the_server_once_it_is_let_go(tmp_path: Path) -> None:
    actions = (
        OpenSession(),
        Hold(what="send"),
        SendPrompt(text="Kept back.", reply="And here."),
        Release(what="send"),
    )
    plan = Plan(name="kept-back", title="A prompt is kept back", seeded=4, actions=actions)
    path = tmp_path / "plan.json"
    path.write_text(plan.model_dump_json(), encoding="utf-8")
    told = command.finished("gate", "--plan", path, "--report", tmp_path / "reports")
    assert told.returncode == 0, told
