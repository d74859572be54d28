"""What commands exit with, for a person's script or for `git bisect run`."""

from harness.bisecting import SKIP
from harness.errors import AppError, HarnessError
from harness.journal import RunVerdict

EXIT: dict[RunVerdict, int] = {"pass": 0, "violated": 1, "inconclusive": 2, "infrastructure": 3}
ABORT = 128  # from here on git ends the whole search: no other revision would help


def exit_told(code: int, *, bisect_run: bool) -> int:
    """The code for what a run said: git skips a revision that is neither good (0) nor bad (1)."""
    return SKIP if bisect_run and code > 1 else code


def exit_after(error: HarnessError, *, bisect_run: bool) -> int:
    """The code after an error; only the app of one revision can be left out, not this machine."""
    if not bisect_run:
        return error.exit_code
    return SKIP if isinstance(error, AppError) else ABORT


def exit_unread(code: str | int | None, *, bisect_run: bool) -> str | int | None:
    """The code of a command line that could not be read, and any other as it is."""
    wrong_usage = 2  # click's own
    return ABORT if bisect_run and code == wrong_usage else code
