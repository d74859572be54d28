"""What an exception makes of a run."""

from harness.errors import HarnessError, UsageError
from harness.journal import RunVerdict


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
