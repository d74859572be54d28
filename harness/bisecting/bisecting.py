"""A search over real runs: each candidate run once, its journal kept, its answer told."""

from collections.abc import Callable, Sequence
from pathlib import Path

from harness.bisecting.search import Answer, Found, Kind, first_turned
from harness.bisecting.serving import OccupiedError
from harness.bisecting.shelf import Shelf
from harness.bisecting.wanted import Wanted, answer_of, findings_of
from harness.errors import HarnessError, UsageError
from harness.journal import Entry
from harness.targets.npm import SilentError
from harness.values import Value

# Runs flows (none means all) on a candidate, and leaves a journal in the folder.
Perform = Callable[[str, tuple[str, ...], Path], None]


class Look(Value):
    """A candidate was looked at.

    Attributes:
        candidate: its name.
        answer: what it said.
        why: why it could not tell.
        kept: whether its run was there already.
    """

    candidate: str
    answer: Answer
    why: str = ""
    kept: bool = False


class Bisecting:
    """Finds the first candidate with a finding, or the first without it.

    Args:
        shelf: keeps the runs.
        perform: makes one.
        told: hears each look.
        only: the flows that are run; none means all.
    """

    def __init__(
        self,
        shelf: Shelf,
        perform: Perform,
        told: Callable[[Look], None],
        only: tuple[str, ...] = (),
    ) -> None:
        self._shelf = shelf
        self._perform = perform
        self._told = told
        self._only = only
        self.wanted: Wanted | None = None
        self.looks: list[Look] = []

    def run(self, candidates: Sequence[str], wanted: Wanted | None, sought: Kind = "bad") -> Found:
        """Search.

        Args:
            candidates: from the oldest to the newest.
            wanted: what makes one bad; None takes the first finding of the bad end of which the
                good end says that it has it not.
            sought: what the newest is; the oldest is the other.

        Raises:
            UsageError: an end is not what it is said to be, or the bad one has no such finding.
            SilentError: the registry answers no more; what was run is kept.
            OccupiedError: another app answers where a candidate would.
        """
        oldest, newest = candidates[0], candidates[-1]
        ends = (oldest, newest) if sought == "bad" else (newest, oldest)
        self.wanted = wanted or self._chosen(*ends)
        try:
            return first_turned(candidates, self._look, sought)
        except UsageError as error:
            why = self.looks[-1].why if self.looks else ""
            raise UsageError(f"{error}; it said: {why}" if why else str(error)) from error

    def _chosen(self, good: str, bad: str) -> Wanted:
        without, having = (self._entries(each, self._only)[0] for each in (good, bad))
        fresh = (each for each in findings_of(having) if answer_of(without, each)[0] == "good")
        if (wanted := next(fresh, None)) is None:
            raise UsageError(
                f"{bad} has no finding that {good} was judged for and has not:"
                " there is nothing to search for"
            )
        return wanted

    def _look(self, candidate: str) -> Answer:
        if self.wanted is None:
            raise UsageError("nothing was chosen to search for")
        flow = self.wanted.flow
        flows = (flow,) if flow else self._only
        look = self._asked(candidate, flows, self.wanted)
        self.looks.append(look)
        self._told(look)
        return look.answer

    def _asked(self, candidate: str, flows: tuple[str, ...], wanted: Wanted) -> Look:
        try:
            entries, kept = self._entries(candidate, flows)
        except (OccupiedError, SilentError):
            raise  # it would be the same for every other one
        except HarnessError as error:
            return Look(candidate=candidate, answer="cannot tell", why=str(error))
        answer, why = answer_of(entries, wanted)
        return Look(candidate=candidate, answer=answer, why=why, kept=kept)

    def _entries(self, candidate: str, flows: tuple[str, ...]) -> tuple[tuple[Entry, ...], bool]:
        """The journal of a candidate, run now if there is none, and whether there was."""
        if (kept := self._shelf.whole(candidate, flows)) is not None:
            return kept, True
        self._perform(candidate, flows, self._shelf.cleared(candidate))
        return self._shelf.entries(candidate), False
