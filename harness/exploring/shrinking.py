"""From a plan with a finding to the fewest actions that still have it.

Delta debugging (Zeller & Hildebrandt, Simplifying and Isolating Failure-Inducing Input, 2002):
parts of the plan are left out, ever smaller ones, as long as the finding stays. What the model does
not allow any more once an action is gone goes with it, and is never performed. At last what is left
gets simpler arguments.
"""

from collections.abc import Callable, Iterator

from harness.exploring.simplifying import simplified
from harness.plans import Plan, allowed
from harness.traits import Traits

Meets = Callable[[Plan], bool]


def shrunk(plan: Plan, traits: Traits, meets: Meets, *, trials: int = 60) -> Plan:
    """The smallest plan that was found to meet the finding still; the plan itself if none does.

    Args:
        plan: meets it.
        traits: of the app.
        meets: performs a plan and says whether it meets the finding.
        trials: how many plans may be performed.
    """
    tried: set[str] = {_key(plan)}
    left = trials

    def still(smaller: Plan) -> bool:
        nonlocal left
        key = _key(smaller)
        if key in tried or not left:
            return False
        tried.add(key)
        left -= 1
        return meets(smaller)

    best = _without_parts(plan, traits, still)
    return simplified(_with_less_around(best, traits, still), traits, still)


def _without_parts(plan: Plan, traits: Traits, still: Meets) -> Plan:
    size = len(plan.actions) // 2
    while size:
        smaller = next(filter(still, _cut(plan, size, traits)), None)
        if smaller:
            plan = smaller
            size = min(size, len(plan.actions) // 2)
        else:
            size //= 2
    return plan


def _cut(plan: Plan, size: int, traits: Traits) -> Iterator[Plan]:
    """The plan without each of its parts of that size; the last one first, nothing builds on it."""
    for start in range(len(plan.actions) - size, -1, -size):
        rest = (*plan.actions[:start], *plan.actions[start + size :])
        if rest and (smaller := allowed(plan, rest, traits)):
            yield smaller


def _with_less_around(plan: Plan, traits: Traits, still: Meets) -> Plan:
    """Without the other sessions that it does not need."""
    for other in plan.others:
        others = tuple(each for each in plan.others if each != other)
        fewer = plan.model_copy(update={"others": others})
        smaller = allowed(fewer, plan.actions, traits)
        if smaller and len(smaller.actions) == len(plan.actions) and still(smaller):
            plan = smaller
    return plan


def _key(plan: Plan) -> str:
    return plan.model_dump_json(exclude={"name", "title"})
