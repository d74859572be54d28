"""`harness prove --generated`: what it refuses, what it tries, what it keeps at Ctrl-C."""

import json
import os
import signal
import sys
import time
from collections.abc import Generator, Iterable

import pytest

from fixtures.mutants import Explained, Explanations, all_mutants
from harness.cli.generated import chosen_mutants
from harness.cli.options import Lot
from harness.proving.covering import Executed
from harness.proving.trials import Trial
from harness.proving.trying import Assignment
from specs.harness import command
from specs.harness.conftest import Harness


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--generated", "--module", "nope"),
            "there is no mutated module “nope”; there are: scope, ",
        ),
        (("--generated", "--fault", "double-send"), "--fault and --generated exclude each other"),
        (("--sample", "3"), "choose among mutants: add --generated"),
    ],
)
def test_what_cannot_be_tried_is_refused(
    harness: Harness, arguments: tuple[str, ...], said: str
) -> None:
    told = harness("prove", *arguments)
    assert told.code == 2
    assert said in told.sentence


def test_a_stale_equivalent_is_refused(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Explained(module="scope", operator="A", original="b", mutated="c", why="d")
    stale = Explanations(equivalent=(gone,))
    monkeypatch.setattr("harness.cli.generated.explanations", lambda: stale)
    told = harness("prove", "--generated", "--module", "guards")
    assert told.code == 2
    assert "scope, A, “c” means no mutant any more" in told.sentence


def test_without_the_parser_the_extra_is_named(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "harness.cli.generated", None)
    told = harness("prove", "--generated")
    assert told.code == 3
    assert told.sentence.endswith("python -m pip install 'scope-harness[mutants]'")


def test_a_module_and_a_sample_choose_mutants() -> None:
    guards = chosen_mutants(Lot(("guards",))).mutants
    assert {mutant.module for mutant in guards} == {"guards"}
    drawn, equivalent, _ = chosen_mutants(Lot(sample=9, seed=4))
    assert len(drawn) + len(equivalent) == 9
    assert list(drawn) == sorted(drawn, key=all_mutants().index)
    assert drawn == chosen_mutants(Lot(sample=9, seed=4)).mutants
    assert drawn != chosen_mutants(Lot(sample=9, seed=5)).mutants


def test_a_sample_of_more_than_there_are_is_all() -> None:
    assert len(chosen_mutants(Lot(sample=10_000)).mutants) <= len(all_mutants())


class Blind:
    """A crew that detects no mutant of one module, and every one of another."""

    def __init__(self, _prepare: object, **_options: object) -> None:
        """Whatever is asked for."""

    def results(self, tasks: Iterable[Assignment | str]) -> Generator[Trial | Executed]:
        for task in tasks:
            if isinstance(task, str):
                yield Executed(flow=task, scripts={})
            else:
                seen = task.mutant.module == "scope"
                yield Trial(mutant=task.mutant, outcome="killed" if seen else "survived")


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.proving.mutating.Crew", Blind)
    monkeypatch.setattr("harness.cli.generated.explanations", Explanations)


@pytest.mark.usefixtures("blind")
def test_a_survivor_is_shown_with_its_place_and_what_was_changed(harness: Harness) -> None:
    told = harness("prove", "--generated", "--module", "guards", "--workers", "1")
    assert told.code == 1
    (mutant,) = (m for m in all_mutants() if m.mutated == "if (false) return null;")
    shown = f"src/guards.js:{mutant.line}  {mutant.id} survives"
    lines = told.out.splitlines()
    at = lines.index(shown)
    assert lines[at + 1 : at + 4] == [
        "  - if (!atSession) return null;",
        "  + if (false) return null;",
        "  not explained: a property or a flow is missing, or it changes nothing",
    ]
    assert "0.0% detected, 90% are needed" in lines[-2]
    assert lines[-1].startswith("say why ")


@pytest.mark.usefixtures("blind")
def test_a_long_block_is_cut_short(harness: Harness) -> None:
    told = harness("prove", "--generated", "--module", "guards", "--workers", "1")
    block = told.out.split("block-statement-1 survives\n", 1)[1].splitlines()
    assert block[0] == "  - export function createGuards(session, execution) {"
    assert block[5] == "  - …"
    assert block[6] == "  + export function createGuards(session, execution) {}"


@pytest.mark.usefixtures("blind")
def test_enough_detected_exits_with_0(harness: Harness) -> None:
    told = harness("prove", "--generated", "--module", "scope", "--workers", "1", "--json")
    assert told.code == 0
    assert json.loads(told.out)["share"] == 1.0


def test_ctrl_c_keeps_what_was_found_and_leaves_nothing_running() -> None:
    with command.started("prove", "--generated", "--workers", "1", "--json") as process:
        until = time.monotonic() + command.ENOUGH_S
        while not any(map(command.runs_app, command.children_of(process.pid))):
            assert time.monotonic() < until
            assert process.poll() is None
        family = command.children_of(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=command.ENOUGH_S)
    assert process.returncode == 130
    assert "Traceback" not in err
    told = json.loads(out)
    assert told["trials"] == []
    assert told["untried"] == len(chosen_mutants(Lot()).mutants)
    command.ensure_gone(family)
