"""The whole bounded model: every slice explored, its guards accounted for, its plans packed."""

import time
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from harness.explorer.bounds import Bounds
from harness.explorer.covering import Run, cover, in_a_row, never_taken
from harness.explorer.exhaustive import Exploration, explore_all
from harness.explorer.guards import Clause, Guards
from harness.plans import Plan
from harness.traits import Traits


class Told(NamedTuple):
    """What came of one slice.

    Attributes:
        slice: its name.
        title: what it looks at.
        states: how many were looked at.
        transitions: between them.
        pairs: each two of them, by situation and action, that can follow each other.
        seconds: of processor time that the exploration took.
        runs: actions in situations, or two of them in a row, that no slice before has.
        actions: of the plans that take them.
        plans: how many.
    """

    slice: str
    title: str
    states: int
    transitions: int
    pairs: int
    seconds: float
    runs: int
    actions: int
    plans: int


class Covering:
    """Explores slice after slice, and keeps what is to be told.

    Args:
        bounds: of the world.
        traits: of the app.
        seed: decides between plans that are as good.
        longest: so many actions a plan has at most.
        span: 1 has the plans take every action in every situation; 2, each two in a row.
    """

    def __init__(
        self, bounds: Bounds, traits: Traits, *, seed: int, longest: int, span: int = 1
    ) -> None:
        self.bounds = bounds
        self.seed = seed
        self.span = span
        self.told: list[Told] = []
        self.plans: list[Plan] = []
        self.beyond: Counter[str] = Counter()
        self.cannot: dict[str, list[str]] = {}
        self._traits = traits
        self._longest = longest
        self._guards = Guards()
        self._taken: set[Run] = set()
        self._runs: set[Run] = set()

    @property
    def actions(self) -> int:
        """How many there are in all plans."""
        return sum(len(plan.actions) for plan in self.plans)

    @property
    def runs(self) -> int:
        """How many there are to take in all slices."""
        return len(self._runs)

    @property
    def allowed(self) -> Counter[str]:
        """How often each action was allowed."""
        return self._guards.allowed

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What the clauses of all guards said."""
        return self._guards.clauses

    @property
    def errors(self) -> tuple[str, ...]:
        """What of the model is never used: actions, and clauses of guards."""
        untaken = (f"{name} is taken by no plan" for name in never_taken(self.plans))
        return (*untaken, *self._guards.errors)

    def run(self) -> Iterator[Told]:
        """One slice after the other, told as it is done.

        Raises:
            UsageError: so short a plan does not reach all.
        """
        began = time.process_time()
        for found in explore_all(self.bounds, self._traits):
            told = self._one(found, time.process_time() - began)
            self.told.append(told)
            yield told
            began = time.process_time()

    def _one(self, found: Exploration, seconds: float) -> Told:
        self._guards.add(found)
        self.beyond.update(found.beyond)
        for label, reason in found.cannot.items():
            self.cannot.setdefault(reason, []).append(label)
        states, transitions = sum(1 for _ in found.within), found.transitions
        covered = cover(
            found, span=self.span, longest=self._longest, seed=self.seed, taken=self._taken
        )
        before = len(self._runs)
        self._runs |= covered.runs
        self.plans += covered.plans
        return Told(
            slice=found.slice.name,
            title=found.slice.title,
            states=states,
            transitions=transitions,
            pairs=len(in_a_row(found, 2)),
            seconds=seconds,
            runs=len(self._runs) - before,
            actions=covered.actions,
            plans=len(covered.plans),
        )

    def as_data(self) -> dict[str, object]:
        """Everything, as JSON has it."""
        return {
            "bounds": self.bounds.model_dump(mode="json"),
            "seed": self.seed,
            "slices": [told._asdict() for told in self.told],
            "actions": self.actions,
            "span": self.span,
            "runs": self.runs,
            "plans": [plan.name for plan in self.plans],
            "clauses": [clause._asdict() for clause in self.clauses],
            "beyond": dict(self.beyond),
            "cannot": self.cannot,
            "errors": list(self.errors),
        }
