"""The covering plans take every class of transitions, as an independent replay counts them."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from harness.actions import OthersWork
from harness.errors import UsageError
from harness.explorer import SLICES, Bounds, Cover, Exploration, cover, explore, never_taken
from harness.explorer.moves import candidates
from harness.explorer.situations import Situation, situation_of
from harness.explorer.slices import SIDES
from harness.flows import flows
from harness.plans import Plan, predict
from specs.model.acting import ABLE

BOUNDS = Bounds(servers=1, steps=3)
NAMED = {each.name: each for each in SLICES}
QUEUE = NAMED["queue"]


@pytest.fixture(scope="module", name="queue")
def _queue() -> Exploration:
    return explore(QUEUE, BOUNDS, ABLE)


@pytest.fixture(scope="module", name="covered")
def _covered(queue: Exploration) -> Cover:
    return cover(queue, longest=12)


def classes_in(plan: Plan) -> Iterator[tuple[Situation, str]]:
    """The class of each action, by what the model says step by step."""
    worlds = predict(plan, ABLE)
    for number, action in enumerate(plan.actions):
        before = worlds[number]
        (label,) = (label for label, other in candidates(before, number) if other == action)
        yield situation_of(before), label


def taking(pattern: str, covered: Cover) -> Iterator[Situation]:
    """The situations in which the plans take what has such a label."""
    for plan in covered.plans:
        for situation, label in classes_in(plan):
            if re.fullmatch(pattern, label):
                yield situation


def test_every_class_is_taken(covered: Cover) -> None:
    taken = {(each,) for plan in covered.plans for each in classes_in(plan)}
    assert taken >= covered.runs


def test_every_two_in_a_row_are_taken() -> None:
    found = explore(QUEUE, BOUNDS.model_copy(update={"steps": 2}), ABLE)
    in_pairs = cover(found, span=2, longest=20)
    taken = {two for plan in in_pairs.plans for two in pairwise(classes_in(plan))}
    assert taken >= in_pairs.runs
    assert {(one,) for two in in_pairs.runs for one in two} == cover(found).runs
    assert in_pairs.actions < 3 * len(in_pairs.runs)


@pytest.mark.parametrize("what", ["diff", "artifacts"])
def test_an_answer_of_an_earlier_visit_comes_outdated(what: str) -> None:
    review = explore(NAMED["review"], Bounds(servers=1, sessions=1), ABLE)
    coming = [situation.in_flight for situation in taking(f"release {what}", cover(review))]
    assert any(f"outdated {what} of an earlier visit" in kinds for kinds in coming)


@pytest.mark.parametrize("where", ["another directory", "an earlier visit"])
@pytest.mark.parametrize("comes", ["", "failing "])
def test_a_click_is_answered_and_fails_late_in_every_place(comes: str, where: str) -> None:
    revert = explore(NAMED["revert"], Bounds(servers=1, sessions=1), ABLE)
    coming = [situation.in_flight for situation in taking("release revert", cover(revert))]
    assert any(f"{comes}revert of {where}" in kinds for kinds in coming)


def test_a_queue_goes_on_while_another_one_is_held_up_and_is_left_then() -> None:
    queues = cover(explore(NAMED["queues"], Bounds(servers=1), ABLE))
    theirs = "follow-up of another session"
    goes_on = [each for each in taking("finish-turn", queues) if each.queue == "waiting"]
    assert any(each.in_flight == {theirs} for each in goes_on)
    left = [each for each in taking("show-session .*", queues) if each.queue == "waiting"]
    assert any(each.in_flight == {theirs, "follow-up"} for each in left)


@pytest.mark.parametrize("seed", range(3))
def test_somebody_works_in_many_directories_during_one_visit(seed: int) -> None:
    """In none of them before, and in the first one again."""
    (plan,) = cover(explore(NAMED["stores"], Bounds(), ABLE), seed=seed).plans
    opens, enters, *others = plan.actions
    assert (opens.name, enters.name) == ("open-session", "enter-worktree")
    worked = {other.directory for other in others if isinstance(other, OthersWork)}
    assert worked == {"root", *(f"side-{number}" for number in range(1, plan.sides + 1))}
    assert len(worked) == len(others) == SIDES + 1


def test_nothing_comes_before_what_a_slice_begins_with() -> None:
    stores = explore(NAMED["stores"], Bounds(), ABLE)
    begun = [node for node in stores.nodes if node.depth == 1]
    assert [list(node.edges or ()) for node in begun] == [["enter-worktree by move, nobody"]]
    anywhere = NAMED["stores"].model_copy(update={"begins": ()})
    freely = explore(anywhere, Bounds(), ABLE)
    (first,) = (node for node in freely.nodes if node.depth == 1)
    assert "others-work short in side-1" in (first.edges or ())


def test_plans_are_short_packed_and_named_apart(covered: Cover) -> None:
    assert all(len(plan.actions) <= 12 for plan in covered.plans)
    assert len(covered.runs) <= covered.actions < 2 * len(covered.runs)
    assert len({plan.name for plan in covered.plans}) == len(covered.plans)


def test_the_same_bounds_give_the_same_plans(queue: Exploration, covered: Cover) -> None:
    assert cover(queue, longest=12) == covered


def test_another_seed_gives_other_plans_for_the_same(queue: Exploration, covered: Cover) -> None:
    other = cover(queue, longest=12, seed=1)
    assert other.plans != covered.plans
    assert other.runs == covered.runs


def test_what_is_taken_already_is_not_covered_again(queue: Exploration, covered: Cover) -> None:
    taken = {*covered.runs}
    assert cover(queue, taken=taken).plans == ()


def test_too_short_plans_are_refused(queue: Exploration) -> None:
    with pytest.raises(UsageError, match="no plan of 1 actions"):
        cover(queue, longest=1)


def test_an_action_that_no_plan_takes_is_named() -> None:
    plans = flows(ABLE)
    assert never_taken(plans) == ()
    without = [plan for plan in plans if plan.name != "queue-paused"]
    assert never_taken(without) == ("resume-queue", "retry-queued")


def test_what_an_app_cannot_do_is_not_covered() -> None:
    lacking = ABLE.model_copy(update={"can": ABLE.can - {"status"}})
    found = explore(QUEUE, BOUNDS, lacking)
    names = {action.name for plan in cover(found).plans for action in plan.actions}
    assert "stop-turn" not in names
    assert "stop-turn" in found.cannot


def test_ways_go_round_what_loads_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    review = explore(NAMED["review"], Bounds(servers=1, sessions=1), ABLE)

    def loads() -> int:
        taken = (label for plan in cover(review).plans for _, label in classes_in(plan))
        return sum(label.startswith(("open-session", "reload")) for label in taken)

    seldom = loads()
    monkeypatch.setattr("harness.explorer.covering.LOADING", 1)
    assert loads() > 1.2 * seldom
