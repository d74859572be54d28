"""The agent enters and leaves a worktree: the directory changes under the session."""

from typing import Literal

from harness.actions.base import Action
from harness.actions.prompts import Prompted, cannot_send, sent
from harness.world import World

Manner = Literal["tool", "move"]


class EnterWorktree(Action):
    """The agent enters a worktree: by its tool in a prompted turn, or moved and prompted there."""

    name: Literal["enter-worktree"] = "enter-worktree"
    worktree: str = "worktree"
    by: Manner = "tool"
    via: Prompted = "composer"
    text: str = "Please enter the worktree."
    reply: str = "I am in the worktree now."

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"the agent enters {self.worktree} " + _manner(self.by, self.via)

    def guard(self, world: World) -> str | None:
        """A worktree of the session that it is not in."""
        session = world.on_screen
        if session is None:
            return super().guard(world)
        if self.worktree not in session.worktrees:
            return f"{self.worktree} is no worktree of the session"
        if session.active == self.worktree:
            return f"the agent is in {self.worktree} already"
        return cannot_send(world, self.text)

    def effect(self, world: World) -> World:
        """By its tool: the prompt ran where the agent was. Moved: the prompt runs there already."""
        return _gone(world, self, self.worktree)


class ExitWorktree(Action):
    """The agent leaves the worktree for the directory that owns the session."""

    name: Literal["exit-worktree"] = "exit-worktree"
    by: Manner = "tool"
    via: Prompted = "composer"
    text: str = "Please leave the worktree."
    reply: str = "I am back in the project."

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return "the agent leaves the worktree " + _manner(self.by, self.via)

    def guard(self, world: World) -> str | None:
        """The agent is in a worktree."""
        session = world.on_screen
        if session is None:
            return super().guard(world)
        if session.active == session.owner:
            return "the agent is in no worktree"
        return cannot_send(world, self.text)

    def effect(self, world: World) -> World:
        """As for entering; from then on the agent works in the owner directory."""
        session = world.on_screen
        return world if session is None else _gone(world, self, session.owner)


def _manner(by: Manner, via: Prompted) -> str:
    how = "by its tool" if by == "tool" else "moved over HTTP"
    return f"({how})" if via == "composer" else f"({how}, prompted over HTTP)"


def _gone(world: World, action: EnterWorktree | ExitWorktree, directory: str) -> World:
    if world.view is None:
        return world
    scope = world.view.session
    if action.by == "move":
        moved = world.working_in(scope, directory)
        return sent(moved, action.text, action.reply, action.via)
    return sent(world, action.text, action.reply, action.via, ends_in=directory).working_in(
        scope, directory
    )
