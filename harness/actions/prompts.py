"""Saying something: a prompt, a command, a shell line, or words that are not sent yet."""

from typing import Literal

from pydantic import Field

from harness.actions.base import Action
from harness.actions.delivery import cannot_send, flushed, leaving, submitted
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

    def guard(self, world: World) -> str | None:
        """A text that no earlier prompt has (that is how it is recognised), and who takes it."""
        refusal = super().guard(world) or cannot_send(world, self.text)
        return refusal or self._unknown(world) or self._untimely(world)

    def _unknown(self, world: World) -> str | None:
        """A command of one directory is written there, and once its list has come."""
        if self.of is None or world.view is None:
            return None
        if self.said.kind != "command" or self.via != "composer":
            return "only a command that is typed belongs to one directory"
        here = world.view.execution.directory == self.of and world.readiness.commands
        return None if here else f"{self.text} is not known to be a command here"

    def _untimely(self, world: World) -> str | None:
        early = self.via == "composer" and not world.readiness.can_act
        if early and (self.to_shell or self.held):
            return "the session is not there to take it"
        if self.via == "composer" and world.holds("busy-news"):
            return "the page may be wrong about whether the session is busy"
        at_work = world.running is not None or (world.on_screen and world.on_screen.busy)
        if at_work and (self.via == "api" or self.held):
            return "the session is busy"
        queued = world.view and bool(world.queue(world.view.session))
        late = not world.readiness.can_submit(self.said.kind) and self.via == "composer"
        keeper = world.holds("send")
        if keeper and keeper.loses and (at_work or queued or late) and self.via == "composer":
            return "it would wait, and leave only when the answer before it is lost"
        kept = keeper is not None and self.via == "composer"
        waits = self.held and (queued or late or kept)
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

    def guard(self, world: World) -> str | None:
        """No words stand in the composer."""
        words = world.view and world.draft(world.view.session).strip()
        return super().guard(world) or (f"“{words}” would be sent" if words else None)

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

    def guard(self, world: World) -> str | None:
        """A turn is running."""
        return super().guard(world) or (None if world.running else "no turn is running")

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

    def guard(self, world: World) -> str | None:
        """The agent works in the session on screen, and the page knows it."""
        refusal = super().guard(world)
        running = world.running
        if refusal or running is None or world.view is None:
            return refusal or "no turn is running"
        if running.session != world.view.session:
            return "it works in another session"
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
