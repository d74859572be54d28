"""Breadth-first over every state of a slice within its bounds, and every transition between them.

That is bounded model checking by explicit states: the bounds are part of what is said of a result.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from harness.explorer.bounds import Bounds
from harness.explorer.outcomes import Answers, Choice, Outcomes
from harness.explorer.parts import Parts
from harness.explorer.situations import Situation
from harness.explorer.slices import SLICES, Slice
from harness.traits import Traits
from harness.world import World

Thing = TypeVar("Thing")


@dataclass(slots=True)
class Node:
    """A state of the model.

    Attributes:
        world: the world that stands for it.
        situation: of that world.
        depth: the fewest actions that lead to the state.
        edges: where each label leads, by the number of the state; None where it was not looked at.
    """

    world: World
    situation: Situation
    depth: int
    edges: dict[str, int] | None = None


@dataclass(slots=True)
class Exploration:
    """Every state of a slice that the bounds allow, and what guards and bounds had to say.

    Attributes:
        nodes: the states, numbered as they were met; the first is the start.
        allowed: how often an action was allowed, by its name.
        refused: how often it was not, by its name and the clause that refused it.
        beyond: how many transitions were left out, by the bound that they would pass.
        cannot: what the app has no way to do: the reason by the label.
    """

    slice: Slice
    bounds: Bounds
    traits: Traits
    nodes: list[Node] = field(default_factory=list[Node])
    allowed: Counter[str] = field(default_factory=Counter[str])
    refused: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    beyond: Counter[str] = field(default_factory=Counter[str])
    cannot: dict[str, str] = field(default_factory=dict[str, str])
    search: "_Search" = field(init=False, repr=False)

    @property
    def steps(self) -> int:
        """How many actions after the first it goes."""
        return self.bounds.steps + self.slice.further

    @property
    def within(self) -> Iterator[Node]:
        """The states whose transitions count; the others were only gone on from."""
        return (node for node in self.nodes if node.depth <= self.steps)

    @property
    def transitions(self) -> int:
        """How many there are within the bounds."""
        return sum(len(node.edges or ()) for node in self.within)

    def edges(self, number: int) -> dict[str, int]:
        """Where the actions of a state lead, also of one that has not been looked at yet."""
        return self.search.edges(number)


def explore(
    each: Slice, bounds: Bounds, traits: Traits, *, known: Outcomes | None = None
) -> Exploration:
    """Visit every state of a slice that its bounds allow.

    Every guard is asked in every state, also of actions that belong to other slices.

    Args:
        each: the slice.
        bounds: of the world.
        traits: of the app.
        known: what was found out for other slices, of the same bounds, traits and sides.
    """
    found = Exploration(each, bounds, traits)
    found.search = _Search(found, known or Outcomes(bounds, traits, each.sides))
    found.search.run()
    return found


def explore_all(bounds: Bounds, traits: Traits) -> Iterator[Exploration]:
    """Every slice, one after the other; what is found out for one is known for the next."""
    sides = {each.sides for each in SLICES}
    known = {number: Outcomes(bounds, traits, number) for number in sides}
    return (explore(each, bounds, traits, known=known[each.sides]) for each in SLICES)


@dataclass(slots=True)
class _Asked:
    """Of what guards say, what belongs to the slice, and in how many states they say it."""

    choices: tuple[Choice, ...]
    states: int = 0


class _Search:
    def __init__(self, found: Exploration, known: Outcomes) -> None:
        self._found = found
        self._known = known
        self._numbers: dict[Parts, int] = {}
        self._states: list[Parts] = []
        self._asked: dict[Answers, _Asked] = {}
        self._has = cache(found.slice.has)

    def run(self) -> None:
        self._number(self._known.start, 0)
        for number, node in enumerate(self._found.nodes):  # grows while it is walked
            if node.depth > self._found.steps:
                break
            self.edges(number)
        for answers, asked in self._asked.items():
            _count(answers.allowed, asked.states, self._found.allowed)
            _count(answers.refused, asked.states, self._found.refused)

    def edges(self, number: int) -> dict[str, int]:
        node = self._found.nodes[number]
        if node.edges is None:
            steps, depth = self._steps(self._states[number], node.depth), node.depth + 1
            node.edges = {label: self._number(after, depth) for label, after in steps}
        return node.edges

    def _number(self, state: Parts, depth: int) -> int:
        number = self._numbers.setdefault(state, len(self._states))
        if number == len(self._states):
            self._states.append(state)
            world, situation = self._known.values.world(state), self._known.situation(state)
            self._found.nodes.append(Node(world, situation, depth))
        return number

    def _steps(self, state: Parts, depth: int) -> Iterator[tuple[str, Parts]]:
        known, counts = self._known, depth <= self._found.steps
        for offer in known.offers:
            for label, outcomes in self._choices(offer(state), counts=counts):
                if not self._found.slice.has_then(label, depth):
                    continue
                outcome = outcomes(state)
                if outcome.lack:
                    self._found.cannot[label] = outcome.lack
                    continue
                after = known.after(state, outcome)
                if passed := known.passed(after):
                    self._found.beyond[passed] += counts
                else:
                    yield label, after

    def _choices(self, answers: Answers, *, counts: bool) -> tuple[Choice, ...]:
        asked = self._asked.get(answers)
        if asked is None:
            mine = tuple(choice for choice in answers.choices if self._has(choice.label))
            asked = self._asked[answers] = _Asked(mine)
        asked.states += counts
        return asked.choices


def _count(each: Counter[Thing], times: int, total: Counter[Thing]) -> None:
    for thing, count in each.items():
        total[thing] += count * times
