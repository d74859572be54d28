"""What looks at all states from one on: always, never, eventually, until."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from harness.temporal.formulas import Formula, Not, closed
from harness.temporal.runs import Bound, Run
from harness.temporal.verdicts import Decider, Truth, Verdict, both, either

S = TypeVar("S")


@dataclass(frozen=True)
class _Ahead(Formula[S]):
    """What looks at all states from one on, as far as its bound.

    By the expansion laws: `always f` is `f` now and `always f` from the next state on, and so on.
    """

    bound: Bound | None

    def over(self, run: Run[S]) -> list[Verdict]:
        """From the last state back; with a bound, from the end of each window."""
        step = self._expansion(run)
        if self.bound is None:
            return _folded(step, len(run.states) - 1, 0, self._tail(run, 0))[::-1]
        return [
            _folded(step, run.window(start, self.bound)[0], start, self._tail(run, start))[-1]
            for start in range(len(run.states))
        ]

    def _tail(self, run: Run[S], start: int) -> Verdict:
        """What is known beyond the last state that counts: all of it is over, or nothing."""
        end, whole = run.window(start, self.bound)
        truth = self._beyond if whole else Truth.OPEN
        return Verdict(truth, (Decider(str(self), truth, end),))

    _beyond = Truth.FALSE  # when it has not been decided within the bound

    @abstractmethod
    def _expansion(self, run: Run[S]) -> Callable[[int, Verdict], Verdict]:
        """The verdict at a state, from the one at the next."""

    def _within(self) -> str:
        return f" within {self.bound}" if self.bound else ""


@dataclass(frozen=True)
class Always(_Ahead[S]):
    """In this state and all later ones."""

    inner: Formula[S]
    word: str = "always"

    _beyond = Truth.TRUE

    def broken(self, run: Run[S]) -> Iterator[Verdict]:
        """Every state in which the inner formula is false, each with what decided."""
        return (each for each in self.inner.over(run) if each.truth is Truth.FALSE)

    def _expansion(self, run: Run[S]) -> Callable[[int, Verdict], Verdict]:
        now_ = self.inner.over(run)
        return lambda at, later: later if now_[at].truth is Truth.TRUE else both(now_[at], later)

    def __str__(self) -> str:
        """In words."""
        told = self.inner.inner if self.word == "never" and isinstance(self.inner, Not) else None
        return f"{self.word} {closed(told or self.inner)}{self._within()}"


@dataclass(frozen=True)
class Eventually(_Ahead[S]):
    """In this state or a later one."""

    inner: Formula[S]

    def _expansion(self, run: Run[S]) -> Callable[[int, Verdict], Verdict]:
        now_ = self.inner.over(run)
        return lambda at, later: later if now_[at].truth is Truth.FALSE else either(now_[at], later)

    def __str__(self) -> str:
        """In words."""
        return f"eventually {closed(self.inner)}{self._within()}"


@dataclass(frozen=True)
class Until(_Ahead[S]):
    """One holds until the other does, which must come: in this state or a later one."""

    holding: Formula[S]
    coming: Formula[S]

    def _expansion(self, run: Run[S]) -> Callable[[int, Verdict], Verdict]:
        holding, coming = self.holding.over(run), self.coming.over(run)

        def step(at: int, later: Verdict) -> Verdict:
            if coming[at].truth is Truth.FALSE:
                return later if holding[at].truth is Truth.TRUE else both(holding[at], later)
            return either(coming[at], both(holding[at], later))

        return step

    def __str__(self) -> str:
        """In words."""
        return f"{closed(self.holding)} until {closed(self.coming)}{self._within()}"


def always(formula: Formula[S], within: Bound | None = None) -> Always[S]:
    """It holds in every state from here on, or as far as the bound."""
    return Always(within, formula)


def never(formula: Formula[S], within: Bound | None = None) -> Always[S]:
    """It holds in no state from here on, or as far as the bound."""
    return Always(within, Not(formula), word="never")


def eventually(formula: Formula[S], within: Bound | None = None) -> Eventually[S]:
    """It holds in some state from here on, and within the bound."""
    return Eventually(within, formula)


def until(holding: Formula[S], coming: Formula[S], within: Bound | None = None) -> Until[S]:
    """One holds until the other does, and that comes within the bound."""
    return Until(within, holding, coming)


def _folded(
    step: Callable[[int, Verdict], Verdict], end: int, start: int, tail: Verdict
) -> list[Verdict]:
    """The verdicts from the end back to the start, each from the one after it."""
    verdicts: list[Verdict] = []
    for at in range(end, start - 1, -1):
        tail = step(at, tail)
        verdicts.append(tail)
    return verdicts
