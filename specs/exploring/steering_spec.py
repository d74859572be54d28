"""Walks are allowed, the same for a seed, and come to what was taken least."""

from itertools import pairwise

import pytest

from harness.actions import OpenSession, Release, Reload
from harness.explorer.bounds import Bounds
from harness.explorer.moves import OFFERS
from harness.exploring import Steering
from harness.exploring.steering import ASKED, DEAR, PLACES
from harness.plans import Plan, predict
from harness.targets.reference import TRAITS
from harness.traits import Traits

WALKS = 4
PLAIN = Traits(
    rows="virtual",
    own_send="follow",
    declared_binds=False,
    enters_by=("move",),
    can=frozenset({"address", "move"}),
)


def walks(steering: Steering, count: int, *, accounted: bool = True) -> list[Plan]:
    drawn: list[Plan] = []
    for _ in range(count):
        drawn.append(steering.draw(10))
        if accounted:
            steering.account(drawn[-1], len(drawn[-1].actions))
    return drawn


@pytest.mark.parametrize("traits", [TRAITS, PLAIN], ids=["reference", "plain"])
def test_every_walk_is_a_plan_that_the_model_allows(traits: Traits) -> None:
    for plan in walks(Steering(1, traits), WALKS):
        assert predict(plan, traits)


def test_an_app_is_not_asked_for_what_it_cannot() -> None:
    names = {action.name for plan in walks(Steering(1, PLAIN), WALKS) for action in plan.actions}
    assert names.isdisjoint({"revert", "restore", "open-review", "choose-model", "others-work"})
    assert {"send-prompt", "enter-worktree"} <= names


def test_the_same_seed_draws_the_same_walks_and_another_others() -> None:
    first, again, other = (walks(Steering(seed, TRAITS), 2) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_what_is_kept_back_is_let_go_at_the_end() -> None:
    kept = [predict(plan, TRAITS)[-1] for plan in walks(Steering(5, TRAITS), WALKS)]
    assert not any(world.in_flight for world in kept)


def test_a_turn_is_at_its_end_when_the_walk_is() -> None:
    plans = [*walks(Steering(7, TRAITS), WALKS)]
    assert any(world.running for plan in plans for world in predict(plan, TRAITS))
    assert not any(predict(plan, TRAITS)[-1].running for plan in plans)


def test_the_bounds_hold_along_the_way() -> None:
    bounds = Bounds(queue=1, in_flight=1, kept=1)
    for plan in walks(Steering(2, TRAITS, bounds), WALKS):
        assert not any(bounds.passed(world) for world in predict(plan, TRAITS))


def test_a_page_comes_to_few_places_while_questions_about_them_are_kept_back() -> None:
    def most(plan: Plan) -> int:
        worlds, places, most = predict(plan, TRAITS), 0, 0
        for before, after in pairwise(worlds):
            asked = any(after.holds(what) for what in ASKED)
            places = places + (before.view != after.view) if asked else 0
            most = max(most, places)
        return most

    assert max(map(most, walks(Steering(7, TRAITS), 60))) == PLACES


def test_it_goes_to_what_was_taken_least() -> None:
    steered, blind = Steering(4, TRAITS), Steering(4, TRAITS)
    walks(steered, 24)
    for plan in walks(blind, 24, accounted=False):
        blind.account(plan, len(plan.actions))
    assert len(steered.taken) > len(blind.taken)


def test_pages_are_loaded_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    def loads() -> int:
        plans = walks(Steering(6, TRAITS), 20)
        return sum(action.name in DEAR for plan in plans for action in plan.actions)

    seldom = loads()
    monkeypatch.setattr("harness.exploring.steering.DEAR", {})
    assert loads() > 1.3 * seldom


def test_only_the_steps_that_were_performed_are_accounted() -> None:
    steering = Steering(4, TRAITS)
    plan = steering.draw(14)
    halves = (plan.actions[:2], plan.actions[2:])
    assert steering.account(plan, 2) == 2
    assert sum(steering.taken.values()) == 2
    performed, left = ({action.name for action in some} for some in halves)
    assert left - performed
    assert left - performed <= {*steering.untaken}


def test_a_plan_that_was_not_drawn_is_accounted_too() -> None:
    steering = Steering(4, TRAITS)
    plan = Bounds().plan.model_copy(update={"actions": (OpenSession(), Reload())})
    assert steering.account(plan, 2) == 2
    assert {"open-session", "reload"}.isdisjoint(steering.untaken)


def test_most_actions_come_within_a_few_walks() -> None:
    """The rarest need a prompt that was queued, sent at the turn's end, and refused."""
    steering = Steering(6, TRAITS)
    walks(steering, 15)
    assert len(steering.untaken) <= len(OFFERS) // 5


def test_an_answer_that_fails_late_is_let_go_too() -> None:
    drawn = walks(Steering(9, TRAITS), 8)
    assert any(isinstance(plan.actions[-1], Release) for plan in drawn)
