"""What an app has no way to do, of what the model allows."""

from itertools import pairwise

from harness.actions import (
    Action,
    AnyAction,
    ChooseModel,
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Revert,
    SendPrompt,
    ShowSession,
    StopTurn,
    SubmitBlank,
)
from harness.actions.network import Hold, Refuse, Release
from harness.errors import UsageError
from harness.plans import Plan, predict
from harness.requests import REVIEWED, Kind
from harness.traits import LACKS, Ability, Traits
from harness.world import World

# As the flows of the gate take it.
OF_ACTIONS: dict[str, frozenset[Ability]] = {
    "open-address": frozenset({"address"}),
    "edit-queued": frozenset({"queue"}),
    "retry-queued": frozenset({"queue"}),
    "resume-queue": frozenset({"queue", "resume"}),
    "stop-turn": frozenset({"status"}),
    "revert": frozenset({"revert"}),
    "restore": frozenset({"revert"}),
    "open-review": frozenset({"changes"}),
    "change-file": frozenset({"changes"}),
    "others-work": frozenset({"retention"}),
    "choose-model": frozenset({"models"}),
}
OF_KINDS: dict[Kind, Ability] = {
    "commands": "commands",
    "provider": "models",
    "status": "status",
    "busy-news": "status",
    "revert": "revert",
    "restore": "revert",
    "diff": "changes",
    "artifacts": "review",
    "stop": "status",
    "events": "stream",
}


def impossible(action: AnyAction, before: World, after: World, traits: Traits) -> str | None:
    """Why an action that the model allows is not done on an app with these traits, or None.

    The app has no way to do it, or the model says too little of what comes of it.

    Args:
        action: what is done.
        before: the world in which it is done.
        after: the world that comes of it.
        traits: of the app.
    """
    if isinstance(action, EnterWorktree | ExitWorktree) and action.by not in traits.enters_by:
        return f"no worktree is entered in it by a {action.by}"
    if said := _unsaid(action, before, after) or _otherwise(action, before, after, traits):
        return said
    if lacking := sorted(_needs(action, before, after) - traits.can):
        return "; ".join(LACKS[ability] for ability in lacking)
    if isinstance(action, ChooseModel) and action.model not in traits.models:
        return f"it is not known to offer the model {action.model}"
    return None


def is_possible(plan: Plan, traits: Traits) -> bool:
    """Whether an app with these traits does all of a plan, and the model says what comes of it."""
    try:
        worlds = predict(plan, traits)
    except UsageError:
        return False
    changes = zip(plan.actions, pairwise(worlds), strict=True)
    return not any(impossible(each, *around, traits) for each, around in changes)


def _unsaid(action: AnyAction, before: World, after: World) -> str | None:
    """What the model says too little of."""
    match action:
        case Refuse(what="messages" | "commands" | "provider"):
            return "the model does not say when a page asks again for what was refused"
        case Release(what="events" | "busy-news") if before.holds("status"):
            return "the model does not say what a page knows of turns while it asks for them anew"
        case Revert() if before.view and before.view.reader == "history":
            return "whoever takes a prompt back scrolls to it first"
        case SendPrompt() | FinishTurn() | StopTurn():
            return _unsaid_of_turns(action, before, after)
        case _:
            return None


def _unsaid_of_turns(action: AnyAction, before: World, after: World) -> str | None:
    match action:
        case SendPrompt(to_shell=False, text=text) if text.startswith("!"):
            return "the model does not say whether a mark that nobody typed makes a line of it"
        case SendPrompt(to_shell=True) if _queued(before, after):
            return "the model does not say how a shell line stands in a queue"
        case StopTurn() if before.holds("busy-news") and _of_another_client(before):
            return "the model does not say whether the page has heard of that turn"
        case _ if _reviews_again(before, after):
            return "the model does not say what the review asks for once the turn is over"
        case _:
            return None


def _otherwise(action: AnyAction, before: World, after: World, traits: Traits) -> str | None:
    """What the app does in a way of its own, which the model does not know."""
    match action:
        case SendPrompt(to_shell=True) if _comes_back(before) and not traits.marks_shell:
            return "the model does not say how a composer leaves its shell mode"
        case SendPrompt(to_shell=True) if _busy(before) and "queue" not in traits.can:
            return "its server takes no line for the shell while the agent is at work"
        case ShowSession() if traits.goes_late and not after.readiness.cache:
            return "the page stays where it is until the messages of that session are there"
        case SubmitBlank() if traits.blank_stops and _busy(before):
            return "it stops the agent there, as the stop button does"
        case _:
            return None


def _needs(action: AnyAction, before: World, after: World) -> frozenset[Ability]:
    match action:
        case Hold(what=what) | Refuse(what=what) | Release(what=what):
            return frozenset({OF_KINDS[what]} if what in OF_KINDS else ())
        case EnterWorktree(via="nobody") | ExitWorktree(via="nobody"):
            return frozenset({"move"})
        case SendPrompt():
            return _to_say(action, before, after)
        case ShowSession() if before.view and before.view.session.server_key != action.server:
            return frozenset({"servers", "sessions"})
        case ShowSession():
            return frozenset({"sessions"})
        case Action():
            return OF_ACTIONS.get(action.name, frozenset())


def _to_say(action: SendPrompt, before: World, after: World) -> frozenset[Ability]:
    needed: set[Ability] = {"shell"} if action.to_shell else set()
    if action.said.kind == "command":
        needed.add("commands")
    if _queued(before, after):
        needed.add("queue")
    return frozenset(needed)


def _busy(world: World) -> bool:
    return world.view is not None and world.busy(world.view.session)


def _of_another_client(world: World) -> bool:
    """Whether the agent answers what another client of the server has sent."""
    return world.running is not None and world.running.via == "api"


def _reviews_again(before: World, after: World) -> bool:
    """Whether a turn ends while the network would keep back the next answer about the review."""
    turns = before.running or len(after.sent) > len(before.sent)
    kept = any(before.holds(what) for what in REVIEWED)
    return bool(before.review_open and kept and turns and not after.running)


def _comes_back(before: World) -> bool:
    """Whether what is sent is given back to the composer once its send has failed."""
    keeper = before.holds("send")
    return keeper is not None and keeper.fails


def _queued(before: World, after: World) -> bool:
    return len(after.waiting) > len(before.waiting)
