"""The agent enters and leaves a worktree: the directory changes under the session."""

from typing import Literal

from harness.actions.base import Action
from harness.actions.delivery import cannot_send, flushed, leaving
from harness.requests import Spoken
from harness.world import World

Manner = Literal["tool", "move"]
# Some apps hear of a move only with the next change of the session: a prompt, or another title.
Prompted = Literal["composer", "api", "nobody", "rename"]
SILENT: tuple[Prompted, ...] = ("nobody", "rename")
# How apps of the opencode family are told, for a person who has to do it.
MOVE = "(POST /experimental/control-plane/move-session)"


class EnterWorktree(Action):
    """The agent enters a worktree: by its tool in a prompted turn, or moved and prompted there."""

    name: Literal["enter-worktree"] = "enter-worktree"
    worktree: str = "worktree"
    by: Manner = "tool"
    via: Prompted = "composer"
    text: str = "Please enter the worktree."
    reply: str = "I am in the worktree now."
    held: bool = False  # the agent goes there only when the turn is finished

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"the agent enters {self.worktree} " + _manner(self)

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return _told(self, "enter", f"the worktree <{self.worktree}>")

    def guard(self, world: World) -> str | None:
        """A worktree of the session that it is not in."""
        session = world.on_screen
        if session is None:
            return super().guard(world)
        if self.worktree not in session.worktrees:
            return f"{self.worktree} is no worktree of the session"
        if session.active == self.worktree:
            return f"the agent is in {self.worktree} already"
        return _cannot_go(world, self, self.worktree)

    def effect(self, world: World) -> World:
        """By its tool: the prompt ran where the agent was. Moved: the prompt runs there already.

        What waits, and may leave there, is sent.
        """
        return flushed(_gone(world, self, self.worktree))


class ExitWorktree(Action):
    """The agent leaves the worktree for the directory that owns the session."""

    name: Literal["exit-worktree"] = "exit-worktree"
    by: Manner = "tool"
    via: Prompted = "composer"
    text: str = "Please leave the worktree."
    reply: str = "I am back in the project."
    held: bool = False  # the agent goes there only when the turn is finished

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return "the agent leaves the worktree " + _manner(self)

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return _told(self, "leave", "the directory that the session was made in")

    def guard(self, world: World) -> str | None:
        """The agent is in a worktree."""
        session = world.on_screen
        if session is None:
            return super().guard(world)
        if session.active == session.owner:
            return "the agent is in no worktree"
        return _cannot_go(world, self, session.owner)

    def effect(self, world: World) -> World:
        """As for entering; from then on the agent works in the owner directory."""
        session = world.on_screen
        return world if session is None else flushed(_gone(world, self, session.owner))


def _manner(action: "EnterWorktree | ExitWorktree") -> str:
    how = "by its tool" if action.by == "tool" else "moved over HTTP"
    whose = {
        "composer": "",
        "api": ", prompted over HTTP",
        "nobody": ", nothing prompted",
        "rename": " and renamed, nothing prompted",
    }
    late = ", when its turn is finished" if action.held else ""
    return f"({how}{whose[action.via]}{late})"


def _told(action: "EnterWorktree | ExitWorktree", verb: str, place: str) -> str:
    """The way into or out of a worktree, for a person."""
    if action.by == "move":
        return f"Move the session to {place} over HTTP {MOVE}; {_prompted(action)}."
    asked = f"ask the agent to {verb} the worktree with its tool (“{action.text}”)"
    who = "From another client, over HTTP, " if action.via == "api" else "In the composer "
    ends = (
        "it must still be at work in the next steps, and go there at the end of its turn"
        if action.held
        else f"wait until it works in {place} and its answer is there"
    )
    return f"{who}{asked}; {ends}."


def _prompted(action: "EnterWorktree | ExitWorktree") -> str:
    sent = f"send “{action.text}” and wait for the agent's answer"
    ways = {
        "composer": f"then, in the composer, {sent}",
        "api": f"then, from another client over HTTP, {sent}",
        "nobody": "leave the page alone",
        "rename": "then give it another title over HTTP (PATCH /session/ID), and leave the page"
        " alone",
    }
    return ways[action.via]


def _cannot_go(world: World, action: "EnterWorktree | ExitWorktree", directory: str) -> str | None:
    if action.by == "tool" and action.via in SILENT:
        return "the agent's tool needs a prompt"
    if action.held and action.by == "move":
        return "a move over HTTP is done at once"
    session = world.on_screen
    if action.held and world.running:
        return "an agent is at work already"
    if session and (session.busy or (action.via not in SILENT and world.busy(session.scope))):
        return "the session is busy"
    if session is None or action.via in SILENT:
        return None
    there = world.working_in(session.scope, directory) if action.by == "move" else world
    return _cannot_prompt(there, action)


def _cannot_prompt(world: World, action: "EnterWorktree | ExitWorktree") -> str | None:
    late = not world.readiness.can_submit("prompt") or world.holds("send") is not None
    late = late or world.holds("busy-news") is not None
    queued = bool(world.view and world.queue(world.view.session))
    waits = action.via == "composer" and (late or queued)
    unclear = "the prompt would wait, and the agent with it" if waits else None
    return cannot_send(world, action.text) or unclear


def _gone(world: World, action: "EnterWorktree | ExitWorktree", directory: str) -> World:
    if world.view is None:
        return world
    scope = world.view.session
    by_tool = action.by == "tool"
    there = world if by_tool else world.working_in(scope, directory)
    if action.via in ("nobody", "rename"):  # as SILENT has it, for the type checker
        return there
    said = Spoken(text=action.text, reply=action.reply)
    emptied = there.submitting(scope) if action.via == "composer" else there
    ends_in = directory if by_tool else ""
    after = leaving(emptied, said, action.via, ends_in=ends_in, held=action.held)
    return after.working_in(scope, directory) if by_tool and not action.held else after
