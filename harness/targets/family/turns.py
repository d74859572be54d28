"""The agent's turns: when they have ended, and whether one is still out."""

from harness.errors import StuckError
from harness.targets.family.event_tap import EventTap


class Turns:
    """Counts the turns of each session from where an action began.

    Args:
        tap: hears the server's events.
    """

    def __init__(self, tap: EventTap) -> None:
        self._tap = tap
        self._before: dict[str, int] = {}
        self._unanswered: dict[str, int] = {}  # turns that were waited for in vain

    def begin(self, session: str) -> None:
        """An action begins: turns that end from now on are its own."""
        self._before[session] = self._tap.ended(session)

    def wait(self, session: str, count: int, timeout_s: float) -> bool:
        """Wait until `count` turns have ended since the action began."""
        before = self._before[session]
        if self._tap.wait_ended(session, before + count - 1, timeout_s):
            return True
        self._unanswered[session] = before
        return False

    def ensure_answered(self, session: str) -> None:
        """What is sent while the agent is busy goes where nobody foretold.

        Raises:
            StuckError: a turn that was waited for has still not ended.
        """
        if self._tap.ended(session) <= self._unanswered.get(session, -1):
            raise StuckError("the agent's turn before it has not ended")
