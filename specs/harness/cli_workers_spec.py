"""`harness gate --workers 2`: the flows of one run shared out to processes."""

import json
import os
import signal
from pathlib import Path

from harness.actions import OpenSession
from harness.cli.gate import worth_sharing
from harness.journal import Entry, FlowEnded, FlowStarted, RunEnded, RunStarted
from harness.plans import Plan
from harness.run import RunOptions
from specs.harness import command
from specs.harness.command import await_line, children_of, ensure_gone, journal_in

BOTTOM, HISTORY = "round-trip-in-place-bottom", "round-trip-in-place-history"
BOTH = ("gate", "--flow", BOTTOM, "--flow", HISTORY, "--workers", "2")


def places(journal: list[Entry], kind: type[Entry]) -> list[int]:
    return [place for place, entry in enumerate(journal) if isinstance(entry, kind)]


def test_flows_are_shared_out_into_one_journal(tmp_path: Path) -> None:
    told = command.finished(
        *(*BOTH, "--report", tmp_path, "--json", "--fault", "timeline-keyed-by-directory")
    )
    assert (told.returncode, told.stderr) == (1, "")
    assert [flow["flow"] for flow in json.loads(told.stdout)["flows"]] == [BOTTOM, HISTORY]
    journal = list(journal_in(tmp_path))
    assert (places(journal, RunStarted), places(journal, RunEnded)) == ([0], [len(journal) - 1])
    assert (len(places(journal, FlowStarted)), len(places(journal, FlowEnded))) == (2, 2)
    assert len(list(tmp_path.glob("*/app-*"))) == 2


def test_stopped_by_hand_it_keeps_what_every_process_told(tmp_path: Path) -> None:
    with command.started(*BOTH, "--report", tmp_path) as process:
        await_line(process, tmp_path, "step-observed")
        children = children_of(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=command.ENOUGH_S)
    assert process.returncode == 130
    ended = journal_in(tmp_path)[-1]
    assert isinstance(ended, RunEnded)
    assert (ended.verdict, ended.reason) == ("infrastructure", "it was stopped by hand")
    ensure_gone(children)


def test_one_flow_or_an_app_that_is_not_ours_is_not_shared() -> None:
    assert worth_sharing(RunOptions())
    assert worth_sharing(RunOptions(only=(BOTTOM, HISTORY)))
    assert not worth_sharing(RunOptions(only=(BOTTOM,)))
    assert not worth_sharing(
        RunOptions(plans=(Plan(name="one", title="One", actions=(OpenSession(),)),))
    )
    assert not worth_sharing(RunOptions(target="opencode"))
