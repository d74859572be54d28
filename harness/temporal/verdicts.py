"""True, false or inconclusive, with what decided; and Kleene's connectives, which keep that."""

from enum import Enum
from typing import NamedTuple


class Truth(Enum):
    """What is known of a formula."""

    TRUE = "true"
    FALSE = "false"
    OPEN = "inconclusive"

    @property
    def opposite(self) -> "Truth":
        """Of the negation."""
        return _OPPOSITE[self]

    @classmethod
    def of(cls, known: bool | None) -> "Truth":  # noqa: FBT001  None is the third value
        """Of what a predicate says; None where the state does not tell."""
        return cls.OPEN if known is None else cls.TRUE if known else cls.FALSE


_OPPOSITE = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.OPEN: Truth.OPEN}


class Decider(NamedTuple):
    """A part of a formula that decided.

    Attributes:
        part: in words.
        truth: what it was.
        at: the state, from 0; the last one where the end of the trace decided.
        values: what stood there, in words; empty where the part shows none.
    """

    part: str
    truth: Truth
    at: int
    values: str = ""

    def __str__(self) -> str:
        """In words."""
        shown = f" ({self.values})" if self.values else ""
        if self.truth is Truth.OPEN:
            return f"“{self.part}” was not decided when the trace ended at state {self.at}"
        return f"“{self.part}” was {self.truth.value} at state {self.at}{shown}"


class Verdict(NamedTuple):
    """What is known of a formula at a state, and by which parts of it; most often by one."""

    truth: Truth
    by: tuple[Decider, ...]

    @property
    def at(self) -> int:
        """The state that decided: the latest that was needed."""
        return max(each.at for each in self.by)

    def __str__(self) -> str:
        """In words."""
        return f"{self.truth.value}: {', and '.join(map(str, self.by))}"


def negated(verdict: Verdict) -> Verdict:
    """Of the negation: the same parts decided."""
    return Verdict(verdict.truth.opposite, verdict.by)


def both(first: Verdict, second: Verdict) -> Verdict:
    """Of a conjunction: one that is false decides alone, else one that is open."""
    return _combined(first, second, decides=Truth.FALSE)


def either(first: Verdict, second: Verdict) -> Verdict:
    """Of a disjunction: one that is true decides alone, else one that is open."""
    return _combined(first, second, decides=Truth.TRUE)


def _combined(first: Verdict, second: Verdict, *, decides: Truth) -> Verdict:
    for truth in (decides, Truth.OPEN):
        for verdict in (first, second):
            if verdict.truth is truth:
                return verdict
    return Verdict(first.truth, tuple(dict.fromkeys((*first.by, *second.by))))
