"""From the fewest actions to the simplest arguments: those that an action has by itself.

Words and figures become simpler so, and what is held is held no more. A choice between several ways
is left alone: none of them is simpler. So is what the app makes of the words: it would do so still.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, get_origin

from harness.actions import AnyAction
from harness.plans import Plan, is_allowed
from harness.traits import Traits

Still = Callable[[Plan], Plan | None]  # as much of a plan as meets the finding, too; None else
Place = tuple[int, str]  # an action by its number, from 0, and one of its arguments
FACTS = frozenset({"heard", "of"})  # of a command: what it says, and the directory that has it


def simplified(plan: Plan, traits: Traits, still: Still) -> Plan:
    """The plan with as many arguments as by default as it can have: all at once, else one by one.

    Args:
        plan: meets the finding.
        traits: of the app.
        still: performs a plan; answers with as much of it as meets the finding, too.
    """
    places = [*_special(plan)]
    whole = plan
    for place in places:  # as many as the model allows together
        simpler = _plain(whole, [place])
        whole = simpler if is_allowed(simpler, traits) else whole
    if whole != plan and still(whole):
        return whole
    for place in places if len(places) > 1 else ():
        simpler = _plain(plan, [place])
        if is_allowed(simpler, traits) and still(simpler):
            plan = simpler
    return plan


def _special(plan: Plan) -> Iterator[Place]:
    """The arguments that are not as they are by default; the last action's first."""
    for number in range(len(plan.actions) - 1, -1, -1):
        action = plan.actions[number]
        for name, field in type(action).model_fields.items():
            chosen = field.is_required() or get_origin(field.annotation) is Literal
            if name not in FACTS and not chosen and getattr(action, name) != field.default:
                yield number, name


def _plain(plan: Plan, places: Sequence[Place]) -> Plan:
    actions = list(plan.actions)
    for number, name in places:
        actions[number] = _with_default(actions[number], name)
    return plan.model_copy(update={"actions": tuple(actions)})


def _with_default(action: AnyAction, name: str) -> AnyAction:
    return action.model_copy(update={name: type(action).model_fields[name].default})
