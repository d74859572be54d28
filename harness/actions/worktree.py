"""The agent enters and leaves a worktree: the directory changes under the session."""

from abc import abstractmethod
from typing import Literal

from harness.actions.base import Action, Clause, unheard
from harness.actions.delivery import blank, flushed, leaving, said_before, undecided
from harness.requests import Spoken
from harness.world import World

Manner = Literal["tool", "move"]
# Some apps hear of a move only with the next change of the session: a prompt, or another title.
Prompted = Literal["composer", "api", "nobody", "rename"]
SILENT: tuple[Prompted, ...] = ("nobody", "rename")
# How apps of the opencode family are told, for a person who has to do it.
MOVE = "(POST /experimental/control-plane/move-session)"


class GoesThere(Action):
    """The agent goes to another directory: by its tool in a prompted turn, or it is moved."""

    by: Manner = "tool"
    via: Prompted = "composer"
    text: str
    reply: str
    held: bool = False  # the agent goes there only when the turn is finished

    @abstractmethod
    def directory_in(self, world: World) -> str | None:
        """Where it goes; None where no session is on screen."""

    def going(self) -> tuple[Clause, ...]:
        """What must hold wherever it goes."""
        return (
            self.prompted_for_its_tool,
            self.heard_of,
            self.no_move_kept_back,
            self.no_other_turn,
            self.idle,
            self.has_words,
            self.new_words,
            self.leaves_at_once,
            self.history_decided,
        )

    def prompted_for_its_tool(self, _: World) -> str | None:
        """The agent uses its tool when it is told."""
        silent = self.by == "tool" and self.via in SILENT
        return "the agent's tool needs a prompt" if silent else None

    def heard_of(self, world: World) -> str | None:
        """The page hears of it when it happens."""
        return unheard(world)

    def no_move_kept_back(self, _: World) -> str | None:
        """Only a turn can be kept back."""
        return "a move over HTTP is done at once" if self.held and self.by == "move" else None

    def no_other_turn(self, world: World) -> str | None:
        """One turn is kept back at most."""
        return "an agent is at work already" if self.held and world.running else None

    def idle(self, world: World) -> str | None:
        """No agent is at work in the session, nor does a prompt leave where another is sent."""
        session = world.on_screen
        if session is None:
            return None
        busy = session.busy or (self.via not in SILENT and world.busy(session.scope))
        return "the session is busy" if busy else None

    def has_words(self, _: World) -> str | None:
        """White space alone is nothing to send."""
        return None if self.via in SILENT else blank(self.text)

    def new_words(self, world: World) -> str | None:
        """No earlier prompt has them."""
        return None if self.via in SILENT else said_before(world, self.text)

    def leaves_at_once(self, world: World) -> str | None:
        """The prompt does not wait; a moved session is prompted where it is then.

        As it is moved, nothing that waits leaves beside another client's prompt.
        """
        session, directory = world.on_screen, self.directory_in(world)
        if session is None or directory is None:
            return None
        there = world.working_in(session.scope, directory) if self.by == "move" else world
        if self.via == "api" and self.by == "move" and flushed(there) != there:
            return "what waits would leave beside the prompt"
        if self.via != "composer":
            return None
        late = not there.readiness.can_submit("prompt") or there.holds("send") is not None
        late = late or there.holds("busy-news") is not None or bool(there.queue(session.scope))
        return "the prompt would wait, and the agent with it" if late else None

    def history_decided(self, world: World) -> str | None:
        """Page and server agree on what is taken back, where the agent is prompted."""
        if world.view is None or self.via in SILENT:
            return None
        return undecided(world, world.view.session)


class EnterWorktree(GoesThere):
    """The agent enters a worktree: by its tool in a prompted turn, or moved and prompted there."""

    name: Literal["enter-worktree"] = "enter-worktree"
    worktree: str = "worktree"
    text: str = "Please enter the worktree."
    reply: str = "I am in the worktree now."

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"the agent enters {self.worktree} " + _manner(self)

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return _told(self, "enter", f"the worktree <{self.worktree}>")

    def directory_in(self, world: World) -> str | None:
        """The worktree."""
        return self.worktree if world.view else None

    def clauses(self) -> tuple[Clause, ...]:
        """A worktree of the session that it is not in."""
        return (self.on_screen, self.own_worktree, self.not_there, *self.going())

    def own_worktree(self, world: World) -> str | None:
        """The session has it."""
        own = world.on_screen is None or self.worktree in world.on_screen.worktrees
        return None if own else f"{self.worktree} is no worktree of the session"

    def not_there(self, world: World) -> str | None:
        """The agent works elsewhere."""
        there = world.on_screen is not None and world.on_screen.active == self.worktree
        return f"the agent is in {self.worktree} already" if there else None

    def effect(self, world: World) -> World:
        """By its tool: the prompt ran where the agent was. Moved: the prompt runs there already.

        What waits, and may leave there, is sent.
        """
        return flushed(_gone(world, self, self.worktree))


class ExitWorktree(GoesThere):
    """The agent leaves the worktree for the directory that owns the session."""

    name: Literal["exit-worktree"] = "exit-worktree"
    text: str = "Please leave the worktree."
    reply: str = "I am back in the project."

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return "the agent leaves the worktree " + _manner(self)

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return _told(self, "leave", "the directory that the session was made in")

    def directory_in(self, world: World) -> str | None:
        """The directory that the session was made in."""
        return world.on_screen.owner if world.on_screen else None

    def clauses(self) -> tuple[Clause, ...]:
        """The agent is in a worktree."""
        return (self.on_screen, self.in_a_worktree, *self.going())

    def in_a_worktree(self, world: World) -> str | None:
        """It works elsewhere than in the directory that the session was made in."""
        session = world.on_screen
        return (
            "the agent is in no worktree" if session and session.active == session.owner else None
        )

    def effect(self, world: World) -> World:
        """As for entering; from then on the agent works in the owner directory."""
        session = world.on_screen
        return world if session is None else flushed(_gone(world, self, session.owner))


def _manner(action: "GoesThere") -> str:
    how = "by its tool" if action.by == "tool" else "moved over HTTP"
    whose = {
        "composer": "",
        "api": ", prompted over HTTP",
        "nobody": ", nothing prompted",
        "rename": " and renamed, nothing prompted",
    }
    late = ", when its turn is finished" if action.held else ""
    return f"({how}{whose[action.via]}{late})"


def _told(action: "GoesThere", verb: str, place: str) -> str:
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


def _prompted(action: "GoesThere") -> str:
    sent = f"send “{action.text}” and wait for the agent's answer"
    ways = {
        "composer": f"then, in the composer, {sent}",
        "api": f"then, from another client over HTTP, {sent}",
        "nobody": "leave the page alone",
        "rename": "then give it another title over HTTP (PATCH /session/ID), and leave the page"
        " alone",
    }
    return ways[action.via]


def _gone(world: World, action: "GoesThere", directory: str) -> World:
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
