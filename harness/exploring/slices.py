"""Short plans that may still have the finding of a long one: guesses, before anything is searched.

A finding shows at the last action. Most need no more than that one, or one other before it, and
what the model asks for both.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from harness.plans import Plan, predict, start_of, why_not
from harness.traits import Traits

Places = tuple[int, ...]  # actions of a plan by their numbers, from 0


def slices(plan: Plan, traits: Traits) -> Iterator[Plan]:
    """Plans with the last action alone, then with one other each; the fewest actions first.

    Of as many actions one that changes the directory comes before others: it is what most findings
    need.

    Args:
        plan: the model allows it.
        traits: of the app.
    """
    last = len(plan.actions) - 1
    alone = _needed(plan, {last}, traits)
    others = {_needed(plan, {place, last}, traits) for place in range(last)} - {alone}
    moves = _moves(plan, traits)
    order = sorted(others, key=lambda each: (len(each), moves.isdisjoint(each), each))
    for places in (alone, *order):
        if len(places) <= last:
            actions = tuple(plan.actions[place] for place in places)
            yield plan.model_copy(update={"actions": actions})


def _moves(plan: Plan, traits: Traits) -> frozenset[int]:
    """The actions after which the page is in another directory; what opens the page is none."""
    changes = pairwise(predict(plan, traits))
    return frozenset(
        place
        for place, (before, after) in enumerate(changes)
        if before.view and before.epoch != after.epoch
    )


def _needed(plan: Plan, wanted: set[int], traits: Traits) -> Places:
    """The wanted actions, and those without which the model would not allow them.

    An answer that a wanted one lets go, or asks for in vain, is on its way here, too.
    """
    kept = _done(plan, range(len(plan.actions)), traits)
    wanted_done = {place: kept[place] for place in wanted}.items()
    for place in reversed(range(len(plan.actions))):
        fewer = _done(plan, (each for each in kept if each != place), traits)
        if wanted_done <= fewer.items():
            kept = fewer
    return tuple(kept)


def _done(plan: Plan, places: Iterable[int], traits: Traits) -> dict[int, int]:
    """The actions that can be done one after another; how many more answers wait after each."""
    world = start_of(plan, traits)
    done: dict[int, int] = {}
    for place in places:
        action = plan.actions[place]
        if why_not(action, world, traits) is None:
            after = action.effect(world)
            done[place] = len(after.in_flight) - len(world.in_flight)
            world = after
    return done
