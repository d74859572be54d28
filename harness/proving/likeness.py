"""Which plans do what a flow does: they are given to a fault first that acts on the flow.

A flow has little that others lack, such as the answers that it keeps back; that is what counts, by
the inverse document frequency (Spärck Jones, 1972): what every plan does says nothing of any.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from math import log
from typing import Literal, get_origin

from harness.actions import Action, SendPrompt
from harness.plans import Plan

Kind = tuple[object, ...]


class Likeness:
    """How much plans do of what a flow does.

    Args:
        plans: by name.
    """

    def __init__(self, plans: Mapping[str, Plan]) -> None:
        self._kinds = {name: kinds(plan) for name, plan in plans.items()}
        self._plans_with = Counter(kind for each in self._kinds.values() for kind in each)

    def alike(self, flow: Plan, names: list[str]) -> list[str]:
        """Those of the plans that are at all like a flow, the likest first; else as they come."""
        wanted = kinds(flow)
        rated = {name: self._rating(wanted & self._kinds[name]) for name in names}
        return sorted(filter(rated.__getitem__, names), key=lambda name: -rated[name])

    def _rating(self, common: frozenset[Kind]) -> float:
        return sum(log(len(self._kinds) / self._plans_with[kind]) for kind in common)


def kinds(plan: Plan) -> frozenset[Kind]:
    """What a plan does, without the words and places of its actions."""
    return frozenset(_kind(action) for action in plan.actions)


def _kind(action: Action) -> Kind:
    said = (action.said.kind,) if isinstance(action, SendPrompt) else ()
    return (*(getattr(action, name) for name in _choices(type(action))), *said)


@cache
def _choices(kind: type[Action]) -> tuple[str, ...]:
    """The name of an action, and those of its arguments of which there are but a few."""
    types = ((name, field.annotation) for name, field in kind.model_fields.items())
    return tuple(name for name, of in types if of is bool or get_origin(of) is Literal)
