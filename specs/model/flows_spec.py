"""The flows of the gate: plain data that the model allows, for every kind of app."""

from typing import get_args

import pytest

from harness.actions import ACTIONS, Action
from harness.flows import LESSER, NEEDS, flows, in_part, left_out, named
from harness.plans import Plan, predict
from harness.traits import LACKS, Ability, Traits
from harness.world import OwnSend
from specs.model.acting import ABLE
from specs.model.acting import TRAITS as DEFERRING

TRAITS = DEFERRING.model_copy(update={"can": frozenset()})
FLOWS = flows(ABLE)
ABILITIES: tuple[Ability, ...] = get_args(Ability)
BY_ADDRESS = {
    "round-trip-address-history",
    "round-trip-address-bottom",
    "round-trip-address-warm-history",
}
# What a page of another maker lacks, for which the flows have a lesser form.
SIMPLER = ABLE.model_copy(
    update={
        "can": ABLE.can - {"defer", "hears", "queue", "review", "servers"},
        "own_send": "follow",
    }
)
SENDS: tuple[OwnSend, ...] = get_args(OwnSend)


def names(traits: Traits) -> set[str]:
    return {plan.name for plan in flows(traits)}


@pytest.mark.parametrize("own_send", SENDS)
@pytest.mark.parametrize("plan", FLOWS, ids=lambda plan: plan.name)
def test_every_flow_is_allowed_and_foretold_alike_twice(plan: Plan, own_send: OwnSend) -> None:
    traits = ABLE.model_copy(update={"own_send": own_send})
    worlds = predict(plan, traits)
    assert len(worlds) == len(plan.actions) + 1
    assert predict(plan, traits) == worlds
    assert worlds[-1].view is not None


@pytest.mark.parametrize("plan", FLOWS, ids=lambda plan: plan.name)
def test_every_flow_lets_go_of_all_that_it_kept_back(plan: Plan) -> None:
    end = predict(plan, ABLE)[-1]
    assert (end.held, end.refused, end.in_flight, end.running) == ((), (), (), None)


@pytest.mark.parametrize("plan", FLOWS, ids=lambda plan: plan.name)
def test_every_flow_survives_json(plan: Plan) -> None:
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


@pytest.mark.parametrize("plan", FLOWS, ids=lambda plan: plan.name)
def test_every_flow_names_the_sessions_that_it_shows(plan: Plan) -> None:
    worlds = predict(plan, ABLE)
    shown = [world.view.session for world in worlds if world.view]
    prompted = [sent.session for sent in worlds[-1].sent]
    assert all(other.scope in (*shown, *prompted) for other in plan.others)


@pytest.mark.parametrize("ability", ABILITIES)
def test_a_flow_is_left_out_for_each_ability_that_is_lacking_and_says_which(
    ability: Ability,
) -> None:
    traits = ABLE.model_copy(update={"can": ABLE.can - {ability}})
    left = left_out(traits)
    assert {*left} == names(ABLE) - names(traits)
    assert set(left.values()) <= {LACKS[ability]}


def test_a_flow_is_left_out_where_the_app_has_not_its_way_into_a_worktree() -> None:
    traits = ABLE.model_copy(update={"enters_by": ("tool",)})
    assert left_out(traits)["stale-revert"] == "no worktree is entered in it by a move"


def test_an_app_that_can_all_has_no_flow_left_out() -> None:
    assert left_out(ABLE) == {}


@pytest.mark.parametrize("enters_by", [("tool",), ("move",), ("move", "tool")])
@pytest.mark.parametrize("own_send", SENDS)
def test_an_app_gets_no_flow_that_it_cannot_take(
    enters_by: tuple[str, ...], own_send: OwnSend
) -> None:
    traits = ABLE.model_copy(update={"enters_by": enters_by, "own_send": own_send})
    for plan in flows(traits):
        assert len(predict(plan, traits)) == len(plan.actions) + 1
    left_out = names(ABLE) - names(traits)
    assert ("stale-revert" in left_out) == ("move" not in enters_by)
    assert ("followup-target" in left_out) == ("tool" not in enters_by)


def test_where_no_worktree_is_entered_the_rest_of_the_round_trip_is_tried() -> None:
    traits = ABLE.model_copy(update={"enters_by": ()})
    trips = {name for name in names(ABLE) if name.startswith("round-trip")}
    reason = "no worktree is entered in it by a move"
    assert {left_out(traits)[name] for name in trips} == {reason}
    in_place = {"follow-up-in-place-history", "follow-up-in-place-bottom"}
    by_address = {"follow-up-address-history", "follow-up-address-bottom"}
    assert names(traits) - names(ABLE) == in_place | by_address
    fixed = traits.model_copy(update={"can": ABLE.can - {"address"}})
    assert names(fixed) - names(ABLE) == in_place
    for plan in flows(traits):
        assert len(predict(plan, traits)) == len(plan.actions) + 1


def test_the_follow_up_without_a_worktree_is_there_for_every_app_that_names_it() -> None:
    staying = ABLE.model_copy(update={"enters_by": ()})
    common = {name for name in named(staying) if name.startswith("follow-up")}
    assert {*named(ABLE)} - names(ABLE) == common == names(staying) - names(ABLE)
    assert all(named(ABLE)[name] == named(staying)[name] for name in common)
    assert {*named(TRAITS)} - names(TRAITS) == {name for name in common if "in-place" in name}
    for name in common:
        assert len(predict(named(ABLE)[name], ABLE)) == len(named(ABLE)[name].actions) + 1


def test_names_are_unique() -> None:
    assert len({plan.name for plan in FLOWS}) == len(FLOWS)


def test_an_app_that_can_everything_takes_every_flow() -> None:
    assert names(ABLE) - names(TRAITS) == {*BY_ADDRESS, *(plan.name for plan, _ in NEEDS)}


@pytest.mark.parametrize("ability", ABILITIES)
def test_a_flow_is_left_out_exactly_when_an_app_lacks_what_it_needs(ability: Ability) -> None:
    needing = {plan.name for plan, needs in NEEDS if ability in needs}
    assert needing or ability == "address"
    tried = {plan.name for plan, needs in LESSER if ability not in needs}
    left = needing - tried | (BY_ADDRESS if ability == "address" else set[str]())
    lacking = ABLE.model_copy(update={"can": ABLE.can - {ability}})
    assert names(ABLE) - names(lacking) == left


@pytest.mark.parametrize(("plan", "needs"), LESSER)
def test_a_flow_has_a_lesser_form_for_an_app_that_cannot_do_the_whole(
    plan: Plan, needs: frozenset[Ability]
) -> None:
    traits = SIMPLER.model_copy(update={"can": SIMPLER.can | needs})
    assert plan in flows(traits)
    assert plan not in FLOWS
    assert plan.name in names(ABLE)
    end = predict(plan, traits)[-1]
    assert (end.held, end.refused, end.in_flight, end.running) == ((), (), (), None)
    assert not end.waiting


def test_what_is_done_in_part_says_what_is_lacking_for_the_rest() -> None:
    said = in_part(SIMPLER)
    assert {*said} == {plan.name for plan, _ in LESSER}
    assert said["timeline-owner"] == LACKS["servers"]
    assert not {*said} & {*left_out(SIMPLER)}
    assert in_part(ABLE) == {}


def test_the_round_trip_needs_nothing_that_not_every_app_can() -> None:
    assert names(TRAITS) == {"round-trip-in-place-history", "round-trip-in-place-bottom"}


def test_every_action_is_used_by_some_flow() -> None:
    used = {type(action) for plan in FLOWS for action in plan.actions}
    assert used == set(ACTIONS)
    assert all(issubclass(action, Action) for action in used)


@pytest.mark.parametrize("plan", [plan for plan, _ in NEEDS], ids=lambda plan: plan.name)
def test_a_flow_needs_what_it_does(plan: Plan) -> None:
    needs = {each.name: needs for each, needs in NEEDS}[plan.name]
    done = {action.name for action in plan.actions}
    assert ("servers" in needs) == (len(plan.servers) > 1)
    assert ("review" in needs) == ("open-review" in done)
    assert ("revert" in needs) == ("revert" in done)
