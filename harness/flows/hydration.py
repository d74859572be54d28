"""Snapshots that come late, and stores that must stay."""

from harness.actions import (
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Hold,
    OpenSession,
    OthersWork,
    Release,
    Reload,
    SendPrompt,
)
from harness.flows.ownership import SHORT
from harness.plans import Plan

SIDES = 5  # more directories than any app keeps for those that are not on screen


def status_merge() -> Plan:
    """An older snapshot of busy and idle does not undo newer events, and a fresh one clears old.

    What is submitted before the first has come stays in the composer.

    Source: seed "session.status() hydration preserves active events that arrive during the request
    and clears stale pre-request busy / retry when the fresh snapshot is idle".
    """
    early = SendPrompt(text="Submitted early.", reply="And answered late.")
    return Plan(
        name="status-merge",
        title="A turn begins while the page asks what is busy; another ends unheard",
        seeded=20,
        actions=(
            OpenSession(),
            Hold(what="status"),
            Reload(),
            early,
            SendPrompt(text="Begin now.", reply="Begun and done.", via="api", held=True),
            Release(what="status"),
            FinishTurn(),
            early,
            SendPrompt(text="Begin again.", reply="Done again.", via="api", held=True),
            Hold(what="busy-news"),
            FinishTurn(),
            Release(what="busy-news"),
        ),
    )


def readiness_visible() -> Plan:
    """A new page in a worktree waits for the worktree's lists, and knows no other directory's yet.

    It asks for those of its address's directory only when the session goes there. Source: seed
    "Add action-readiness tests covering command hydration, provider/model hydration, session cache
    readiness, and status readiness".
    """
    return Plan(
        name="readiness-visible",
        title="Reload in a worktree, send while its lists are on their way, and leave",
        seeded=20,
        actions=(
            OpenSession(),
            EnterWorktree(),
            Hold(what="commands"),
            Hold(what="provider"),
            Reload(),
            SendPrompt(text="/greet the reader", heard="Greet the reader kindly.", reply="Hello."),
            Release(what="provider"),
            Release(what="commands"),
            Hold(what="commands"),
            ExitWorktree(),
            SendPrompt(text="/greet us", heard="Greet us kindly.", reply="Good evening."),
            Release(what="commands"),
        ),
    )


def store_retention() -> Plan:
    """The store of the directory on screen stays, however many others something happens in.

    Where something happened last the lists are there before the session is.

    Source: seed "Current-directory child-store retention follows the live directory accessor
    instead of a long-lived provider owner".
    """
    others = tuple(
        OthersWork(directory=f"side-{number}", text=f"Work in side {number}.")
        for number in range(1, SIDES + 1)
    )
    return Plan(
        name="store-retention",
        title="Work in a worktree while other agents work in many others",
        seeded=20,
        others=(SHORT,),
        sides=SIDES,
        actions=(
            OpenSession(),
            OthersWork(directory="worktree", text="Work ahead."),
            Hold(what="commands"),
            EnterWorktree(by="move", via="nobody"),
            SendPrompt(text="/greet them", heard="Greet them kindly.", reply="Hello, all."),
            Release(what="commands"),
            *others,
            SendPrompt(text="Is all still here?", reply="All is here."),
        ),
    )
