"""What its flows, or an exception, make of a run."""

from harness.errors import HarnessError, UsageError
from harness.journal import RunVerdict
from harness.runner import worst


class Tally:
    """The verdicts of the flows that have ended."""

    def __init__(self) -> None:
        self._ended: list[tuple[RunVerdict, str]] = []

    def add(self, verdict: RunVerdict, reason: str) -> None:
        """One more has ended so."""
        self._ended.append((verdict, reason))

    @property
    def verdict(self) -> RunVerdict:
        """The worst verdict so far; inconclusive when nothing was performed."""
        return worst(verdict for verdict, _ in self._ended) if self._ended else "inconclusive"

    @property
    def reason(self) -> str:
        """Why the run could not go on; empty when it could."""
        return next((reason for _, reason in self._ended if reason), "")


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
