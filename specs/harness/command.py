"""The `harness` command in a process of its own, watched by its journal and its children."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psutil

from harness.journal import Entry
from reports.reading import read

ENOUGH_S = 120.0


def started(*arguments: object, env: Mapping[str, str] | None = None) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "harness", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, **(env or {})},
        start_new_session=True,  # a group of its own, as a terminal gives a command
    )


def finished(
    *arguments: object, env: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    with started(*arguments, env=env) as process:
        out, err = process.communicate(timeout=ENOUGH_S)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def await_line(process: "subprocess.Popen[str]", reports: Path, text: str) -> None:
    """Wait until the journal of the run has `text`."""
    until = time.monotonic() + ENOUGH_S
    while not any(text in path.read_text("utf-8") for path in reports.glob("*/journal.jsonl")):
        assert time.monotonic() < until, f"no “{text}” in the journal"
        assert process.poll() is None, process.communicate()
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue


def children_of(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


def command_line(process: psutil.Process) -> list[str]:
    """Its words; none of a process that has ended, also where nobody has collected it yet."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:  # a zombie is one
        return []


def runs_app(process: psutil.Process) -> bool:
    return "fixtures.app" in command_line(process)


def app_of(pid: int) -> psutil.Process:
    """The process of the reference app that was started last: other specs may have theirs."""
    return max(filter(runs_app, children_of(pid)), key=psutil.Process.create_time)


def ensure_gone(processes: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(processes, timeout=10)
    left = [line for process in alive if (line := command_line(process))]
    assert left == [], f"still there: {left}"


def journal_in(reports: Path) -> list[Entry]:
    (folder,) = reports.iterdir()
    return list(read(folder / "journal.jsonl").entries)
