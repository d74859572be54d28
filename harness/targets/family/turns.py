"""The agent's turns: when they have ended, and whether one is still out."""

import time
from collections.abc import Callable

from harness.errors import StuckError
from harness.targets.family.event_tap import EventTap

LOOK_S = 0.1  # between two looks whether somebody else was asked


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
        if self._tap.wait_ended(session, self._before[session] + count - 1, timeout_s):
            return True
        self.give_up(session)
        return False

    def give_up(self, session: str) -> None:
        """A turn of this action is waited for no longer; it may still come."""
        self._unanswered[session] = self._before[session]

    def unasked(self, session: str, asked: Callable[[], bool], timeout_s: float) -> str:
        """Why a turn goes on, or is over, without the one who was to be asked; empty if he was.

        Args:
            session: its id.
            asked: whether he was.
            timeout_s: how long the server may take until it asks.
        """
        before, until = self._before[session], time.monotonic() + timeout_s
        while not asked() and time.monotonic() < until:
            if self._tap.wait_over_or_failing(session, before, LOOK_S):
                break
        if asked():
            return ""
        if said := self._tap.failing(session):
            return f"the app's model does not answer ({said})"
        if self._tap.ended(session) > before:
            return "the app's model answered, and it was another one than the harness's"
        return f"the app asked no model within {timeout_s:.0f} s"

    def ensure_answered(self, session: str) -> None:
        """What is sent while the agent is busy goes where nobody foretold.

        Raises:
            StuckError: a turn that was waited for has still not ended.
        """
        if self.given_up(session):
            raise StuckError("the agent's turn before it has not ended")

    def given_up(self, session: str) -> bool:
        """Whether a turn that was waited for has still not ended."""
        return self._tap.ended(session) <= self._unanswered.get(session, -1)
