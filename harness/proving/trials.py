"""What came of the mutants; no browser here."""

from collections import Counter
from typing import Literal

from pydantic import Field, computed_field

from fixtures.mutants import Mutant
from harness.values import Value

Outcome = Literal["killed", "timeout", "survived"]

LEAST = 0.9  # of the mutants that are not equivalent, this share has to be detected


class Trial(Value):
    """One mutant over the flows until one detects it.

    Attributes:
        mutant: what was changed.
        outcome: killed by a violated rule; timeout where a flow could not be done to its end, or
            the page did not come up; else survived.
        flow: the flow that detected it.
        rules: the rules that were violated there.
        reason: why the flow could not be done, or that no flow executes the mutant.
        why: what is known of a mutant that survives: the property or flow that is missing.
        seconds: how long it took.
    """

    mutant: Mutant
    outcome: Outcome
    flow: str = ""
    rules: tuple[str, ...] = ()
    reason: str = ""
    why: str = ""
    seconds: float = 0.0


class Excused(Value):
    """A mutant that changes nothing, and why."""

    mutant: Mutant
    reason: str


class Mutation(Value):
    """Every mutant that was tried, and those that need not be.

    Attributes:
        trials: in the order of the sources.
        equivalent: not tried.
        untried: how many were left when it was stopped.
        seconds: from beginning to end.
    """

    trials: tuple[Trial, ...]
    equivalent: tuple[Excused, ...] = ()
    untried: int = Field(default=0, ge=0)
    seconds: float = 0.0

    @computed_field
    @property
    def counts(self) -> dict[Outcome, int]:
        """How many mutants came to each outcome."""
        found = Counter(trial.outcome for trial in self.trials)
        return {
            "killed": found["killed"],
            "timeout": found["timeout"],
            "survived": found["survived"],
        }

    @computed_field
    @property
    def share(self) -> float:
        """The part detected of those tried; 0 when none was."""
        return 1 - self.counts["survived"] / len(self.trials) if self.trials else 0.0

    @property
    def survivors(self) -> tuple[Trial, ...]:
        """The mutants that nothing detected."""
        return tuple(trial for trial in self.trials if trial.outcome == "survived")

    @property
    def unexplained(self) -> tuple[Trial, ...]:
        """Survivors of which nobody has said why."""
        return tuple(trial for trial in self.survivors if not trial.why)

    @property
    def stale(self) -> tuple[Trial, ...]:
        """Detected mutants that are said to survive."""
        return tuple(trial for trial in self.trials if trial.outcome != "survived" and trial.why)

    @property
    def holds(self) -> bool:
        """Whether all were tried and enough of them detected; also when all are equivalent."""
        enough = self.share >= LEAST or (not self.trials and bool(self.equivalent))
        return enough and not self.untried
