"""`harness explore` in a process of its own."""

import json
from pathlib import Path

import pytest

from harness.actions import EnterWorktree, OpenSession, Reload, WriteDraft
from harness.exploring import LENGTH, SHORT
from harness.plans import Plan
from harness.replaying import load_counterexample, plan_in
from harness.replays import Replays
from reports import read_run
from reports.coverage import actions
from specs.harness import command


def test_walks_are_performed_until_the_time_is_over(tmp_path: Path) -> None:
    told = command.finished(
        *("explore", "--seconds", "1", "--length", "2", "--workers", "1", "--json"),
        *("--report", tmp_path),
    )
    assert (told.returncode, told.stderr) == (0, "")
    run = json.loads(told.stdout)
    assert (run["found"], run["unfinished"]) == ([], {})
    assert run["walks"] >= 1
    assert 2 * run["walks"] <= run["actions"]
    assert 2 <= run["transitions"] <= run["actions"]
    told = read_run(Path(run["report"]).parent)
    assert (told.doing, told.verdict, told.flows) == ("explore", "pass", ())
    assert len(told.walks) == run["walks"]
    assert sum(one.times for one in actions(told)) == run["actions"]
    assert told.started
    assert told.started.environment["seed"] == "0"
    assert told.started.environment["browser"].startswith("chromium ")


def test_what_is_found_stands_in_the_report_with_pictures(tmp_path: Path) -> None:
    told = command.finished(
        *("explore", "--seconds", "60", "--first", "--workers", "1", "--json", "--seed", "1"),
        *("--fault", "timeline-keyed-by-directory", "--report", tmp_path),
    )
    assert told.returncode == 1
    said = json.loads(told.stdout)
    folder = Path(said["report"]).parent
    run = read_run(folder)
    (flow,) = run.flows
    assert flow.flow == Path(said["found"][0]["plan"]).stem
    assert [finding.flow for finding in flow.findings] == [flow.flow] * len(flow.findings)
    assert said["found"][0]["causes"] in [[*finding.causes] for finding in flow.findings]
    assert len(flow.steps) == len(said["found"][0]["actions"])
    assert all((folder / (step.screenshot or "none")).is_file() for step in flow.steps)
    assert Plan.model_validate(flow.plan).name == flow.flow
    # Each replay of it, on another app, meets it.
    assert flow.replays == Replays(asked=5, tried=5, met=5)
    replays = said["found"][0]["replays"]
    assert (replays["met"], replays["reproducible"], replays["fresh"]) == (5, True, True)
    assert load_counterexample(Path(said["found"][0]["plan"])).found.replays == flow.replays
    assert said["found"][0]["after_s"] < said["seconds"]


def test_walks_to_the_first_finding_are_short(tmp_path: Path) -> None:
    told = command.finished(
        *("explore", "--seconds", "1", "--first", "--workers", "1", "--json"),
        *("--report", tmp_path),
    )
    run = json.loads(told.stdout)
    assert run["walks"] >= 1
    assert SHORT <= run["actions"] / run["walks"] < LENGTH


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ((), ["open-session", "enter-worktree"]),
        (("--shrink", "0"), ["open-session", "write-draft", "reload", "enter-worktree"]),
    ],
    ids=["made small", "cut where it was met"],
)
def test_plans_are_performed_in_place_of_walks_and_what_they_find_is_made_small(
    tmp_path: Path, more: tuple[str, ...], left: list[str]
) -> None:
    enters = EnterWorktree(by="move", via="nobody")
    roundabout = (OpenSession(), WriteDraft(text="a"), Reload(), enters, WriteDraft(text="b"))
    plans = tmp_path / "plans"
    plans.mkdir()
    for name, way in {"quiet": (OpenSession(), Reload()), "found": roundabout}.items():
        plan = Plan(name=name, title=name, actions=way)
        (plans / f"{name}.json").write_text(plan.model_dump_json())
    told = command.finished(
        *("explore", "--plan", plans, "--workers", "1", "--json", "--report", tmp_path),
        *("--fault", "timeline-keyed-by-directory", "--replays", "0", *more),
    )
    assert told.returncode == 1
    said = json.loads(told.stdout)
    assert said["found"][0]["replays"] is None
    assert said["walks"] == len(said["found"]) + 1 == 2
    (found,) = said["found"]
    assert found["cut_short"] is bool(more)
    assert [action.name for action in plan_in(Path(found["plan"])).actions] == left


def test_an_option_that_cannot_be_is_refused_before_anything_starts(tmp_path: Path) -> None:
    told = command.finished(
        *("explore", "--target", "opencode", "--fault", "double-send", "--report", tmp_path)
    )
    assert told.returncode == 2
    assert "leave out --target" in told.stderr
    assert list(tmp_path.iterdir()) == []
