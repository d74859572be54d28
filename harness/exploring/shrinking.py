"""From a plan with a finding to the fewest actions that still have it.

First short plans are guessed, then actions are left out, then every few of them are tried, then
sessions go that nobody needs; at last what is left gets simpler arguments.
"""

import math
import time
from collections.abc import Callable, Iterable

from harness.explorer.possible import is_possible
from harness.exploring.simplifying import Still, simplified
from harness.exploring.slices import guesses, parts
from harness.plans import Plan, is_allowed
from harness.traits import Traits

Meets = Callable[[Plan], int | None]
# How many times the actions of the smallest plan may be performed in all for its parts, and what is
# kept for its sessions and arguments: of seven actions every part, of more those with the fewest.
PARTS = 20
KEPT = 5
# Of the time, what may be used before sessions and arguments are looked at.
SHARE = 0.9


def shrunk(  # noqa: PLR0913  what is looked for, and what it may cost
    plan: Plan,
    traits: Traits,
    meets: Meets,
    *,
    worth: int = 40,
    seconds: float = math.inf,
    late: Callable[[], None] | None = None,
) -> Plan:
    """The smallest plan that was found to meet the finding still; the plan itself if none does.

    Args:
        plan: meets it.
        traits: of the app.
        meets: performs a plan and says after how many of its actions it met the finding, None where
            it did not; what it raises ends the search, and is raised again.
        worth: how many times the actions of the plan may be performed in all; plans that are
            guessed are short, and many of them cost no more than one that is hardly smaller.
        seconds: for how long plans are tried; the last one may take longer.
        late: is called for each plan that is not tried because the time is over.
    """
    began = time.monotonic()
    over = began + SHARE * seconds
    tried: set[str] = {_key(plan)}
    left = worth * len(plan.actions)
    possible = is_possible(plan, traits)  # then nothing smaller is tried that is not

    def still(smaller: Plan) -> Plan | None:
        nonlocal left
        key = _key(smaller)
        if key in tried or left < len(smaller.actions):
            return None
        if time.monotonic() >= over:
            if late:
                late()
            return None
        if possible and not is_possible(smaller, traits):
            return None
        tried.add(key)
        left -= len(smaller.actions)
        step = meets(smaller)
        if step is None:
            return None
        if step < len(smaller.actions):
            return still(_beginning(smaller, step)) or smaller
        # What comes before the action that met it does not meet it.
        tried.update(_key(_beginning(smaller, count)) for count in range(step))
        return smaller

    from harness.exploring.fewest import fewest  # noqa: PLC0415  only a finding needs Hypothesis

    guess = _first(still, guesses(plan, traits)) or plan
    best = fewest(guess, traits, still)
    kept = max(left - PARTS * len(best.actions), min(left, KEPT * len(best.actions)))
    left -= kept
    best = _first(still, parts(best, traits)) or best
    left += kept
    over = began + seconds
    return simplified(_with_less_around(best, traits, still), traits, still)


def _first(still: Still, plans: Iterable[Plan]) -> Plan | None:
    return next((met for met in map(still, plans) if met), None)


def _with_less_around(plan: Plan, traits: Traits, still: Still) -> Plan:
    """Without the other sessions that it does not need: all at once, else one by one."""
    alone = plan.model_copy(update={"others": ()})
    if len(plan.others) > 1 and is_allowed(alone, traits) and still(alone):
        return alone
    for other in plan.others:
        others = tuple(each for each in plan.others if each != other)
        fewer = plan.model_copy(update={"others": others})
        if is_allowed(fewer, traits) and still(fewer):
            plan = fewer
    return plan


def _beginning(plan: Plan, count: int) -> Plan:
    return plan.model_copy(update={"actions": plan.actions[:count]})


def _key(plan: Plan) -> str:
    return plan.model_dump_json(exclude={"name", "title"})
