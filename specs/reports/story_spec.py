import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from harness.journal import SCHEMA, Entry, FlowEnded, RunEnded, RunStarted, StepObserved
from reports import ReportError, read_run, write_reports
from reports.grouping import grouped
from reports.reading import read
from reports.story import Run
from reports.telling import tell
from specs.reports.conftest import RunOf
from specs.reports.sample_journals import (
    FLOWS,
    ROOT,
    clean_run,
    dead_run,
    failing_run,
    started,
)


def test_entries_become_flows_with_steps_and_verdicts() -> None:
    run = tell(failing_run())
    assert run.verdict == "violated"
    assert [flow.flow for flow in run.flows] == list(FLOWS)
    assert [len(flow.steps) for flow in run.flows] == [5, 5, 5, 5]
    assert [flow.verdict for flow in run.flows] == ["violated", "pass", "violated", "pass"]
    assert len(run.findings) == 8
    assert {finding.step for finding in run.findings} == {4}


def test_a_run_that_died_is_infrastructure_and_says_where() -> None:
    run = tell(dead_run())
    assert run.verdict == "infrastructure"
    assert "step 3 “agent enters the worktree”" in run.reason
    assert FLOWS["round-trip-by-tools-bottom"] in run.reason
    assert [flow.verdict for flow in run.flows] == ["pass", "infrastructure"]
    assert run.flows[1].steps[-1].observation is None
    assert run.not_run == tuple(FLOWS)[2:]


def test_flows_that_ran_side_by_side_are_told_in_the_order_of_the_run() -> None:
    first, second = (flow_entries(failing_run(), flow) for flow in tuple(FLOWS)[:2])
    mixed = [entry for pair in zip(second, first, strict=True) for entry in pair]
    run = tell(grouped([started(tuple(FLOWS)), *mixed]))
    alone = tell(failing_run())
    assert run.flows == alone.flows[:2]
    assert "died after the flow" in run.reason


def test_of_flows_side_by_side_the_one_that_did_not_end_is_where_it_died() -> None:
    first, second = (flow_entries(failing_run(), flow) for flow in tuple(FLOWS)[:2])
    run = tell([started(tuple(FLOWS)), *first[:-1], *second])
    assert f"died after step 5 “{first_title(run)}” of the flow" in run.reason
    assert [flow.verdict for flow in run.flows] == ["infrastructure", "pass"]


def flow_entries(entries: Iterable[Entry], flow: str) -> list[Entry]:
    return [entry for entry in entries if getattr(entry, "flow", None) == flow]


def first_title(run: Run) -> str:
    return run.flows[0].steps[-1].title


def test_a_death_between_flows_and_before_the_first_is_told() -> None:
    entries = list(clean_run())
    first_end = next(i for i, entry in enumerate(entries) if isinstance(entry, FlowEnded))
    assert "died after the flow" in tell(entries[: first_end + 1]).reason
    assert "before its first flow" in tell([started(("a",))]).reason


def test_the_reason_of_the_last_line_is_kept() -> None:
    end = RunEnded(t=1.0, verdict="infrastructure", reason="the app answered 500 at /home/ada/x")
    assert tell([started(()), end]).reason == "the app answered 500 at ~/x"


def test_an_empty_journal_is_a_run_that_died_before_it_began(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").write_text("")
    assert read_run(tmp_path).reason == "The journal has no entry: the run died before it began."
    assert "The run did not finish" in write_reports(tmp_path).html.read_text("utf-8")


def test_a_line_cut_short_is_passed_over(run_of: RunOf) -> None:
    path = run_of(clean_run()) / "journal.jsonl"
    whole = path.read_bytes()
    for cut in (1, 40, 3000):
        path.write_bytes(whole[:-cut])
        run = read_run(path.parent)
        assert run.verdict == ("pass" if cut == 1 else "infrastructure")
        assert run.damage == ()


def test_a_cut_inside_a_letter_does_not_stop_the_reader(run_of: RunOf) -> None:
    path = run_of([started(("ü",))]) / "journal.jsonl"
    line = path.read_bytes()
    path.write_bytes(line + line[: line.index("ü".encode()) + 1])
    assert len(read(path).entries) == 1


def test_a_damaged_line_in_the_middle_is_named_and_takes_a_pass_away(run_of: RunOf) -> None:
    path = run_of(clean_run()) / "journal.jsonl"
    lines = path.read_bytes().split(b"\n")
    lines[4] = lines[4][:100]
    path.write_bytes(b"\n".join(lines))
    run = read_run(path.parent)
    assert run.damage == ("Line 5 of the journal could not be read and is left out.",)
    assert run.verdict == "infrastructure"
    assert len(run.flows) == 4


def test_a_newer_schema_is_said_and_the_rest_is_shown(run_of: RunOf) -> None:
    path = run_of(clean_run()) / "journal.jsonl"
    first, rest = path.read_text("utf-8").split("\n", 1)
    newer = json.loads(first) | {"schema_version": SCHEMA + 1, "unknown": True}
    path.write_text(f"{json.dumps(newer)}\n{rest}", "utf-8")
    run = read_run(path.parent)
    assert f"has schema {SCHEMA + 1}" in run.damage[0]
    assert "upgrade scope-harness" in run.damage[0]
    assert run.verdict == "infrastructure"
    assert len(run.flows) == 4


def test_other_line_separators_inside_text_end_no_line(run_of: RunOf) -> None:
    start = started(()).model_copy(update={"environment": {"a": "x\u2028y\x85z\u2029"}})
    folder = run_of([start, RunEnded(t=1.0, verdict="pass")])
    assert read_run(folder).verdict == "pass"


def test_real_paths_become_the_words_of_the_plan() -> None:
    flow = tell(failing_run()).flows[0]
    told = flow.model_copy(update={"names": {}}).model_dump_json()
    assert ROOT not in told
    assert "/home/ada" not in told
    assert flow.findings[0].evidence[0] == "frame +403 ms in \u2039wt\u203a"


def test_a_step_observed_without_a_beginning_is_kept() -> None:
    entries = [entry for entry in clean_run() if isinstance(entry, StepObserved)]
    run = tell([started(()), entries[0]])
    assert run.flows[0].steps[0].title == "step 1"


def test_without_a_journal_the_remedy_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="name a folder that a run has written"):
        write_reports(tmp_path)


def test_a_place_that_cannot_be_written_is_named(run_of: RunOf) -> None:
    folder = run_of(clean_run())
    (folder / "report.html").mkdir()
    with pytest.raises(ReportError, match="cannot be written"):
        write_reports(folder)


def test_the_sample_is_a_journal_of_this_schema() -> None:
    first = next(clean_run())
    assert isinstance(first, RunStarted)
    assert first.schema_version == SCHEMA
