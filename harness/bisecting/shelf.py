"""The runs of a search, a folder for each candidate: what is there need not be run again."""

import shutil
from pathlib import Path

from harness import __version__
from harness.errors import UsageError
from harness.flows import flows
from harness.journal import Entry, RunEnded, RunStarted
from harness.run import folder_name
from harness.targets.reference import TRAITS
from reports import ReportError, read_journal


class Shelf:
    """Folders named by their candidates.

    Args:
        folder: holds them; it is made.

    Raises:
        UsageError: it cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"cannot keep runs in {folder} ({error.strerror}): name another with --report"
            ) from error
        self.folder = folder

    def place(self, candidate: str) -> Path:
        """The folder of a candidate, whether it is there or not."""
        return self.folder / folder_name(candidate)

    def whole(self, candidate: str, asked: tuple[str, ...]) -> tuple[Entry, ...] | None:
        """The journal of a whole run by this harness over the flows asked for; None without one.

        A run of which the app, the browser or the machine failed is run again: it may have been
        the machine.

        Args:
            candidate: its name.
            asked: their names; none means all that there are.
        """
        try:
            reading = read_journal(self.place(candidate))
        except ReportError:
            return None
        entries = reading.entries
        started = next((each for each in entries if isinstance(each, RunStarted)), None)
        ended = next((each for each in entries if isinstance(each, RunEnded)), None)
        if started is None or ended is None or reading.damage:
            return None
        same = started.harness_version == __version__ and ended.verdict != "infrastructure"
        return entries if same and _covers(started, asked) else None

    def entries(self, candidate: str) -> tuple[Entry, ...]:
        """The journal of a candidate, whole or not; nothing where there is none."""
        try:
            return read_journal(self.place(candidate)).entries
        except ReportError:
            return ()

    def cleared(self, candidate: str) -> Path:
        """A new and empty folder for a candidate."""
        place = self.place(candidate)
        if place.exists():
            shutil.rmtree(place)
        place.mkdir()
        return place


def _covers(started: RunStarted, asked: tuple[str, ...]) -> bool:
    every = {plan.name for plan in flows(TRAITS)}
    return {*(asked or every)} <= {*started.flows, *started.left_out}
