"""What its flows, or an exception, make of a run."""

from collections.abc import Generator
from contextlib import contextmanager

from harness.errors import HarnessError, UsageError
from harness.explorer import never_taken
from harness.journal import Journal, RunEnded, RunVerdict
from harness.plans import Plan
from harness.runner import now, worst


class Tally:
    """The verdicts of the flows that have ended.

    Args:
        whole: the flows are all that there are, for an app that can do all that the model knows;
            then each action of the model has to be taken by one of them.
    """

    def __init__(self, *, whole: bool = False) -> None:
        self._whole = whole
        self._ended: list[tuple[RunVerdict, str]] = []
        self._taken: list[Plan] = []

    def add(self, verdict: RunVerdict, reason: str, plan: Plan | None = None) -> None:
        """One more has ended so; with a plan whose actions it took."""
        self._ended.append((verdict, reason))
        self._taken += [plan] if plan else []

    @property
    def verdict(self) -> RunVerdict:
        """The worst verdict; inconclusive when nothing was performed, or an action never was."""
        if not self._ended:
            return "inconclusive"
        verdicts: list[RunVerdict] = [verdict for verdict, _ in self._ended]
        return worst([*verdicts, "inconclusive"] if self._untaken else verdicts)

    @property
    def reason(self) -> str:
        """Why the run could not go on, or what it leaves out; empty when it could do all."""
        return next((reason for _, reason in self._ended if reason), self._untaken)

    @property
    def _untaken(self) -> str:
        names = never_taken(self._taken) if self._whole else ()
        if not names:
            return ""
        return f"no flow takes {' and '.join(names)}: each action of the model belongs into a flow"


def verdict_after(error: BaseException) -> tuple[RunVerdict, str]:
    """The verdict of a run that ended so, and the reason that the journal keeps."""
    match error:
        case UsageError():
            return "inconclusive", str(error)
        case HarnessError():
            return "infrastructure", str(error)
        case KeyboardInterrupt():
            return "infrastructure", "it was stopped by hand"
        case SystemExit() | GeneratorExit():
            return "infrastructure", "it was told to stop before its end"
        case _:
            said = str(error).splitlines()[0] if str(error) else "no word"
            return "infrastructure", f"the harness failed: {type(error).__name__}: {said}"


@contextmanager
def ended_by_failure(journal: Journal) -> Generator[None]:
    """Gives a journal its last line when what is done meanwhile fails or is stopped."""
    try:
        yield
    except BaseException as error:
        verdict, reason = verdict_after(error)
        journal.write(RunEnded(t=now(), verdict=verdict, reason=reason))
        raise
