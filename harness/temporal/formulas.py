"""Formulas: small objects that are read aloud and judged on a trace; of one state, and its next."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from harness.temporal.runs import Run
from harness.temporal.verdicts import Decider, Truth, Verdict, both, either, negated

S = TypeVar("S")


class Formula(ABC, Generic[S]):
    """Something that is true, false or not yet known at a state of a trace."""

    @abstractmethod
    def over(self, run: Run[S]) -> list[Verdict]:
        """A verdict for each state, on what comes from it on; time linear in the states.

        A bound makes it the states times those within the bound.
        """

    @abstractmethod
    def __str__(self) -> str:
        """In words."""

    def judged(self, run: Run[S]) -> Verdict:
        """The verdict on the whole trace; without a state it is inconclusive."""
        if not run.states:
            return Verdict(Truth.OPEN, (Decider(str(self), Truth.OPEN, 0),))
        return self.over(run)[0]

    def __invert__(self) -> "Formula[S]":
        return Not(self)

    def __and__(self, other: "Formula[S]") -> "Formula[S]":
        return Both(self, other)

    def __or__(self, other: "Formula[S]") -> "Formula[S]":
        return Either(self, other)

    def __rshift__(self, other: "Formula[S]") -> "Formula[S]":
        """Implication: `asked >> eventually(answered)`."""
        return Implies(self, other)


@dataclass(frozen=True)
class Predicate(Formula[S]):
    """What a single state tells; `holds` says None where it does not."""

    name: str
    holds: Callable[[S], bool | None]
    shows: Callable[[S], str] | None = None

    def over(self, run: Run[S]) -> list[Verdict]:
        """Of each state by itself."""
        return [self._of(state, index) for index, state in enumerate(run.states)]

    def _of(self, state: S, index: int) -> Verdict:
        truth = Truth.of(self.holds(state))
        shown = self.shows(state) if self.shows else ""
        return Verdict(truth, (Decider(self.name, truth, index, shown),))

    def __str__(self) -> str:
        """Its name."""
        return self.name


@dataclass(frozen=True)
class Not(Formula[S]):
    """The negation."""

    inner: Formula[S]

    def over(self, run: Run[S]) -> list[Verdict]:
        """True where the inner one is false."""
        return [negated(verdict) for verdict in self.inner.over(run)]

    def __str__(self) -> str:
        """In words."""
        return f"not {closed(self.inner)}"


@dataclass(frozen=True)
class _Pair(Formula[S]):
    left: Formula[S]
    right: Formula[S]


class Both(_Pair[S]):
    """The conjunction."""

    def over(self, run: Run[S]) -> list[Verdict]:
        """True where both are."""
        return [*map(both, self.left.over(run), self.right.over(run))]

    def __str__(self) -> str:
        """In words."""
        return f"{closed(self.left)} and {closed(self.right)}"


class Either(_Pair[S]):
    """The disjunction."""

    def over(self, run: Run[S]) -> list[Verdict]:
        """True where one is."""
        return [*map(either, self.left.over(run), self.right.over(run))]

    def __str__(self) -> str:
        """In words."""
        return f"{closed(self.left)} or {closed(self.right)}"


class Implies(_Pair[S]):
    """The implication."""

    def over(self, run: Run[S]) -> list[Verdict]:
        """False where the left one is true and the right one is not."""
        return [*map(either, map(negated, self.left.over(run)), self.right.over(run))]

    def __str__(self) -> str:
        """In words."""
        return f"if {closed(self.left)}, then {closed(self.right)}"


@dataclass(frozen=True)
class Next(Formula[S]):
    """Of the state after this one; the trace must have it."""

    inner: Formula[S]

    def over(self, run: Run[S]) -> list[Verdict]:
        """That of the next state; of the last one nothing is known, unless it stays."""
        verdicts = self.inner.over(run)
        end = len(verdicts) - 1
        after = verdicts[-1:] if run.at_rest else [_undecided(self, end)] if verdicts else []
        return [*verdicts[1:], *after]

    def __str__(self) -> str:
        """In words."""
        return f"next {closed(self.inner)}"


def now(
    name: str, holds: Callable[[S], bool | None], shows: Callable[[S], str] | None = None
) -> Predicate[S]:
    """A predicate: its name in words, what a state says, and the values that it goes by."""
    return Predicate(name, holds, shows)


def next_(formula: Formula[S]) -> Next[S]:
    """It holds in the next state."""
    return Next(formula)


def _undecided(formula: Formula[S], index: int) -> Verdict:
    return Verdict(Truth.OPEN, (Decider(str(formula), Truth.OPEN, index),))


def closed(formula: Formula[S]) -> str:
    """In words, in brackets where it is more than a name."""
    return str(formula) if isinstance(formula, Predicate) else f"({formula})"
