"""The tools beside the explorer: what is read of them, and that the plain machine finds at all."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from harness.exploring.bench import bombadil
from harness.exploring.bench.came import Came
from harness.exploring.bench.plain import SETTINGS, BrokenError, Search, machine
from harness.exploring.episodes import Explorer
from harness.journal import Entry
from harness.plans import Plan
from harness.run import RunOptions
from harness.targets.reference import TRAITS
from specs.exploring.made_up import judged

CAME = Came(bombadil.TOOL, "some-fault", seconds=9.0)


def state(action: object, *violated: str) -> dict[str, Any]:
    return {"action": action, "violations": [{"name": name} for name in violated]}


@pytest.mark.parametrize(
    ("states", "came"),
    [
        (
            [state(None), state("Reload"), state({"Click": {}}, "timelineMounted")],
            CAME._replace(rule="timelineMounted", after_s=9.0, actions=2, length=2),
        ),
        ([state(None), state("Reload")], CAME._replace(actions=1)),
        ([], CAME._replace(note="bombadil wrote no trace")),
    ],
    ids=["a violation", "none", "no state"],
)
def test_a_trace_of_bombadil_is_read(
    tmp_path: Path, states: list[dict[str, Any]], came: Came
) -> None:
    trace = tmp_path / "trace.jsonl"
    trace.write_text("".join(f"{json.dumps(each)}\n" for each in states), encoding="utf-8")
    assert bombadil.told(trace, CAME) == came


def test_without_bombadil_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    came = bombadil.tried(RunOptions(), "some-fault", 9.0, 0)
    assert (came.rule, came.note) == ("", bombadil.MISSING)


def test_the_plain_machine_finds_and_shrinks() -> None:
    """The made-up app has a fault wherever a draft is written."""
    heard: list[Entry] = []

    def perform(plan: Plan) -> None:
        names = [action.name for action in plan.actions]
        if "write-draft" in names:
            heard.append(judged(plan, names.index("write-draft") + 1, "draft lost"))

    search = Search(Explorer(perform, TRAITS, heard), TRAITS, seconds=60.0)
    with pytest.raises(BrokenError):
        run_state_machine_as_test(
            seed(3)(machine(search)), settings=settings(SETTINGS, stateful_step_count=2)
        )
    assert search.smallest
    assert [action.name for action in search.smallest.actions] == ["open-session", "write-draft"]
