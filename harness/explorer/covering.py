"""Plans that take every transition of a slice: an action in a situation; or every two in a row.

A greedy walk to the nearest transition that is not covered yet: the heuristic for the directed
rural postman problem, which is NP-hard (Eiselt, Gendreau, Laporte: Arc Routing Problems, part II,
1995). No set of plans takes fewer actions than there are transitions. A walk goes on beyond the
bound of depth, and round actions that load the page, for those cost more than others; and what one
slice has taken need not be taken for another.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from random import Random
from typing import NamedTuple, TypeVar

from harness.actions import ACTIONS, AnyAction
from harness.errors import UsageError
from harness.explorer.exhaustive import Exploration
from harness.explorer.moves import LOADS, move_named
from harness.explorer.situations import Situation
from harness.plans import Plan, start_of

LONGEST = 60  # actions of a plan; what is left begins with a fresh session
WIDEST = 1000  # states that are looked at for the way to what is left
LOADING = 6  # what an action that loads the page costs; another one costs 1
AFRESH = 8  # and what a plan more costs, besides its actions
Class = tuple[Situation, str]
Run = tuple[Class, ...]  # classes of transitions, each going on from where the last one leads
Thing = TypeVar("Thing")
Way = tuple[str, ...]


class Cover(NamedTuple):
    """Plans, and what they are for."""

    plans: tuple[Plan, ...]
    runs: frozenset[Run]

    @property
    def actions(self) -> int:
        """How many there are in all plans; never fewer than runs of one."""
        return sum(len(plan.actions) for plan in self.plans)


def never_taken(plans: Iterable[Plan]) -> tuple[str, ...]:
    """The names of the model's actions that no plan takes, in order."""
    taken = {type(action) for plan in plans for action in plan.actions}
    return tuple(sorted(each.called() for each in {*ACTIONS} - taken))


def cover(
    found: Exploration,
    *,
    span: int = 1,
    longest: int = LONGEST,
    seed: int = 0,
    taken: set[Run] | None = None,
) -> Cover:
    """Plans that take every class of transitions of an exploration.

    Args:
        found: the exploration; it is gone on with where a walk leads out of it.
        span: 2 has the plans take each two classes that can follow each other.
        longest: so many actions a plan has at most; more than the exploration is deep.
        seed: decides between ways that are as good; the same one gives the same plans.
        taken: what need not be covered any more; gets what the plans take.

    Raises:
        UsageError: so short a plan does not reach all.
    """
    known = taken if taken is not None else set[Run]()
    walk = _Walk(found, span, longest, Random(seed), known)  # noqa: S311
    walks = tuple(walk.all())
    plans = (_plan(found, labels, number) for number, labels in enumerate(walks, start=1))
    return Cover(tuple(plans), walk.runs)


def in_a_row(found: Exploration, span: int) -> frozenset[Run]:
    """All runs of so many transitions of an exploration, each class once."""
    numbers = (number for number, _ in enumerate(found.within))
    begun = (_begun_at(found, number, span, found.steps) for number in numbers)
    return frozenset(run for each in begun for _, run in each)


def _begun_at(
    found: Exploration, number: int, span: int, steps: float
) -> Iterator[tuple[Way, Run]]:
    """The labels, and the classes, of all runs of so many transitions from a state on.

    Args:
        found: the exploration.
        number: of the state.
        span: how many transitions.
        steps: how deep a state may be from which the last one goes.
    """
    situation = found.nodes[number].situation
    for label, after in found.edges(number).items():
        first: Run = ((situation, label),)
        if span == 1:
            yield (label,), first
        elif found.nodes[after].depth <= steps:
            for labels, run in _begun_at(found, after, span - 1, steps):
                yield (label, *labels), (*first, *run)


class _Walk:
    """Walks in the graph of an exploration until nothing is left to cover."""

    def __init__(
        self, found: Exploration, span: int, longest: int, random: Random, taken: set[Run]
    ) -> None:
        self._found = found
        self._span = span
        self._longest = longest
        self._random = random
        self._taken = taken
        self._ways: dict[int, tuple[int, str]] = {}  # the first way to a state, and from which
        self._first: dict[Run, tuple[int, Way]] = {}  # the first state that begins a run, and how
        for number, _ in enumerate(found.within):
            for label, after in found.edges(number).items():
                self._ways.setdefault(after, (number, label))
            for labels, run in _begun_at(found, number, span, found.steps):
                self._first.setdefault(run, (number, labels))
        self._left = dict.fromkeys(each for each in self._first if each not in taken)
        self._news = Counter(run[0][0] for run in self._left)
        self._depths = Counter(map(self._depth, self._left))

    @property
    def runs(self) -> frozenset[Run]:
        """All that there is to cover, whether it was taken before or not."""
        return frozenset(self._first)

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
        done: Run = ()
        while way:
            for label in way:
                done = (*done, (self._found.nodes[at].situation, label))[-self._span :]
                self._take(done)
                at = self._found.edges(at)[label]
                yield label
            room -= len(way)
            way = self._nearest(at, room)

    def _take(self, run: Run) -> None:
        self._taken.add(run)
        if run in self._left:
            del self._left[run]
            self._news[run[0][0]] -= 1
            self._depths[self._depth(run)] -= 1

    def _afresh(self, room: int) -> Way:
        """The shortest way from the start that ends with what is left."""
        depth = self._shallowest()
        if depth is None or depth + self._span > room:
            return ()
        some = [each for each in self._left if self._depth(each) == depth]
        at, labels = self._first[self._best([(each, self._news[each[0][0]]) for each in some])]
        before: list[str] = []
        while at:
            at, label = self._ways[at]
            before.append(label)
        return (*reversed(before), *labels)

    def _depth(self, run: Run) -> int:
        return self._found.nodes[self._first[run][0]].depth

    def _shallowest(self) -> int | None:
        """How deep the nearest state is from which something is left to take."""
        return min((depth for depth, left in self._depths.items() if left), default=None)

    def _nearest(self, at: int, room: int) -> Way:
        """The cheapest way from a state that ends with what is left; none where afresh is cheaper.

        Of those as cheap, one to a situation of which most is left.
        """
        depth = self._shallowest()
        if depth is None or room < self._span:
            return ()
        dearest = depth + self._span + AFRESH
        ends: list[tuple[tuple[Way, Way], int]] = []
        price = math.inf
        for cost, node, way in self._outward(at, room - self._span):
            if cost > min(price, dearest):
                break
            found = [((way, labels), news) for (_, labels), news in self._ends((node,))]
            if found:
                price = cost
                ends += found
        if not ends:
            return ()
        way, labels = self._best(ends)
        return (*way, *labels)

    def _outward(self, at: int, longest: int) -> Iterator[tuple[int, int, Way]]:
        """States and the cheapest ways to them, by what those cost (Dijkstra)."""
        costs = {at: 0}
        ways: dict[int, Way] = {at: ()}
        heap = [(0, at)]
        for _ in range(WIDEST):
            if not heap:
                return
            cost, node = heappop(heap)
            if cost > costs[node]:
                continue
            way = ways[node]
            yield cost, node, way
            if len(way) == longest:
                continue
            for label, after in self._found.edges(node).items():
                dearer = cost + _cost(label)
                if dearer < costs.get(after, math.inf):
                    costs[after], ways[after] = dearer, (*way, label)
                    heappush(heap, (dearer, after))

    def _ends(self, layer: Iterable[int]) -> Iterator[tuple[tuple[int, Way], int]]:
        for node in layer:
            if not self._news[self._found.nodes[node].situation]:
                continue
            for labels, run in _begun_at(self._found, node, self._span, math.inf):
                if run in self._left:
                    yield (node, labels), self._news[self._situation_after(node, labels)]

    def _situation_after(self, node: int, labels: Way) -> Situation:
        for label in labels:
            node = self._found.edges(node)[label]
        return self._found.nodes[node].situation

    def _best(self, rated: list[tuple[Thing, int]]) -> Thing:
        most = max(rate for _, rate in rated)
        return self._random.choice([thing for thing, rate in rated if rate == most])


def _cost(label: str) -> int:
    return LOADING if label.split(maxsplit=1)[0] in LOADS else 1


def _plan(found: Exploration, labels: Way, number: int) -> Plan:
    """The walk as actions with words of their own.

    Raises:
        ValueError: a guard refuses one of them: two worlds of one state differ after all.
    """
    base = found.bounds.plan_beside(found.slice.sides)
    world = start_of(base, found.traits)
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
