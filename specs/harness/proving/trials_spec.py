"""What the report of the mutants counts, when it holds, and what it says."""

import json

import pytest

from fixtures.mutants import Module, Mutant, Reasons, mutants_of
from harness.cli.generated import summary
from harness.proving.mutating import sort_out
from harness.proving.orders import Orders
from harness.proving.trials import Excused, Mutation, Outcome, Trial

MUTANTS = tuple(mutants_of("if (a && b) c();", Module("small")))


def trials(**counts: int) -> tuple[Trial, ...]:
    outcomes: dict[str, Outcome] = {"killed": "killed", "timeout": "timeout"}
    return tuple(
        Trial(mutant=MUTANTS[0], outcome=outcomes.get(name, "survived"))
        for name, count in counts.items()
        for _ in range(count)
    )


def excuse(mutant: Mutant) -> Excused:
    return Excused(mutant=mutant, reason="it does not matter")


def test_killed_and_timed_out_are_told_apart_and_both_are_detected() -> None:
    found = Mutation(trials=trials(killed=6, timeout=3, survived=1))
    assert found.counts == {"killed": 6, "timeout": 3, "survived": 1}
    assert found.share == pytest.approx(0.9)
    assert found.holds
    assert [trial.outcome for trial in found.survivors] == ["survived"]


def test_fewer_than_needed_do_not_hold() -> None:
    assert not Mutation(trials=trials(killed=8, survived=1)).holds


def test_equivalent_mutants_do_not_count() -> None:
    found = Mutation(trials=trials(killed=9, survived=1), equivalent=(excuse(MUTANTS[1]),))
    assert found.share == pytest.approx(0.9)
    assert found.holds


def test_nothing_tried_holds_only_where_all_are_equivalent() -> None:
    assert not Mutation(trials=()).holds
    assert Mutation(trials=(), equivalent=(excuse(MUTANTS[0]),)).holds


def test_one_that_was_stopped_does_not_hold() -> None:
    found = Mutation(trials=trials(killed=9), untried=1)
    assert not found.holds
    assert summary(found)[-1] == "stopped before its end: 1 mutants were not tried"


def test_the_summary_tells_counts_share_and_time() -> None:
    found = Mutation(
        trials=trials(killed=6, timeout=3, survived=1),
        equivalent=(excuse(MUTANTS[1]),),
        seconds=61.2,
    )
    assert summary(found) == [
        "10 mutants tried: 6 killed by a rule, 3 stopped a flow, 1 survived; 1 more are equivalent",
        "90.0% detected, 90% are needed; in 61 s",
        "say why 1 survive in fixtures/mutants/explained.toml",
    ]


def test_as_json_it_has_counts_share_and_each_mutant() -> None:
    told = json.loads(Mutation(trials=trials(killed=1)).model_dump_json())
    assert told["share"] == 1.0
    assert told["counts"]["killed"] == 1
    assert told["trials"][0]["mutant"]["original"] == "if (a && b) c();"


def test_mutants_with_a_reason_are_not_tried() -> None:
    chosen = sort_out(
        MUTANTS,
        Reasons(
            equivalent={MUTANTS[1].id: "it does not matter", "gone": "of another module"},
            unseen={MUTANTS[0].id: "no rule looks there"},
        ),
    )
    assert chosen.equivalent == (excuse(MUTANTS[1]),)
    assert chosen.unseen == {MUTANTS[0].id: "no rule looks there"}
    assert chosen.mutants == (MUTANTS[0], *MUTANTS[2:])


def test_the_flow_that_detected_a_mutant_comes_first_in_its_module() -> None:
    orders = Orders(["a", "b", "c"])
    assert orders.of("scope") == ("a", "b", "c")
    orders.learn("scope", "c")
    orders.learn("scope", "b")
    assert orders.of("scope") == ("b", "c", "a")


def test_a_new_module_begins_with_what_detected_most_elsewhere() -> None:
    orders = Orders(["a", "b", "c"])
    for flow in ("c", "b", "c"):
        orders.learn("scope", flow)
    assert orders.of("guards") == ("c", "b", "a")
