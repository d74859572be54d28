"""Whether what was found is met again by its plan on an app without a past, in a few words.

The last class is an entry of the journal (`harness.journal`), with a `kind`.
"""

from typing import Literal

from pydantic import Field

from harness.values import Value


class Replays(Value):
    """How often a plan met its finding again; the first miss ends it.

    Attributes:
        asked: how often it was to be tried.
        tried: how often it was.
        met: how often it was met.
        fresh: on an app that was started for it; else on the one that had performed other plans.
        lack: why no more could be tried, or why the one that missed it came to no verdict.
    """

    asked: int = Field(ge=1)
    tried: int = Field(default=0, ge=0)
    met: int = Field(default=0, ge=0)
    fresh: bool = True
    lack: str = ""

    @property
    def reproducible(self) -> bool | None:
        """True where it was met each time, False where once it was not; None while unknown."""
        if self.met < self.tried:
            return False
        return True if self.tried == self.asked else None

    @property
    def over(self) -> bool:
        """Whether no more is tried."""
        return bool(self.lack) or self.reproducible is not None

    def __str__(self) -> str:
        """What came of it, in a sentence."""
        where = "on a fresh app" if self.fresh else "on the same app"
        why = f": {self.lack.rstrip('.')}." if self.lack else "."
        if self.reproducible is False:
            return f"Not reproducible: {where} {self._missed()}{why}"
        if not self.tried:
            return f"Could not be replayed{why}" if self.lack else f"Not replayed {where} yet."
        told = f"Replayed {where}: {self.met} of {self.tried} times"
        if self.reproducible:
            return f"{told}."
        return (
            f"{told}; the {_nth(self.tried + 1)} could not be done{why}"
            if self.lack
            else (f"{told}; the other {self.asked - self.tried} were not tried.")
        )

    def _missed(self) -> str:
        if not self.met:
            return "it was not met"
        often = "once" if self.met == 1 else f"{self.met} times"
        return f"it was met {often} and not the {_nth(self.tried)} time"


class FlowReplayed(Value):
    """Whether a flow's finding was met again; of several entries of a flow the last one stands."""

    kind: Literal["flow-replayed"] = "flow-replayed"
    flow: str
    t: float
    replays: Replays


def _nth(number: int) -> str:
    teens = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
