"""Plans that take every transition of a slice: an action in a situation.

A greedy walk to the nearest transition that is not covered yet: the heuristic for the directed
rural postman problem, which is NP-hard (Eiselt, Gendreau, Laporte: Arc Routing Problems, part II,
1995). No set of plans takes fewer actions than there are transitions.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple, get_args

from harness.actions import Action, AnyAction
from harness.explorer.exhaustive import Exploration
from harness.explorer.moves import move_named
from harness.explorer.situations import Situation, situation_of
from harness.plans import Plan

LONGEST = 40  # actions of a plan; what is left begins with a fresh session
Class = tuple[Situation, str]


class Cover(NamedTuple):
    """Plans, and the classes of transitions that they are for."""

    plans: tuple[Plan, ...]
    classes: frozenset[Class]

    @property
    def actions(self) -> int:
        """How many there are in all plans; never fewer than classes."""
        return sum(len(plan.actions) for plan in self.plans)


def classes_of(found: Exploration) -> frozenset[Class]:
    """The classes of all transitions within the bounds."""
    return frozenset(
        (situation_of(node.world), label) for node in found.nodes for label in node.edges or ()
    )


def never_taken(plans: Iterable[Plan]) -> tuple[str, ...]:
    """The names of the model's actions that no plan takes, in order."""
    union, _ = get_args(AnyAction)
    classes: tuple[type[Action], ...] = get_args(union)
    taken = {type(action) for plan in plans for action in plan.actions}
    return tuple(sorted(str(each.model_fields["name"].default) for each in {*classes} - taken))


def cover(found: Exploration, *, longest: int = LONGEST) -> Cover:
    """Plans of at most `longest` actions that take every class of transitions of an exploration.

    The same exploration gives the same plans. `longest` must be more than its depth.
    """
    walk = _Walk(found, longest)
    walks = tuple(walk.all())
    plans = (_plan(found, labels, number) for number, labels in enumerate(walks, start=1))
    return Cover(tuple(plans), classes_of(found))


class _Walk:
    """Walks in the graph of an exploration until nothing is left to cover."""

    def __init__(self, found: Exploration, longest: int) -> None:
        self._nodes = found.nodes
        self._situations = [situation_of(node.world) for node in found.nodes]
        self._left = set(classes_of(found))
        self._longest = longest

    def all(self) -> Iterator[tuple[str, ...]]:
        """The labels of each walk from the start on."""
        while self._left:
            walk = tuple(self._one())
            if not walk:
                raise ValueError(f"no plan of {self._longest} actions reaches what is left")
            yield walk

    def _one(self) -> Iterator[str]:
        at, room = 0, self._longest
        while room and (way := self._nearest(at, room, on=True) or self._nearest(at, room)):
            for label in way:
                self._left.discard((self._situations[at], label))
                at = (self._nodes[at].edges or {})[label]
                yield label
            room -= len(way)

    def _nearest(self, at: int, room: int, *, on: bool = False) -> tuple[str, ...] | None:
        """The shortest way that ends with a transition which is not covered.

        With `on`, in a state from which the walk can go on: the deepest states lead nowhere.
        """
        ways: dict[int, tuple[str, ...]] = {at: ()}
        queue = deque([at])
        while queue:
            node = queue.popleft()
            way = ways[node]
            if len(way) >= room:
                return None
            for label, after in (self._nodes[node].edges or {}).items():
                goes_on = not on or self._nodes[after].edges is not None
                if goes_on and (self._situations[node], label) in self._left:
                    return (*way, label)
                if after not in ways:
                    ways[after] = (*way, label)
                    queue.append(after)
        return None


def _plan(found: Exploration, labels: tuple[str, ...], number: int) -> Plan:
    """The walk as actions with words of their own.

    Raises:
        ValueError: a guard refuses one of them: two worlds of one state differ after all.
    """
    base = found.bounds.plan
    world = found.nodes[0].world
    actions: list[AnyAction] = []
    for step, label in enumerate(labels):
        _, action = move_named(label, world, step)
        if refusal := action.guard(world):
            raise ValueError(f"{label} in step {step + 1} of a covering plan: {refusal}")
        actions.append(action)
        world = action.effect(world)
    return base.model_copy(
        update={
            "name": f"cover-{found.slice.name}-{number}",
            "title": f"Cover {found.slice.title} ({number})",
            "actions": tuple(actions),
        }
    )
