"""`harness cover` explores the model without a browser, and says what of it is never used."""

import json
from pathlib import Path

import pytest

from harness.explorer import SLICES, Bounds
from harness.plans import load_plan, predict
from reports import read_run
from reports.coverage import actions, crossings
from reports.story import Run
from specs.harness.conftest import Harness
from specs.model.acting import ABLE

FEW = ("--servers", "1", "--sessions", "1", "--queue", "0", "--in-flight", "0", "--steps", "1")


def test_plans_are_written_and_what_is_never_used_fails_by_name(
    harness: Harness, tmp_path: Path
) -> None:
    folder = tmp_path / "plans"
    done = harness("cover", *FEW, "--json", "--write", str(folder), "--report", str(tmp_path))
    told = json.loads(done.out)
    assert done.code == 1
    assert "restore is never allowed" in told["errors"]
    assert "retry-queued is taken by no plan" in told["errors"]
    assert "stop-turn: “turn of this session” never refuses" in told["errors"]
    assert (
        told["bounds"] == Bounds(servers=1, sessions=1, queue=0, in_flight=0, steps=1).model_dump()
    )
    assert sorted(path.stem for path in folder.iterdir()) == sorted(told["plans"])
    assert sum(len(load_plan(path).actions) for path in folder.iterdir()) == told["actions"]


def test_the_same_seed_says_the_same(harness: Harness, tmp_path: Path) -> None:
    done = harness("cover", *FEW, "--pairs", "--seed", "7", "--report", str(tmp_path))
    assert "✗ restore is never allowed" in done.out
    assert "left out: " in done.out
    assert (
        "seed 7. Bounds: servers 1, sessions 1, queue 0, in_flight 0, steps 1, kept 1." in done.out
    )


def run_in(folder: Path) -> Run:
    """The run of the one journal in a folder, whose report must be there."""
    (place,) = folder.glob("*-cover")
    assert (place / "report.html").is_file()
    return read_run(place)


def test_the_report_is_made_from_its_journal(harness: Harness, tmp_path: Path) -> None:
    done = harness("cover", *FEW, "--report", str(tmp_path))
    run = run_in(tmp_path)
    assert f"report: {tmp_path}" in done.out
    assert (run.doing, run.verdict, len(run.slices)) == ("cover", "violated", len(SLICES))
    assert run.explored
    assert "restore is never allowed" in run.explored.errors
    taken = {one.name: one.times for one in actions(run)}
    assert (taken["restore"], taken["open-session"] > 0) == (0, True)
    assert sum(taken.values()) == sum(part.actions for part in run.slices)
    assert all(part.pairs >= part.to_take > 0 for part in run.slices[:1])
    (file,) = tmp_path.glob("*/report.html")
    first = file.read_text("utf-8")
    assert harness("report", str(file.parent)).code == 0
    assert file.read_text("utf-8") == first


def test_interleavings_are_a_table_and_plans(harness: Harness, tmp_path: Path) -> None:
    one = ("cover", "--interleavings", "--in-flight", "1")
    done = harness(*one, "--write", str(tmp_path / "plans"), "--report", str(tmp_path / "runs"))
    assert done.code == 0
    run = run_in(tmp_path / "runs")
    assert (run.verdict, len(run.covered)) == ("pass", len([*(tmp_path / "plans").iterdir()]))
    alone = [each for each in crossings(run) if each.orders]
    assert all(len(each.met) == each.orders for each in alone)
    assert "reload: the page still waits for what was clicked" in done.out
    for path in (tmp_path / "plans").iterdir():
        assert predict(load_plan(path), ABLE)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--steps", "0"), "--steps 0 is no bound of the model: input should be greater than"),
        (("--servers", "4"), "give another --servers, or none for 2"),
        (("--in-flight", "9"), "--in-flight 9 is no bound"),
    ],
)
def test_bounds_that_cannot_be_are_told_with_the_remedy(
    harness: Harness, options: tuple[str, ...], words: str
) -> None:
    done = harness("cover", *options)
    assert done.code == 2
    assert words in done.err
    assert "Traceback" not in done.err


def test_plans_are_not_mixed_with_what_is_there(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text("{}")
    done = harness("cover", *FEW, "--write", str(tmp_path))
    assert done.code == 2
    assert "is not empty: name a new folder" in done.err
