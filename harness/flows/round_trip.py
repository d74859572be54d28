"""The main job: enter a worktree, leave it, follow up; and the same with a network that fails."""

from harness.actions import (
    AnyAction,
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

# Each way in which the worktree's address is reached and the timeline read, and what it takes.
WAYS: tuple[tuple[bool, Reader, frozenset[Ability]], ...] = (
    (False, "history", frozenset()),
    (False, "bottom", frozenset()),
    (True, "history", frozenset({"address"})),
    (True, "bottom", frozenset({"address"})),
)
THERE, HOME = OpenAddress(directory="worktree"), OpenAddress(directory="root")
PLACES: dict[Reader, str] = {"history": "reading in history", "bottom": "reading the latest"}
LOOK_AROUND = SendPrompt(text="Look around in the worktree.", reply="I have.", via="api")
LOOK_BACK = SendPrompt(text="Look around in the project.", reply="I have, there too.", via="api")
FOLLOW_UP = SendPrompt(text="Where are you working now?", reply="Here is where I work.")


def round_trips(traits: Traits) -> tuple[tuple[Plan, frozenset[Ability]], ...]:
    """The round trip in the ways of real apps, each in history and at the bottom, and its needs."""
    cold = ((round_trip(traits, reader=at, address=moves), needs) for moves, at, needs in WAYS)
    return (*cold, (warm_round_trip(traits), frozenset({"address"})))


def follow_ups() -> tuple[tuple[Plan, frozenset[Ability]], ...]:
    """The round trip without its worktree, for an app in which no session enters one; its needs.

    What can be looked at there: a follow-up keeps the timeline, and so does the address of another
    directory under which the same session is shown meanwhile.
    """
    return tuple((follow_up(reader=at, address=moves), needs) for moves, at, needs in WAYS)


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
    by = traits.enters_by[0] if traits.enters_by else "move"
    way = {"by": by, "via": "api" if address or lifted else "composer"}
    enter: list[AnyAction] = [EnterWorktree.model_validate(way)]
    leave: list[AnyAction] = [ExitWorktree.model_validate(way)]
    if way == {"by": "move", "via": "api"} and "hears" not in traits.can:
        # The page would hear of the move with the prompt, in one piece with it or in two.
        enter = [EnterWorktree(by="move", via="rename", text="In the worktree"), LOOK_AROUND]
        leave = [ExitWorktree(by="move", via="rename", text="Back in the project"), LOOK_BACK]
    there, back = ([THERE], [HOME]) if address else ([], [])
    reading = [ReadHistory()] if reader == "history" else []
    manner = "the address changes with it" if address else "the address stays"
    return Plan(
        name=f"round-trip-{_way(reader, address=address)}",
        title=f"Enter and leave a worktree, follow up; {manner}; {PLACES[reader]}",
        actions=(OpenSession(), *reading, *enter, *there, *leave, *back, FOLLOW_UP),
    )


def warm_round_trip(traits: Traits) -> Plan:
    """The round trip by the address, in history, where the worktree's was open before.

    An app that builds its page anew for an address which it has not shown yet may keep it here.
    """
    trip = round_trip(traits, reader="history", address=True)
    opened, *rest = trip.actions
    return trip.model_copy(
        update={
            "name": "round-trip-address-warm-history",
            "title": f"{trip.title}; the worktree's address was open before",
            "actions": (opened, THERE, HOME, *rest),
        }
    )


def follow_up(*, reader: Reader, address: bool) -> Plan:
    """Send a follow-up where the session has stayed in its directory.

    Args:
        reader: in history, or at the bottom.
        address: the page's address changes to another directory's and back before.
    """
    reading = [ReadHistory()] if reader == "history" else []
    elsewhere = [THERE, HOME] if address else []
    manner = "the address changes and comes back" if address else "the address stays"
    return Plan(
        name=f"follow-up-{_way(reader, address=address)}",
        title=f"Follow up; {manner}; {PLACES[reader]}",
        actions=(OpenSession(), *reading, *elsewhere, FOLLOW_UP),
    )


def _way(reader: Reader, *, address: bool) -> str:
    return f"{'address' if address else 'in-place'}-{reader}"


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
