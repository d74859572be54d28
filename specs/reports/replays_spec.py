"""Whether what an exploration found replays is told wherever the finding is."""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from harness.journal import Entry
from harness.replays import Replays
from reports import read_run, show, write_reports
from reports.ci import ctrf_json, step_summary
from reports.issue import write_issue
from reports.sharding import merge_runs
from reports.telling import tell
from specs.reports.axe import serious
from specs.reports.conftest import Opened, RunOf, run_in
from specs.reports.hostile_texts import SCRIPTS
from specs.reports.sample_coverage import exploring_run

Open = Callable[..., Opened]
MET = Replays(asked=5, tried=5, met=5)
MISSED = Replays(asked=5, tried=4, met=3)
GONE = Replays(asked=5, lack="/home/ada/bin/app is not there")
OUTCOMES = pytest.mark.parametrize(
    ("replays", "doubtful"), [(MET, 0), (MISSED, 1), (GONE, 1), (Replays(asked=5), 1)]
)


def run(replays: Replays | None) -> Iterator[Entry]:
    return exploring_run(replays=replays)


def said(replays: Replays) -> str:
    """As a report has it, without anybody's home."""
    return str(replays).replace("/home/ada", "~")


@OUTCOMES
def test_the_report_tells_it_with_the_finding_and_marks_what_does_not_replay(
    replays: Replays, doubtful: int, run_of: RunOf, open_report: Open
) -> None:
    report = open_report(write_reports(run_of(run(replays))).html)
    page = report.page
    assert page.locator(".break .replays").all_inner_texts() == [said(replays)]
    assert page.locator(".break .replays.doubtful").count() == doubtful
    top = page.locator(".detail").inner_text()
    assert ("1 finding not reproducible. " in top) is (replays == MISSED)
    assert (report.said, serious(page)) == ([], [])


@OUTCOMES
def test_texts_tell_it_with_the_finding(replays: Replays, doubtful: int, run_of: RunOf) -> None:
    folder = run_of(run(replays))
    told = read_run(folder)
    console = Console(file=StringIO(), width=200)
    show(told, console)
    assert isinstance(console.file, StringIO)
    assert said(replays) in console.file.getvalue()
    assert said(replays).split(":")[0] in step_summary(told)
    assert said(replays) in ctrf_json(told)
    issue = write_issue(folder, "1", None).text
    assert ("tells this finding again, if it is met: " in issue) is bool(doubtful)
    assert ("tells this finding again." in issue) is not bool(doubtful)


def test_where_it_was_not_asked_nothing_is_told_of_it(run_of: RunOf, open_report: Open) -> None:
    folder = run_of(run(None))
    page = open_report(write_reports(folder).html).page
    assert page.locator(".replays").count() == 0
    told = read_run(folder)
    texts = (step_summary(told), ctrf_json(told), write_issue(folder, "1", None).text)
    assert not any("replay" in text.lower() for text in texts)


def test_merged_runs_tell_it(tmp_path: Path) -> None:
    shards = [run_in(tmp_path / name, run(MISSED)) for name in ("one", "other")]
    merge_runs(shards, tmp_path / "whole")
    (flow,) = read_run(tmp_path / "whole").flows
    assert flow.replays == MISSED


@pytest.mark.parametrize("text", SCRIPTS[:3])
def test_why_it_could_not_be_replayed_is_a_text_like_others(
    text: str, run_of: RunOf, open_report: Open
) -> None:
    lack = Replays(asked=5, lack=text)
    report = open_report(write_reports(run_of(run(lack))).html)
    assert report.page.evaluate("globalThis.hits") == 0
    assert report.said == []
    assert tell(run(lack)).flows[0].replays == lack
