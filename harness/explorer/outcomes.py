"""What guards and effects say in the states of a bounded world, remembered for all of them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from harness.actions import AnyAction
from harness.explorer.arguments import Place
from harness.explorer.bounds import Bounds
from harness.explorer.moves import OFFERS, Offer
from harness.explorer.parts import Changes, Parts, changed
from harness.explorer.possible import impossible
from harness.explorer.remembering import Memory, Remembered, updated
from harness.explorer.situations import situation_of
from harness.explorer.states import TOLD, state_of, tidied
from harness.traits import Traits
from harness.world import World

FRESH = 0  # a number for new words: none of a state's words has it


class Outcome(NamedTuple):
    """What comes of an action: why the app cannot do it, or what changes."""

    lack: str | None
    changes: Changes
    told: bool  # whether words or epochs are among it, so that they are named anew


class Choice(NamedTuple):
    """An action that is allowed, and what comes of it in each world."""

    label: str
    outcome: Remembered[Outcome]


@dataclass(slots=True, eq=False)
class Answers:
    """What the guards of the arguments of one action say."""

    choices: tuple[Choice, ...]
    allowed: Counter[str]
    refused: Counter[tuple[str, str]]


class Outcomes:
    """Guards and effects on the states of the bounded world, given as parts.

    Args:
        bounds: of the world.
        traits: of the app.
        sides: worktrees of the project beside the session's own.
    """

    def __init__(self, bounds: Bounds, traits: Traits, sides: int = 0) -> None:
        memory = Memory()
        self.values = memory.values
        self.situation = Remembered(memory, situation_of)
        self.passed = Remembered(memory, bounds.passed)
        self.offers = tuple(Remembered(memory, self._asked(offer)) for offer in OFFERS.values())
        self.start = self.values.parts(state_of(bounds.start(traits, sides)))
        self._memory = memory
        self._traits = traits
        self._told = Remembered(memory, lambda world: self.values.numbered(TOLD.of(world)))
        self._choices: dict[tuple[str, object], Choice] = {}

    def after(self, parts: Parts, outcome: Outcome) -> Parts:
        """The state that an outcome leads to."""
        after = changed(parts, outcome.changes)
        return changed(after, self._told(after)) if outcome.told else after

    def _asked(self, offer: Offer) -> Callable[[World], Answers]:
        def ask(world: World) -> Answers:
            choices: list[Choice] = []
            allowed: Counter[str] = Counter()
            refused: Counter[tuple[str, str]] = Counter()
            for label, action in offer(Place(world, FRESH)):
                if refusal := action.refusal(world):
                    refused[action.name, refusal.clause] += 1
                else:
                    allowed[action.name] += 1
                    choices.append(self._choice(label, action))
            return Answers(tuple(choices), allowed, refused)

        return ask

    def _choice(self, label: str, action: AnyAction) -> Choice:
        key = (label, action)
        if key not in self._choices:
            self._choices[key] = Choice(label, Remembered(self._memory, self._done(action)))
        return self._choices[key]

    def _done(self, action: AnyAction) -> Callable[[World], Outcome]:
        def do(world: World) -> Outcome:
            after = action.effect(world)
            if lack := impossible(action, world, after, self._traits):
                return Outcome(lack, (), told=False)
            new = dict(updated(world, after))
            told = not TOLD.fields.isdisjoint(new)
            new.update(tidied(after, new.keys()))
            return Outcome(None, self.values.numbered(new.items()), told=told)

        return do
