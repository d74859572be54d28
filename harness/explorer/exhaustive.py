"""Breadth-first over every state of a slice within its bounds, and every transition between them.

That is bounded model checking by explicit states: the bounds are part of what is said of a result.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from harness.explorer.bounds import Bounds
from harness.explorer.moves import candidates
from harness.explorer.possible import impossible
from harness.explorer.slices import Slice
from harness.explorer.states import State, state_of
from harness.traits import Traits
from harness.world import World


@dataclass(slots=True)
class Node:
    """A state, by the first world in which it was met.

    Attributes:
        world: that world.
        depth: the fewest actions that lead to the state.
        edges: where each label leads, by the number of the state; None where it was not looked at.
    """

    world: World
    depth: int
    edges: dict[str, int] | None = None


@dataclass(slots=True)
class Exploration:
    """Every state of a slice that the bounds allow, and what guards and bounds had to say.

    Attributes:
        nodes: the states, numbered as they were met; the first is the start.
        allowed: how often an action was allowed, by its name.
        refused: how often it was not, by its name and the reason.
        beyond: how many transitions were left out, by the bound that they would pass.
        cannot: what the app has no way to do: the reason by the label.
    """

    slice: Slice
    bounds: Bounds
    nodes: list[Node] = field(default_factory=list[Node])
    allowed: Counter[str] = field(default_factory=Counter[str])
    refused: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    beyond: Counter[str] = field(default_factory=Counter[str])
    cannot: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def transitions(self) -> int:
        """How many there are within the bounds."""
        return sum(len(node.edges or ()) for node in self.nodes)


def explore(each: Slice, bounds: Bounds, traits: Traits) -> Exploration:
    """Visit every state of a slice that its bounds allow.

    Every guard is asked in every state, also of actions that belong to other slices.
    """
    found = Exploration(each, bounds)
    start = bounds.start(traits)
    found.nodes.append(Node(start, 0))
    numbers: dict[State, int] = {state_of(start): 0}
    has = lru_cache(maxsize=None)(each.has)
    for node in found.nodes:  # grows while it is walked
        if node.depth > bounds.steps:
            break
        node.edges = {}
        for label, after in _steps(found, node, traits, has):
            number = numbers.setdefault(state_of(after), len(found.nodes))
            if number == len(found.nodes):
                found.nodes.append(Node(after, node.depth + 1))
            node.edges[label] = number
    return found


def _steps(
    found: Exploration, node: Node, traits: Traits, has: Callable[[str], bool]
) -> Iterator[tuple[str, World]]:
    for label, action in candidates(node.world, node.depth):
        refusal = action.guard(node.world)
        if refusal is not None:
            found.refused[action.name, refusal] += 1
            continue
        found.allowed[action.name] += 1
        if not has(label):
            continue
        after = action.effect(node.world)
        if lack := impossible(action, node.world, after, traits):
            found.cannot[label] = lack
        elif passed := found.bounds.passed(after):
            found.beyond[passed] += 1
        else:
            yield label, after
