"""The main job: enter a worktree, leave it, follow up; and the same with a network that fails."""

from harness.actions import (
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Hold,
    OpenAddress,
    OpenSession,
    ReadHistory,
    ReadLatest,
    Refuse,
    Release,
    SendPrompt,
)
from harness.plans import Plan
from harness.traits import Ability, Traits
from harness.world import Reader


def round_trips(traits: Traits) -> tuple[tuple[Plan, frozenset[Ability]], ...]:
    """The round trip in the ways of real apps, each in history and at the bottom, and its needs."""
    readers: tuple[Reader, ...] = ("history", "bottom")
    by_address: frozenset[Ability] = frozenset({"address"})
    cold = tuple(
        (
            round_trip(traits, reader=reader, address=address),
            by_address if address else frozenset[Ability](),
        )
        for address in (False, True)
        for reader in readers
    )
    return (*cold, (warm_round_trip(traits), by_address))


def round_trip(traits: Traits, *, reader: Reader, address: bool) -> Plan:
    """Enter a worktree, leave it, send a follow-up, in one of the ways of real apps.

    Args:
        traits: decides how the worktree is entered.
        reader: in history, or at the bottom.
        address: the page's address changes to the worktree's and back, and the prompts that make
            the agent move come over HTTP; else the route stays and they come from the composer
            (unless a send would take a reader in history to the latest).
    """
    # Where the reader's own send leads to the latest, only others' prompts leave one in history.
    lifted = reader == "history" and traits.own_send == "follow"
    way = {"by": traits.enters_by[0], "via": "api" if address or lifted else "composer"}
    enter = EnterWorktree.model_validate(way)
    leave = ExitWorktree.model_validate(way)
    there = [OpenAddress(directory="worktree")] if address else []
    back = [OpenAddress(directory="root")] if address else []
    reading = [ReadHistory()] if reader == "history" else []
    follow_up = SendPrompt(text="Where are you working now?", reply="Here is where I work.")
    manner = "the address changes with it" if address else "the address stays"
    place = "reading in history" if reader == "history" else "reading the latest"
    return Plan(
        name=f"round-trip-{'address' if address else 'in-place'}-{reader}",
        title=f"Enter and leave a worktree, follow up; {manner}; {place}",
        actions=(OpenSession(), *reading, enter, *there, leave, *back, follow_up),
    )


def warm_round_trip(traits: Traits) -> Plan:
    """The round trip by the address, in history, where the worktree's was open before.

    An app that builds its page anew for an address which it has not shown yet may keep it here.
    """
    trip = round_trip(traits, reader="history", address=True)
    opened, *rest = trip.actions
    there_and_back = (OpenAddress(directory="worktree"), OpenAddress(directory="root"))
    return trip.model_copy(
        update={
            "name": "round-trip-address-warm-history",
            "title": f"{trip.title}; the worktree's address was open before",
            "actions": (opened, *there_and_back, *rest),
        }
    )


def cache_miss() -> Plan:
    """The messages cannot be had while the directory changes: those on screen stay.

    Source: seed "Last-good timeline messages survive transient same-session cache misses".
    """
    return Plan(
        name="cache-miss",
        title="Enter and leave a worktree while the session's messages cannot be read",
        actions=(
            OpenSession(),
            ReadHistory(),
            Refuse(what="messages"),
            EnterWorktree(by="move", via="nobody"),
            ExitWorktree(by="move", via="nobody"),
            Release(what="messages"),
            SendPrompt(text="Are you still there?", reply="I am."),
            ReadLatest(),
        ),
    )


def stream_cut() -> Plan:
    """The event stream is cut in the middle of a turn, and resumed after its end.

    Source: seed "session.status() hydration preserves active events that arrive during the
    request"; nothing that happened meanwhile is lost.
    """
    return Plan(
        name="stream-cut",
        title="Lose the event stream in the middle of a turn, and find it again",
        seeded=20,
        actions=(
            OpenSession(),
            SendPrompt(text="Take your time.", reply="It is done now.", held=True),
            Hold(what="events"),
            FinishTurn(),
            Release(what="events"),
            SendPrompt(text="And now?", reply="Now we go on."),
        ),
    )
