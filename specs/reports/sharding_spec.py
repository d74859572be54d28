from collections.abc import Iterable
from pathlib import Path

import pytest

from harness.journal import (
    Entry,
    FlowRecorded,
    FlowStarted,
    RunEnded,
    RunStarted,
    StepObserved,
)
from reports import ReportError, read_run, write_reports
from reports.sharding import merge_runs
from specs.reports.conftest import run_in
from specs.reports.sample_journals import FLOWS, START, Sample, dead_run, started

NAMES = tuple(FLOWS)


def shard(flows: Iterable[str], *, broken: str = "", later: float = 0.0) -> Iterable[Entry]:
    names = tuple(flows)
    yield started(names).model_copy(update={"run_id": "-".join(names), "t": START + later})
    for flow in names:
        yield from Sample(flow, START + later, broken=flow == broken).entries()
    verdict = "violated" if broken else "pass"
    yield RunEnded(t=START + later + 9000, verdict=verdict)


def test_shards_become_one_run_with_their_pictures(tmp_path: Path) -> None:
    parts = [
        run_in(tmp_path / "a", shard(NAMES[:2])),
        run_in(tmp_path / "b", shard(NAMES[2:], broken=NAMES[2])),
    ]
    out = tmp_path / "whole"
    merge_runs(parts, out)
    run = read_run(out)
    assert [flow.flow for flow in run.flows] == list(NAMES)
    assert run.verdict == "violated"
    assert run.not_run == ()
    assert len(list(out.glob("*.jpg"))) == 20
    page = write_reports(out).html.read_text("utf-8")
    assert page.count("<image ") == 10
    assert "merged from" in page


def test_pictures_of_one_name_are_those_of_their_shard(tmp_path: Path) -> None:
    def walk(flow: str) -> Iterable[Entry]:
        """As an exploration tells what a walk found: by a name of its own, with its pictures."""
        for entry in shard([flow]):
            named = isinstance(entry, StepObserved) and entry.screenshot
            name = f"walk-3-{entry.step}.jpg" if isinstance(entry, StepObserved) else ""
            yield entry.model_copy(update={"screenshot": name}) if named else entry

    parts = [run_in(tmp_path / name, walk(NAMES[at])) for at, name in enumerate("ab")]
    for part in parts:
        (part / "walk-3-1.jpg").write_text(part.name)
    merge_runs(parts, tmp_path / "out")
    flows = read_run(tmp_path / "out").flows
    pictures = [flow.steps[0].screenshot for flow in flows]
    assert pictures == ["walk-3-1.jpg", "shard-2-walk-3-1.jpg"]
    told = [(tmp_path / "out" / picture).read_text() for picture in pictures if picture]
    assert told == ["a", "b"]


def test_what_was_recorded_comes_along_and_is_linked(tmp_path: Path) -> None:
    recorded = FlowRecorded(flow=NAMES[0], trace="the trace.zip", video="a.webm")
    stray = FlowRecorded(flow=NAMES[1], trace="../outside.zip")
    (tmp_path / "outside.zip").write_bytes(b"kept where it is")
    told = [*shard(NAMES[:2], broken=NAMES[0])]
    part = run_in(tmp_path / "a", [*told[:-1], recorded, stray, told[-1]])
    for name in (recorded.trace, recorded.video):
        (part / name).write_bytes(b"recorded")
    out = tmp_path / "whole"
    merge_runs([part], out)
    assert {path.name for path in out.iterdir()} >= {"the trace.zip", "a.webm"}
    assert not (out / "outside.zip").exists()
    first, second = read_run(out).flows
    assert (first.recorded, second.recorded) == (recorded, stray)
    page = write_reports(out).html.read_text("utf-8")
    assert '<a href="./the%20trace.zip">' in page
    assert '<a href="./a.webm">' in page


@pytest.mark.parametrize("turned", [False, True])
def test_of_a_flow_that_was_run_twice_the_latest_stands(tmp_path: Path, *, turned: bool) -> None:
    parts = [
        run_in(tmp_path / "first", shard(NAMES[:2], broken=NAMES[0])),
        run_in(tmp_path / "again", shard(NAMES[:1], later=60_000)),
    ]
    merge_runs(parts[::-1] if turned else parts, tmp_path / "whole")
    run = read_run(tmp_path / "whole")
    assert run.verdict == "pass"
    assert {flow.flow for flow in run.flows} == set(NAMES[:2])
    assert run.findings == ()
    assert run.started is not None
    assert run.started.environment["run more than once"] == NAMES[0]


def test_one_that_did_not_come_to_its_end_gives_way(tmp_path: Path) -> None:
    parts = [
        run_in(tmp_path / "whole-one", shard(NAMES[:2])),
        run_in(tmp_path / "dead", (e for e in dead_run() if not isinstance(e, RunEnded))),
    ]
    merge_runs(parts, tmp_path / "out")
    run = read_run(tmp_path / "out")
    assert run.verdict == "infrastructure"
    assert "dead did not come to its end" in run.reason
    assert all(len(flow.steps) == 5 for flow in run.flows)
    assert run.not_run == NAMES[2:]


def test_a_missing_shard_is_named(tmp_path: Path) -> None:
    parts = [run_in(tmp_path / "a", shard(NAMES[:2])), tmp_path / "b"]
    merge_runs(parts, tmp_path / "out")
    run = read_run(tmp_path / "out")
    assert run.verdict == "infrastructure"
    assert "b has no journal" in run.reason
    assert len(run.flows) == 2


def test_shards_of_different_apps_are_no_run(tmp_path: Path) -> None:
    def other() -> Iterable[Entry]:
        for entry in shard(NAMES[2:]):
            strange = isinstance(entry, RunStarted)
            yield entry.model_copy(update={"app_version": "9"}) if strange else entry

    parts = [run_in(tmp_path / "a", shard(NAMES[:2])), run_in(tmp_path / "b", other())]
    merge_runs(parts, tmp_path / "out")
    assert "different apps" in read_run(tmp_path / "out").reason


def test_what_cannot_be_merged_is_refused(tmp_path: Path) -> None:
    one = run_in(tmp_path / "a", shard(NAMES[:1]))
    with pytest.raises(ReportError, match="is one of the runs"):
        merge_runs([one, tmp_path / "b"], one)
    with pytest.raises(ReportError, match="none of the 2 folders holds"):
        merge_runs([tmp_path / "b", tmp_path / "c"], tmp_path / "out")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReportError, match="cannot be written"):
        merge_runs([one], tmp_path / "file")


def test_merging_one_run_changes_nothing_but_its_name(tmp_path: Path) -> None:
    one = run_in(tmp_path / "a", shard(NAMES))
    merge_runs([one], tmp_path / "out")
    before, after = read_run(one), read_run(tmp_path / "out")
    assert after.flows == before.flows
    assert after.verdict == before.verdict


def test_entries_of_a_flow_come_from_one_shard_alone(tmp_path: Path) -> None:
    parts = [run_in(tmp_path / name, shard(NAMES[:1])) for name in "abc"]
    merge_runs(parts, tmp_path / "out")
    lines = (tmp_path / "out" / "journal.jsonl").read_text("utf-8").splitlines()
    kind = FlowStarted.model_fields["kind"].default
    assert sum(f'"kind":"{kind}"' in line for line in lines) == 1
