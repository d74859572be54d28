"""The trace that a formula is judged on, and how far within it something must come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

S = TypeVar("S")


class Bound(NamedTuple):
    """How far ahead a formula looks: so many states, or so many milliseconds; itself included."""

    length: float
    unit: str

    def __str__(self) -> str:
        """As it stands in a formula."""
        return f"{self.length:g} {self.unit}"


def states(count: int) -> Bound:
    """So many states after this one: frames or steps, whatever the trace is made of."""
    return Bound(count, "states")


def ms(count: float) -> Bound:
    """So many milliseconds after this state; the trace must have a clock."""
    return Bound(count, "ms")


@dataclass(frozen=True)
class Run(Generic[S]):
    """States in order.

    Attributes:
        states: at least one, or nothing can be said.
        clock: when a state was, in milliseconds; never earlier than the one before.
        at_rest: nothing more would come: the last state stays as it is for ever.
    """

    states: Sequence[S]
    clock: Callable[[S], float] | None = None
    at_rest: bool = False

    def window(self, start: int, bound: Bound | None) -> tuple[int, bool]:
        """The last state within a bound from a state on, and whether no more can come within it.

        Raises:
            ValueError: the bound is in milliseconds, and the trace has no clock.
        """
        last = len(self.states) - 1
        if bound is None:
            return last, self.at_rest
        if bound.unit == "states":
            end = start + int(bound.length)
            return min(end, last), self.at_rest or end <= last
        if self.clock is None:
            raise ValueError(f"“within {bound}” needs a trace with a clock")
        until = self.clock(self.states[start]) + bound.length
        end = start
        while end < last and self.clock(self.states[end + 1]) <= until:
            end += 1
        return end, self.at_rest or end < last or self.clock(self.states[last]) >= until
