"""Random walks over the model, steered to what was taken least.

A walk takes only some kinds of actions, drawn anew for each: rare ones get their turn where common
ones are away (Groce et al., Swarm Testing, 2012).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from harness.actions import AnyAction
from harness.explorer.bounds import Bounds
from harness.explorer.moves import LOADS, OFFERS, Move, moves
from harness.explorer.possible import impossible
from harness.explorer.situations import Situation, situation_of
from harness.plans import Plan, predict, start_of
from harness.requests import Kind
from harness.traits import Traits
from harness.world import World

Transition = tuple[Situation, str]
Thing = TypeVar("Thing")

# Without them most others are never allowed, or never come to their end.
ALWAYS = frozenset({"open-session", "send-prompt", "finish-turn", "release", "show-session"})
# What comes late must do no harm either, and of a turn without an end nobody knows what came.
LETTING_GO = frozenset({"release", "finish-turn"})
ENDING = 9  # so many of them there may be at the end
CANDIDATES = 6  # a walk on the model takes a tenth of one in a browser
RARE = 20  # an action that was never taken is worth so many other transitions
# They load a page, which takes as long as several of the others: news a second is what counts.
DEAR: dict[str, int] = dict.fromkeys(LOADS, 8)
# While questions about a place are kept back, each further place asks some more, and a browser has
# no more than six on their way to one server.
ASKED: tuple[Kind, ...] = ("messages", "status", "commands", "provider", "diff", "artifacts")
PLACES = 3
SHARE = 0.6  # of the other kinds of actions, in one walk


class Steering:
    """Accounts for what was taken, and draws the next walk.

    Args:
        seed: the same one draws the same walks, as long as the same is accounted between them.
        traits: of the app.
        bounds: what the walks start with, and what may be under way at once.
    """

    def __init__(self, seed: int, traits: Traits, bounds: Bounds | None = None) -> None:
        self._random = Random(seed)  # noqa: S311  a walk is no secret
        self.traits = traits
        self._bounds = bounds or Bounds()
        self._drawn = 0
        self._along: dict[str, tuple[Transition, ...]] = {}  # of each plan that was drawn
        self.taken: Counter[Transition] = Counter()

    @property
    def untaken(self) -> tuple[str, ...]:
        """The names of the actions that no walk has taken."""
        names = {label.split()[0] for _, label in self.taken}
        return tuple(kind for kind in _KINDS if kind not in names)

    def account(self, plan: Plan, steps: int) -> int:
        """Note that the first steps of a plan were taken; how many were new.

        Of a plan that was not drawn here it is noted without the arguments.
        """
        taken = (self._along.pop(plan.name, None) or self._told(plan))[:steps]
        fresh = len(set(taken) - self.taken.keys())
        self.taken.update(taken)
        return fresh

    def _told(self, plan: Plan) -> tuple[Transition, ...]:
        worlds = predict(plan, self.traits)
        pairs = zip(worlds, plan.actions, strict=False)
        return tuple((situation_of(world), action.name) for world, action in pairs)

    def draw(self, length: int) -> Plan:
        """A plan of at most `length` actions, and what it takes to let go all that it kept back.

        Of a few walks it is the one with the most that was never taken.
        """
        self._drawn += 1
        walks = [self._walk(length) for _ in range(CANDIDATES)]
        best = max(walks, key=lambda walk: self._news(walk.along))
        name = f"walk-{self._drawn}"
        self._along[name] = tuple(best.along)
        return self._bounds.plan.model_copy(
            update={
                "name": name,
                "title": f"Walk {self._drawn}",
                "actions": tuple(best.actions),
            }
        )

    def _news(self, along: list[Transition]) -> int:
        unknown = set(self.untaken)
        rare = {name for _, label in along if (name := label.split()[0]) in unknown}
        return RARE * len(rare) + len(set(along) - self.taken.keys())

    def _walk(self, length: int) -> "_Walk":
        kinds = self._swarm()
        walk = _Walk(start_of(self._bounds.plan, self.traits), [], [])
        while len(walk.actions) < length and (move := self._next(walk, kinds)):
            walk.take(move)
        while len(walk.actions) < length + ENDING and (move := self._next(walk, LETTING_GO)):
            walk.take(move)
        return walk

    def _swarm(self) -> frozenset[str]:
        kept = (kind for kind in _KINDS if self._random.random() < SHARE)
        return ALWAYS | frozenset(kept)

    def _next(self, walk: "_Walk", kinds: frozenset[str]) -> Move | None:
        """A move of these kinds that the app can do within the bounds; None where there is none."""
        allowed = [*moves(walk.world, len(walk.actions), kinds)]
        while allowed:
            move = self._pick(walk, allowed)
            if self._can(walk, move):
                return move
            allowed.remove(move)
        return None

    def _can(self, walk: "_Walk", move: Move) -> bool:
        world, after = walk.world, move.action.effect(walk.world)
        if _asks(world) and _moved(world, after) and walk.places >= PLACES:
            return False
        lack = impossible(move.action, world, after, self.traits)
        return lack is None and self._bounds.passed(after) is None

    def _pick(self, walk: "_Walk", allowed: list[Move]) -> Move:
        """A kind of action first, then its arguments: those with many do not crowd out others."""
        situation, here = situation_of(walk.world), Counter(walk.along)
        weights: dict[str, dict[Move, float]] = {}
        for move in allowed:
            transition = (situation, move.label)
            times = self.taken[transition] + here[transition]
            weights.setdefault(move.action.name, {})[move] = (1 + times) ** -2
        kinds = {name: max(of.values()) / DEAR.get(name, 1) for name, of in weights.items()}
        (kind,) = self._drawn_from(kinds)
        (move,) = self._drawn_from(weights[kind])
        return move

    def _drawn_from(self, weights: Mapping[Thing, float]) -> list[Thing]:
        return self._random.choices(list(weights), list(weights.values()))


@dataclass
class _Walk:
    """A walk while it is drawn."""

    world: World
    actions: list[AnyAction]
    along: list[Transition]
    places: int = 0  # that the page came to while questions about them were kept back

    def take(self, move: Move) -> None:
        """One action more."""
        after = move.action.effect(self.world)
        self.places = self.places + _moved(self.world, after) if _asks(after) else 0
        self.along.append((situation_of(self.world), move.label))
        self.actions.append(move.action)
        self.world = after


def _asks(world: World) -> bool:
    return any(world.holds(what) for what in ASKED)


def _moved(before: World, after: World) -> bool:
    return before.view != after.view


_KINDS = tuple(kind.called() for kind in OFFERS)
