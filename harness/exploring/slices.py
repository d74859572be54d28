"""Short plans that may still have the finding of a long one: guesses, before anything is searched.

A finding shows at the last action. Most need no more than that one, or one other before it, and
what the model asks for both; and of the others most need what comes shortly before.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations, islice, pairwise

from harness.plans import Plan, is_allowed, predict, start_of, why_not
from harness.traits import Traits

MANY = 2000  # of the parts of a plan; one of eleven actions has half as many
Places = tuple[int, ...]  # actions of a plan by their numbers, from 0


def guesses(plan: Plan, traits: Traits) -> Iterator[Plan]:
    """Its last action, its last ones, twice as many each time, then its other slices.

    What the last four or eight have needs far fewer guesses afterwards than what the whole plan
    has.

    Args:
        plan: the model allows it.
        traits: of the app.
    """
    short = slices(plan, traits)
    yield from islice(short, 1)
    size, many = len(plan.actions), 2
    while (many := 2 * many) < size:
        places = _needed(plan, {*range(size - many, size)}, traits)
        if len(places) < size:
            yield _of(plan, places)
    yield from short


def parts(plan: Plan, traits: Traits) -> Iterator[Plan]:
    """Plans of fewer of its actions in every choice, with the last one; the fewest first.

    Of as many actions one that changes the directory comes before others.

    Args:
        plan: the model allows it.
        traits: of the app.
    """
    last = len(plan.actions) - 1
    moves = _moves(plan, traits)
    chosen = (
        places
        for many in range(last)
        for places in sorted(combinations(range(last), many), key=moves.isdisjoint)
    )
    for places in islice(chosen, MANY):
        part = _of(plan, (*places, last))
        if is_allowed(part, traits):
            yield part


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
            yield _of(plan, places)


def _of(plan: Plan, places: Places) -> Plan:
    return plan.model_copy(update={"actions": tuple(plan.actions[place] for place in places)})


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
