"""`harness cover` explores the model without a browser, and says what of it is never used."""

import json
from pathlib import Path

import pytest

from harness.explorer import Bounds
from harness.plans import load_plan, predict
from specs.harness.conftest import Harness
from specs.model.acting import ABLE

FEW = ("--servers", "1", "--sessions", "1", "--queue", "0", "--in-flight", "0", "--steps", "1")


def test_plans_are_written_and_what_is_never_used_fails_by_name(
    harness: Harness, tmp_path: Path
) -> None:
    folder = tmp_path / "plans"
    done = harness("cover", *FEW, "--json", "--write", str(folder))
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


def test_the_same_seed_says_the_same(harness: Harness) -> None:
    done = harness("cover", *FEW, "--pairs", "--seed", "7")
    assert "✗ restore is never allowed" in done.out
    assert "left out: " in done.out
    assert (
        "seed 7. Bounds: servers 1, sessions 1, queue 0, in_flight 0, steps 1, kept 1." in done.out
    )


def test_interleavings_are_a_table_and_plans(harness: Harness, tmp_path: Path) -> None:
    one = ("cover", "--interleavings", "--in-flight", "1")
    done = harness(*one, "--write", str(tmp_path / "plans"))
    assert done.code == 0
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
