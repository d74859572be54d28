"""Snapshots that come late, from a page without a queue."""

from harness.actions import FinishTurn, Hold, OpenSession, Release, Reload, SendPrompt, StopTurn
from harness.plans import Plan


def status_merge() -> Plan:
    """An older snapshot of busy and idle does not undo newer events, and a fresh one clears old."""
    return Plan(
        name="status-merge",
        title="A turn begins while the page asks what is busy; another ends unheard",
        seeded=20,
        actions=(
            OpenSession(),
            Hold(what="status"),
            Reload(),
            SendPrompt(text="Begin now.", reply="Begun and done.", via="api", held=True),
            Release(what="status"),
            FinishTurn(),
            SendPrompt(text="Begin again.", reply="Done again.", via="api", held=True),
            Hold(what="busy-news"),
            FinishTurn(),
            Release(what="busy-news"),
            SendPrompt(text="Begin a third time.", reply="Never said.", held=True),
            StopTurn(),
            SendPrompt(text="Go on.", reply="I do."),
        ),
    )
