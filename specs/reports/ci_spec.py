import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from markdown_it import MarkdownIt

from harness.cli.telling import tell as tell_person
from harness.journal import Entry
from reports import write_reports
from reports.ci import annotations, code_quality, ctrf_json, step_summary
from reports.telling import tell
from specs.reports.conftest import RunOf
from specs.reports.hostile_spec import hostile_run
from specs.reports.sample_journals import (
    accepted_run,
    clean_run,
    dead_run,
    failing_run,
    partial_run,
)
from specs.reports.sample_matrices import wide_matrix

STATUSES = {"passed", "failed", "skipped", "pending", "other"}


@pytest.mark.parametrize("entries", [clean_run, failing_run, dead_run, partial_run, wide_matrix])
def test_ctrf_counts_what_it_lists(entries: Callable[[], Iterable[Entry]]) -> None:
    results: dict[str, Any] = json.loads(ctrf_json(tell(entries())))["results"]
    counted = Counter(test["status"] for test in results["tests"])
    summary = results["summary"]
    assert summary["tests"] == len(results["tests"])
    assert {status: summary[status] for status in STATUSES if summary[status]} == counted
    assert summary["start"] <= summary["stop"]


def test_ctrf_says_what_broke_and_where() -> None:
    tests = json.loads(ctrf_json(tell(failing_run())))["results"]["tests"]
    broken = [test for test in tests if test["status"] == "failed"]
    assert len(broken) == 8
    assert broken[0]["name"] == "timeline-mounted"
    assert "step 4 “agent exits the worktree”" in broken[0]["trace"]
    assert broken[0]["message"].startswith("after “agent exits the worktree”")


def test_what_is_accepted_has_passed() -> None:
    run = tell(accepted_run())
    tests = json.loads(ctrf_json(run))["results"]["tests"]
    assert sum(test["rawStatus"] == "accepted" for test in tests) == 8
    assert {test["status"] for test in tests} == {"passed"}
    assert json.loads(code_quality(run)) == []
    assert annotations(run) == ()


def test_a_run_that_died_has_no_verdict_where_it_died() -> None:
    run = tell(dead_run())
    told = annotations(run)
    assert [line.split(" ")[0] for line in told] == ["::warning"] * 3
    assert "title=flow completes in " in told[0]
    assert "The run died in step 3" in told[0]


def test_an_annotation_is_one_line_and_ten_at_most_are_of_a_kind() -> None:
    for line in annotations(tell(hostile_run())):
        assert line.startswith(("::error title=", "::warning title="))
        assert "\n" not in line
        title = line.partition(" title=")[2].partition("::")[0]
        assert ":" not in title
        assert "," not in title
    assert len(annotations(tell(hostile_run()))) <= 20
    assert len(annotations(tell(failing_run()))) == 8


def test_fingerprints_are_the_same_in_every_run_and_apart_in_one() -> None:
    one, other = (json.loads(code_quality(tell(failing_run()))) for _ in range(2))
    prints = [issue["fingerprint"] for issue in one]
    assert prints == [issue["fingerprint"] for issue in other]
    assert len(set(prints)) == len(prints) == 8
    assert {issue["severity"] for issue in one} == {"critical"}
    assert one[0]["location"]["lines"] == {"begin": 1}


def test_the_summary_begins_with_the_verdict_and_has_a_line_a_flow() -> None:
    text = step_summary(tell(failing_run()))
    assert text.startswith("## ✕ 4 rules broke in 2 of 4 flows\n")
    assert text.count("| violated |") == 8
    assert text.count("| ✓ pass |") == 2
    assert text.count("| ✕ violated |") == 2


def test_no_html_of_the_app_is_in_the_summary() -> None:
    text = step_summary(tell(hostile_run()))
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    every = [leaf for token in tokens for leaf in (token, *(token.children or ()))]
    markup = "".join(leaf.content for leaf in every if leaf.type.startswith("html_"))
    assert re.sub(r"</?(details|summary)>|[0-9]+ flows|\s", "", markup) == ""


def test_on_a_runner_of_github_the_step_says_it(
    run_of: RunOf, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = run_of(failing_run())
    summary = folder / "step.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    tell_person(folder, as_json=False)
    assert capsys.readouterr().out.count("::error title=") == 8
    assert summary.read_text("utf-8") == (folder / "summary.md").read_text("utf-8")


def test_elsewhere_it_says_nothing_of_the_kind(
    run_of: RunOf, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    tell_person(run_of(failing_run()), as_json=False)
    assert "::error" not in capsys.readouterr().out


def test_all_stand_beside_the_journal(run_of: RunOf) -> None:
    paths = write_reports(run_of(clean_run()))
    assert json.loads(paths.ctrf.read_text("utf-8"))["reportFormat"] == "CTRF"
    assert json.loads(paths.quality.read_text("utf-8")) == []
    assert paths.summary.read_text("utf-8").startswith("## ✓ Everything held")
