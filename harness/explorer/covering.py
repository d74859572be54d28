"""Plans that take every transition of a slice: an action in a situation.

A greedy walk to the nearest transition that is not covered yet: the heuristic for the directed
rural postman problem, which is NP-hard (Eiselt, Gendreau, Laporte: Arc Routing Problems, part II,
1995). No set of plans takes fewer actions than there are transitions. A walk goes on beyond the
bound of depth, for that a page is opened anew costs more than an action; and what one slice has
taken need not be taken for another.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple, TypeVar

from harness.actions import ACTIONS, AnyAction
from harness.errors import UsageError
from harness.explorer.exhaustive import Exploration
from harness.explorer.moves import move_named
from harness.explorer.situations import Situation
from harness.plans import Plan

LONGEST = 40  # actions of a plan; what is left begins with a fresh session
WIDEST = 1000  # states that are looked at for the way to what is left
Class = tuple[Situation, str]
Thing = TypeVar("Thing")
Way = tuple[str, ...]


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
    return frozenset((node.situation, label) for node in found.within for label in node.edges or ())


def never_taken(plans: Iterable[Plan]) -> tuple[str, ...]:
    """The names of the model's actions that no plan takes, in order."""
    taken = {type(action) for plan in plans for action in plan.actions}
    return tuple(sorted(each.called() for each in {*ACTIONS} - taken))


def cover(
    found: Exploration, *, longest: int = LONGEST, seed: int = 0, taken: set[Class] | None = None
) -> Cover:
    """Plans that take every class of transitions of an exploration.

    Args:
        found: the exploration; it is gone on with where a walk leads out of it.
        longest: so many actions a plan has at most; more than the exploration is deep.
        seed: decides between ways that are as good; the same one gives the same plans.
        taken: what need not be covered any more; gets what the plans take.

    Raises:
        UsageError: so short a plan does not reach all.
    """
    walk = _Walk(found, longest, Random(seed), taken if taken is not None else set())  # noqa: S311
    walks = tuple(walk.all())
    plans = (_plan(found, labels, number) for number, labels in enumerate(walks, start=1))
    return Cover(tuple(plans), classes_of(found))


class _Walk:
    """Walks in the graph of an exploration until nothing is left to cover."""

    def __init__(self, found: Exploration, longest: int, random: Random, taken: set[Class]) -> None:
        self._found = found
        self._longest = longest
        self._random = random
        self._taken = taken
        self._ways: dict[int, tuple[int, str]] = {}  # the first way to a state, and from which
        self._first: dict[Class, int] = {}  # the first state in which a class is
        for number, node in enumerate(found.within):
            for label, after in (node.edges or {}).items():
                self._ways.setdefault(after, (number, label))
                self._first.setdefault((node.situation, label), number)
        self._left = dict.fromkeys(each for each in self._first if each not in taken)
        self._news = Counter(situation for situation, _ in self._left)

    def all(self) -> Iterator[Way]:
        """The labels of each walk from the start on."""
        while self._left:
            walk = tuple(self._one())
            if not walk:
                raise UsageError(
                    f"no plan of {self._longest} actions reaches what is left: allow longer ones"
                )
            yield walk

    def _one(self) -> Iterator[str]:
        at, way = 0, self._afresh(self._longest)
        room = self._longest
        while way:
            for label in way:
                self._take((self._found.nodes[at].situation, label))
                at = self._found.edges(at)[label]
                yield label
            room -= len(way)
            way = self._nearest(at, room)

    def _take(self, each: Class) -> None:
        self._taken.add(each)
        if each in self._left:
            del self._left[each]
            self._news[each[0]] -= 1

    def _afresh(self, room: int) -> Way:
        """The shortest way from the start that ends with what is left."""
        depth = min(map(self._depth, self._left), default=room)
        if depth >= room:
            return ()
        some = [each for each in self._left if self._depth(each) == depth]
        each = self._best([(each, self._news[each[0]]) for each in some])
        labels, at = [each[1]], self._first[each]
        while at:
            at, label = self._ways[at]
            labels.append(label)
        return tuple(reversed(labels))

    def _depth(self, each: Class) -> int:
        return self._found.nodes[self._first[each]].depth

    def _nearest(self, at: int, room: int) -> Way:
        """The shortest way from a state that ends with what is left; none where afresh is shorter.

        Of those as short, one to a situation of which most is left.
        """
        room = min([room, *(self._depth(each) + 1 for each in self._left)])
        ways: dict[int, Way] = {at: ()}
        layer = [at]
        for _ in range(room if self._left else 0):
            if ends := [*self._ends(layer)]:
                node, label = self._best(ends)
                return (*ways[node], label)
            layer = [*self._beyond(layer, ways)]
            if len(ways) > WIDEST:
                break
        return ()

    def _ends(self, layer: Iterable[int]) -> Iterator[tuple[tuple[int, str], int]]:
        for node in layer:
            situation = self._found.nodes[node].situation
            if self._news[situation]:
                for label, after in self._found.edges(node).items():
                    if (situation, label) in self._left:
                        yield (node, label), self._news[self._found.nodes[after].situation]

    def _beyond(self, layer: Iterable[int], ways: dict[int, Way]) -> Iterator[int]:
        for node in layer:
            for label, after in self._found.edges(node).items():
                if after not in ways:
                    ways[after] = (*ways[node], label)
                    yield after

    def _best(self, rated: list[tuple[Thing, int]]) -> Thing:
        most = max(rate for _, rate in rated)
        return self._random.choice([thing for thing, rate in rated if rate == most])


def _plan(found: Exploration, labels: Way, number: int) -> Plan:
    """The walk as actions with words of their own.

    Raises:
        ValueError: a guard refuses one of them: two worlds of one state differ after all.
    """
    base = found.bounds.plan
    world = found.bounds.start(found.traits)
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
