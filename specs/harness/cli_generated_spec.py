"""`harness prove --generated`: what it refuses, what it tries, what it keeps at Ctrl-C."""

import json
import os
import signal
import time

import pytest

from fixtures.mutants import Equivalent, all_mutants
from harness.cli.generated import chosen_mutants
from harness.cli.options import Lot
from specs.harness import command
from specs.harness.conftest import Harness

KILLED = "readiness-28-object-literal-1"  # no component is ever ready: no prompt goes out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--generated", "--module", "nope"), "no mutants are made of “nope”, only of: scope, "),
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
    gone = Equivalent(module="scope", operator="A", original="b", mutated="c", reason="d")
    monkeypatch.setattr("harness.cli.generated.equivalents", lambda: (gone,))
    told = harness("prove", "--generated", "--module", "guards")
    assert told.code == 2
    assert "scope, A, “c” means no mutant any more" in told.sentence


def test_without_the_parser_the_extra_is_named(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "harness.cli.generated", None)
    told = harness("prove", "--generated")
    assert told.code == 3
    assert told.sentence.endswith("python -m pip install 'scope-harness[mutants]'")


def test_a_module_and_a_sample_choose_mutants() -> None:
    guards = chosen_mutants(Lot(("guards",))).mutants
    assert {mutant.module for mutant in guards} == {"guards"}
    drawn = chosen_mutants(Lot(sample=9, seed=4)).mutants
    assert len(drawn) == 9
    assert list(drawn) == sorted(drawn, key=all_mutants().index)
    assert drawn == chosen_mutants(Lot(sample=9, seed=4)).mutants
    assert drawn != chosen_mutants(Lot(sample=9, seed=5)).mutants


def test_a_sample_of_more_than_there_are_is_all() -> None:
    assert len(chosen_mutants(Lot(sample=10_000)).mutants) <= len(all_mutants())


def test_ctrl_c_keeps_what_was_found_and_leaves_nothing_running() -> None:
    with command.started("prove", "--generated", "--workers", "1", "--json") as process:
        until = time.monotonic() + command.ENOUGH_S
        while not any(map(command.runs_app, command.children_of(process.pid))):
            assert time.monotonic() < until
            assert process.poll() is None
        family = command.children_of(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        out, _ = process.communicate(timeout=command.ENOUGH_S)
    assert process.returncode == 130
    told = json.loads(out)
    assert told["trials"] == []
    assert told["untried"] == len(chosen_mutants(Lot()).mutants)
    command.ensure_gone(family)
