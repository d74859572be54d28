"""What a transition is, for covering: a situation, and an action with its arguments.

A situation is what the rules of the gate tell apart, not all that decides what comes next
(`states`): where one is, what is not ready, whether the agent works, what the queue does, and what
is on its way, from here or from elsewhere. So few are they that a browser takes every action in
every situation within minutes.
"""

from typing import Literal, NamedTuple

from harness.requests import Pending
from harness.world import View, World

Lack = Literal["", "the session", "the model", "the commands"]
Agent = Literal["idle", "at work here", "at work elsewhere"]
Queue = Literal["empty", "waiting", "failed", "paused"]


class Situation(NamedTuple):
    """Where a world stands, as the rules see it."""

    place: str = ""  # the session on screen and its directory; none before the first
    lack: Lack = ""  # the most that readiness lacks
    agent: Agent = "idle"
    queue: Queue = "empty"  # on screen
    in_flight: frozenset[str] = frozenset()  # kinds, each with whether it was asked for here
    kept: frozenset[str] = frozenset()  # kinds that the network keeps back or refuses


def situation_of(world: World) -> Situation:
    """The situation of a world."""
    view = world.view
    if view is None:
        return Situation()
    return Situation(
        place=f"{view.session.server_key} {view.session.session_id} in {view.execution.directory}",
        lack=_lack(world),
        agent=_agent(world, view),
        queue=_queue(world, view),
        in_flight=frozenset(_asked(pending, view) for pending in world.in_flight),
        kept=frozenset((*(held.what for held in world.held), *world.refused)),
    )


def _lack(world: World) -> Lack:
    ready = world.readiness
    if not ready.can_act:
        return "the session"
    if not ready.can_submit("prompt"):
        return "the model"
    return "" if ready.commands else "the commands"


def _agent(world: World, view: View) -> Agent:
    if world.running is None:
        return "idle"
    return "at work here" if world.running.session == view.session else "at work elsewhere"


def _queue(world: World, view: View) -> Queue:
    queue = world.queue(view.session)
    if not queue:
        return "empty"
    if queue[0].failed:
        return "failed"
    return "paused" if view.session in world.paused else "waiting"


def _asked(pending: Pending, view: View) -> str:
    what = _told(pending)
    if pending.session != view.session:
        return f"{what} of another session"
    if pending.execution == view.execution:
        return what
    there = pending.execution.directory != view.execution.directory
    return f"{what} of another directory" if there else f"{what} of an earlier visit"


def _told(pending: Pending) -> str:
    """What comes, or that it comes to nothing; a follow-up is none of the composer's prompts.

    Of prompts the failing ones are not told apart: it would cost a tenth more actions.
    """
    what = "follow-up" if pending.queued else pending.what
    if pending.fails and pending.what != "send":
        return f"failing {what}"
    return f"outdated {what}" if pending.outdated else what
