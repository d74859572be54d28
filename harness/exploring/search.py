"""From a finding in a walk to the smallest plan that meets it again, by performing smaller ones."""

import math
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from itertools import chain, takewhile
from typing import NamedTuple

from harness.errors import AppError
from harness.exploring.replays import Replaying
from harness.exploring.shrinking import shrunk
from harness.exploring.slices import guesses
from harness.journal import Entry, Finding, StepObserved
from harness.plans import Plan
from harness.properties.judgement import unnumbered
from harness.traits import Traits
from harness.values import Value

Told = tuple[Sequence[Finding], tuple[Entry, ...]]  # what broke, and what the journal says of it
Met = tuple[Finding, tuple[Entry, ...]]
Small = tuple[Plan, Met]

# Most of the time of a search goes by in waiting for what never comes. A step is given so many
# times what one took in the walk that came to rest, but not less than a slow frame may cost.
HASTE = 2
LEAST_S = 0.5


class Mark(Value):
    """What makes two findings the same: the rule, and what was wrong.

    Which of several actions of one name it came after is of no account: another walk, or a smaller
    plan, has others before it.
    """

    property: str
    cause: str

    @classmethod
    def of(cls, finding: Finding) -> "Mark":
        """The mark of a finding; its first cause stands for all."""
        first = next(iter(finding.causes), "")
        return cls(property=finding.property, cause=unnumbered(first))


class Means(NamedTuple):
    """What an explorer has for what it finds.

    Attributes:
        photographing: has pictures taken of what is performed in it; None where nobody keeps them.
        hurried: has steps wait no longer than so many seconds in it; None where they may not.
        met: is told what is to be made small, before that begins.
        replaying: how what is found is to be met again; None where nobody asks for it.
        seconds: for how long smaller plans are looked for; as long again where what was met in a
            hurry is not met at leisure.
    """

    photographing: Callable[[], AbstractContextManager[None]] | None = None
    hurried: Callable[[float], AbstractContextManager[None]] | None = None
    met: Callable[[Mark], None] | None = None
    replaying: Replaying | None = None
    seconds: float = math.inf

    def watching(self) -> AbstractContextManager[None]:
        """Has what is performed in it looked at, where somebody keeps pictures."""
        return self.photographing() if self.photographing else nullcontext()


class Search:
    """Looks for it.

    Args:
        perform: performs a plan; answers with what broke and what was told.
        traits: of the app.
        means: for what is found.

    Attributes:
        cut_short: the time was over before all was tried that might have made it smaller.
    """

    def __init__(self, perform: Callable[[Plan], Told], traits: Traits, means: Means) -> None:
        self._perform = perform
        self._traits = traits
        self._means = means
        self.cut_short = False

    def small(self, plan: Plan, finding: Finding, heard: Sequence[Entry]) -> Small | None:
        """The smallest plan that was found, and how it was met; None where nothing met it again.

        Steps are hurried where that can be, and what is met so must be met without a hurry, too: a
        step of it may only have been late. Where it is not, the search is done again at leisure.

        Args:
            plan: had the finding.
            finding: the one.
            heard: what was told of the plan.

        Raises:
            AppError: the app has ended.
        """
        cut = plan.model_copy(update={"actions": plan.actions[: finding.step]})
        # Most findings need little of the walk, and what is short takes a third of its time.
        short = guesses(cut, self._traits)
        mark = Mark.of(finding)
        if self._means.hurried is None:
            small = self._smallest(short, (cut, plan), mark)
            return small and self._with_pictures(*small, mark)
        with self._means.hurried(_haste_s(heard)):
            small = self._smallest(short, (cut, plan), mark)
        if small and (met := self._again(small[0], mark)):
            return small[0], met
        small = self._smallest((), (cut, plan), mark)
        return small and self._with_pictures(*small, mark)

    def _smallest(self, short: Iterable[Plan], long: Iterable[Plan], mark: Mark) -> Small | None:
        """The smallest of what meets it; the first that does is where it begins.

        Once the time is over no short one is tried any more.
        """
        began = time.monotonic()
        seen: dict[Plan, Met | None] = {}
        self.cut_short = False

        def left() -> float:
            return began + self._means.seconds - time.monotonic()

        def late() -> None:
            self.cut_short = True

        def in_time(_: Plan) -> bool:
            if left() > 0:
                return True
            late()
            return False

        def meets(smaller: Plan) -> int | None:
            if smaller not in seen:
                seen[smaller] = self._met(smaller, mark)
            met = seen[smaller]
            return met and met[0].step

        candidates = chain(takewhile(in_time, short), long)
        first = next((each for each in candidates if meets(each) is not None), None)
        if first is None:
            return None
        smallest = shrunk(first, self._traits, meets, seconds=left(), late=late)
        met = seen[smallest]
        return (smallest, met) if met else None

    def _met(self, plan: Plan, mark: Mark) -> Met | None:
        findings, heard = self._perform(plan)
        same = (finding for finding in findings if Mark.of(finding) == mark)
        return next(((finding, heard) for finding in same), None)

    def _again(self, plan: Plan, mark: Mark) -> Met | None:
        """How a plan meets it where somebody may look at it, with all the time that there is."""
        with self._means.watching():
            return self._met(plan, mark)

    def _with_pictures(self, plan: Plan, met: Met, mark: Mark) -> Small:
        seen = None
        if self._means.photographing:
            with suppress(AppError):
                seen = self._again(plan, mark)
        return plan, seen or met


def _haste_s(heard: Sequence[Entry]) -> float:
    steps = (entry.observation.settled for entry in heard if isinstance(entry, StepObserved))
    slowest_ms = max((settled.took_ms for settled in steps if settled.quiet), default=0.0)
    return max(LEAST_S, HASTE * slowest_ms / 1000)
