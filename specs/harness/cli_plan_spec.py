"""Plans from files: what is none is refused in a sentence that says where."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.cli.options import plans_asked
from harness.flows import round_trip
from harness.plans import Plan, load_plan
from harness.targets.reference import TRAITS
from specs.harness.conftest import Harness, Told


@pytest.fixture(name="plan")
def _plan() -> dict[str, Any]:
    return round_trip(TRAITS, reader="history", address=False).model_dump(mode="json")


def asked(harness: Harness, tmp_path: Path, text: str) -> Told:
    path = tmp_path / "plan.json"
    path.write_text(text, encoding="utf-8")
    told = harness("gate", "--plan", path, "--report", tmp_path / "reports")
    assert told.code == 2
    assert not (tmp_path / "reports").exists()
    return told


def test_a_missing_file(harness: Harness, tmp_path: Path) -> None:
    told = harness("gate", "--plan", tmp_path / "gone.json")
    assert told.code == 2
    assert "gone.json: No such file or directory" in told.sentence


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\x00"])
def test_a_file_that_is_no_plan(harness: Harness, tmp_path: Path, text: str) -> None:
    sentence = asked(harness, tmp_path, text).sentence
    assert "plan.json is no plan: it" in sentence
    assert sentence.endswith("print one with: harness flows NAME")


def test_an_action_that_there_is_not(
    harness: Harness, tmp_path: Path, plan: dict[str, Any]
) -> None:
    plan["actions"][1]["name"] = "somersault"
    assert "is no plan: actions.1: " in asked(harness, tmp_path, json.dumps(plan)).sentence


def test_an_action_that_the_world_does_not_allow(
    harness: Harness, tmp_path: Path, plan: dict[str, Any]
) -> None:
    del plan["actions"][2]  # nothing was entered that could be left
    sentence = asked(harness, tmp_path, json.dumps(plan)).sentence
    assert sentence.startswith("plan round-trip-in-place-history, step 3 (exit-worktree): ")


def test_a_newer_schema(harness: Harness, tmp_path: Path, plan: dict[str, Any]) -> None:
    sentence = asked(harness, tmp_path, json.dumps({**plan, "schema_version": 2})).sentence
    assert "schema_version: Input should be 1; upgrade scope-harness" in sentence


def test_a_plan_and_a_flow_exclude_each_other(harness: Harness, tmp_path: Path) -> None:
    told = harness("gate", "--plan", tmp_path / "any.json", "--flow", "any")
    assert told.code == 2
    assert told.sentence == "--plan and --flow exclude each other: give one of them"


def test_a_printed_flow_is_the_plan_it_was_made_of(harness: Harness, tmp_path: Path) -> None:
    known: Plan = round_trip(TRAITS, reader="bottom", address=True)
    told = harness("flows", known.name)
    assert told.code == 0
    path = tmp_path / "plan.json"
    path.write_text(told.out, encoding="utf-8")
    assert load_plan(path) == known


def test_a_folder_of_plans_in_the_order_of_their_names(
    tmp_path: Path, plan: dict[str, Any]
) -> None:
    for name in ("second", "first"):
        (tmp_path / f"{name}.json").write_text(json.dumps(plan | {"name": name}), "utf-8")
    (tmp_path / "about.txt").touch()
    assert [each.name for each in plans_asked([tmp_path], None)] == ["first", "second"]
    single = [tmp_path / "second.json", tmp_path / "first.json"]
    assert [each.name for each in plans_asked(single, None)] == ["second", "first"]


def test_a_folder_without_a_plan(harness: Harness, tmp_path: Path) -> None:
    told = harness("gate", "--plan", tmp_path)
    assert told.code == 2
    assert "there is no plan (*.json) in the folder" in told.sentence


def test_two_plans_of_one_name(harness: Harness, tmp_path: Path, plan: dict[str, Any]) -> None:
    for name in ("one", "other"):
        (tmp_path / f"{name}.json").write_text(json.dumps(plan), "utf-8")
    told = harness("gate", "--plan", tmp_path)
    assert told.code == 2
    assert f"are both called {plan['name']}" in told.sentence
