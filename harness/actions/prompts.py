"""Saying something: a prompt, a command, a shell line, or words that are not sent yet."""

from typing import Literal

from pydantic import Field

from harness.actions.base import Action, Clause, unheard
from harness.actions.delivery import (
    blank,
    flushed,
    leaving,
    said_before,
    submitted,
    undecided,
)
from harness.requests import Spoken
from harness.world import World


class SendPrompt(Action):
    """The person (or, with `via` "api", another client) sends a prompt; the agent answers it."""

    name: Literal["send-prompt"] = "send-prompt"
    text: str = Field(min_length=1)
    reply: str = Field(default="Done.", min_length=1)
    via: Literal["composer", "api"] = "composer"
    heard: str | None = None  # what the agent is told, when the text is a command
    to_shell: bool = False  # typed in shell mode
    held: bool = False  # the agent keeps its answer back until the turn is finished
    of: str | None = None  # the only directory that has the command, where not every one does

    @property
    def title(self) -> str:
        """The action in words for a person."""
        mode = " to the shell" if self.to_shell else ""
        how = "" if self.via == "composer" else " over HTTP"
        return f"send “{self.text}”{mode}{how}" + (", the agent at work on it" if self.held else "")

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        after = (
            "The agent must still be at work on it in the next steps: have it do something long."
            if self.held
            else "If the app sends it now, wait for the agent's answer."
        )
        if self.via == "api":
            return f"From another client, over HTTP, send “{self.text}” to the session. {after}"
        mode = "Switch the composer to its shell mode, type" if self.to_shell else "Type"
        return f"{mode} “{self.text}” and press Enter. {after}"

    @property
    def said(self) -> Spoken:
        """The words."""
        if self.to_shell:  # the record tells a shell line by its mark, and nobody replies to it
            return Spoken(text=self.text, heard=f"!{self.text}", to_shell=True)
        return Spoken(text=self.text, reply=self.reply, heard=self.heard, of=self.of)

    def clauses(self) -> tuple[Clause, ...]:
        """A text that no earlier prompt has (that is how it is recognised), and who takes it."""
        return (
            self.on_screen,
            self.has_words,
            self.new_words,
            self.typed_where_of_one_directory,
            self.known_to_be_a_command,
            self.session_there,
            self.busy_known,
            self.idle_to_take_it,
            self.history_decided,
            self.not_late_with_its_answer_lost,
            self.not_late_with_its_turn_kept_back,
        )

    def has_words(self, _: World) -> str | None:
        """White space alone is nothing to send."""
        return blank(self.text)

    def new_words(self, world: World) -> str | None:
        """No earlier prompt has them."""
        return said_before(world, self.text)

    def typed_where_of_one_directory(self, _: World) -> str | None:
        """What one directory alone has is a command, and typed."""
        if self.of is None or (self.said.kind == "command" and self.via == "composer"):
            return None
        return "only a command that is typed belongs to one directory"

    def known_to_be_a_command(self, world: World) -> str | None:
        """A command of one directory is written there, and once its list has come."""
        if self.of is None or world.view is None:
            return None
        here = world.view.execution.directory == self.of and world.readiness.commands
        return None if here else f"{self.text} is not known to be a command here"

    def session_there(self, world: World) -> str | None:
        """A shell line, and what the agent is to be at work on, need the session at once."""
        early = self.via == "composer" and not world.readiness.can_act
        needed = early and (self.to_shell or self.held)
        return "the session is not there to take it" if needed else None

    def busy_known(self, world: World) -> str | None:
        """The page hears of turns that begin and end."""
        deaf = self.via == "composer" and world.holds("busy-news")
        return "the page may be wrong about whether the session is busy" if deaf else None

    def idle_to_take_it(self, world: World) -> str | None:
        """What cannot wait needs an agent at rest."""
        at_once = self.via == "api" or self.held
        return "the session is busy" if at_once and _at_work(world) else None

    def history_decided(self, world: World) -> str | None:
        """Page and server agree on what is taken back, which the prompt strikes for good."""
        return undecided(world, world.view.session) if world.view else None

    def not_late_with_its_answer_lost(self, world: World) -> str | None:
        """It leaves now, where its answer is to be lost."""
        keeper = world.holds("send") if self.via == "composer" else None
        late = _at_work(world) or _behind(world) or not world.readiness.can_submit(self.said.kind)
        if keeper and keeper.loses and late:
            return "it would wait, and leave only when the answer before it is lost"
        return None

    def not_late_with_its_turn_kept_back(self, world: World) -> str | None:
        """It leaves now, where the agent is to be at work on it."""
        typed = self.via == "composer"
        late = typed and not world.readiness.can_submit(self.said.kind)
        kept = typed and world.holds("send") is not None
        waits = self.held and (_behind(world) or late or kept)
        return "it would wait, so its turn cannot be kept back" if waits else None

    def effect(self, world: World) -> World:
        """One prompt and its reply, in the scopes of the submit; or it waits until it may leave.

        Before the session is there to take it, it stays in the composer.
        """
        if self.via == "composer" and world.view and not world.readiness.can_act:
            return world.with_draft(world.view.session, self.text)
        if self.via == "api":
            return leaving(world, self.said, "api", held=self.held)
        if self.held and world.view:
            emptied = world.submitting(world.view.session)
            return leaving(emptied, self.said, "composer", held=True)
        return submitted(world, self.said)


class WriteDraft(Action):
    """The person writes in the composer, and sends nothing."""

    name: Literal["write-draft"] = "write-draft"
    text: str = Field(min_length=1)

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"write “{self.text}” and leave it in the composer"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return f"Type “{self.text}” into the composer, and do not send it."

    def effect(self, world: World) -> World:
        """It belongs to the session on screen, whatever else comes on screen."""
        return world.with_draft(world.view.session, self.text) if world.view else world


class SubmitBlank(Action):
    """The person presses Enter in a composer in which nothing stands but white space."""

    name: Literal["submit-blank"] = "submit-blank"

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return "press Enter with nothing to send"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return "Press Enter in the composer, in which no words stand."

    def clauses(self) -> tuple[Clause, ...]:
        """No words stand in the composer."""
        return (self.on_screen, self.no_words)

    def no_words(self, world: World) -> str | None:
        """Nothing stands in the composer but white space."""
        words = world.view and world.draft(world.view.session).strip()
        return f"“{words}” would be sent" if words else None

    def effect(self, world: World) -> World:
        """Nothing is sent, and nothing waits."""
        return world


class FinishTurn(Action):
    """The agent gives the answer that it kept back."""

    name: Literal["finish-turn"] = "finish-turn"

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return "the agent finishes its turn"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return "Let the agent finish its answer, and wait until it has."

    def clauses(self) -> tuple[Clause, ...]:
        """A turn is running, and the page hears of where it ends."""
        return (self.on_screen, self.turn_running, self.heard_of)

    def heard_of(self, world: World) -> str | None:
        """The page hears of it when the session has gone elsewhere."""
        turn = world.running
        moves = turn is not None and turn.ends_in != turn.execution.directory
        return unheard(world) if moves else None

    def turn_running(self, world: World) -> str | None:
        """An agent is at work."""
        return None if world.running else "no turn is running"

    def effect(self, world: World) -> World:
        """It is where its tools led it, and what waits on screen for it is sent."""
        turn = world.running
        if turn is None:
            return world
        idle = world.session(turn.session).model_copy(update={"busy": False})
        ended = world.with_session(idle).model_copy(update={"running": None})
        if turn.ends_in != turn.execution.directory:
            ended = ended.working_in(turn.session, turn.ends_in)
        return flushed(ended)


class StopTurn(Action):
    """The person stops the agent; needs no model, only the session."""

    name: Literal["stop-turn"] = "stop-turn"

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return "stop the agent"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return "Stop the agent with the app's own button."

    def clauses(self) -> tuple[Clause, ...]:
        """The agent works in the session on screen, and the page knows it."""
        return (self.on_screen, self.turn_running, self.turn_of_this_session, self.session_there)

    def turn_running(self, world: World) -> str | None:
        """An agent is at work."""
        return None if world.running else "no turn is running"

    def turn_of_this_session(self, world: World) -> str | None:
        """It works in the session on screen."""
        here = world.running and world.view and world.running.session == world.view.session
        return None if here else "it works in another session"

    def session_there(self, world: World) -> str | None:
        """The session and its messages have come."""
        return None if world.readiness.can_act else "the session is not there to act on"

    def effect(self, world: World) -> World:
        """It is idle where it was, and what waits for it waits for the person now.

        Where the stop is refused nothing changes, and the page says so.
        """
        session = world.on_screen
        if session is None:
            return world
        if "stop" in world.refused:
            return world.complaining(session.scope)
        idle = world.with_session(session.model_copy(update={"busy": False}))
        scope = session.scope
        paused = (scope,) if world.queue(scope) and scope not in world.paused else ()
        return idle.model_copy(update={"running": None, "paused": (*world.paused, *paused)})


def _at_work(world: World) -> bool:
    """Whether an agent is at work, here or elsewhere; or busy here."""
    return world.running is not None or bool(world.on_screen and world.on_screen.busy)


def _behind(world: World) -> bool:
    """Whether others wait before it."""
    return world.view is not None and bool(world.queue(world.view.session))
