"""What of the model there is to exercise on an app."""

from harness.coverage import Exercisable
from harness.explorer import Bounds, action_names, crossable
from harness.flows import flows, in_part, left_out
from harness.targets.reference import TRAITS
from harness.traits import Traits

ALONE = Bounds(in_flight=1)  # of two at once a gate meets few: the model alone tells how many


def exercisable(traits: Traits, bounds: Bounds = ALONE) -> Exercisable:
    """The actions of the model, those that an app with these traits cannot do, and crossings.

    An app cannot do what only flows have that it has no way to do, for the shortest of the reasons.
    """
    return Exercisable(
        actions=action_names(), cannot=_cannot(traits), crossings=crossable(bounds, traits)
    )


def _cannot(traits: Traits) -> dict[str, str]:
    lacks = left_out(traits) | in_part(traits)
    done = {action.name for flow in flows(traits) for action in flow.actions}
    cannot: dict[str, str] = {}
    for flow in flows(TRAITS):
        lack = lacks.get(flow.name, "")
        for action in flow.actions if lack else ():
            if action.name not in done:
                cannot[action.name] = min(lack, cannot.get(action.name, lack), key=len)
    return cannot
