"""Sending a prompt: what makes it allowed, and what must come of it."""

from typing import Literal

from pydantic import Field

from harness.actions.base import Action
from harness.readiness import kind_of
from harness.world import Sent, Waiting, World

Prompted = Literal["composer", "api"]


def cannot_send(world: World, text: str) -> str | None:
    """Why a prompt with this text may not be submitted now, or None."""
    session = world.on_screen
    if session is not None and session.busy:
        return "the session is busy"
    if not text.strip():
        return "there is nothing to send"
    if any(other.text.strip() == text.strip() for other in (*world.sent, *world.waiting)):
        return f"“{text}” was sent before: prompts are told apart by their text"
    return None


def must_wait(world: World, text: str) -> bool:
    """Whether a submission waits: for what its kind needs, or behind others that wait."""
    return bool(world.waiting) or not world.readiness.can_submit(kind_of(text))


def sent(  # noqa: PLR0913  the parts of a prompt
    world: World,
    text: str,
    reply: str,
    via: Literal["composer", "waited", "api"],
    *,
    ends_in: str | None = None,
    heard: str | None = None,
) -> World:
    """The world after a prompt and its reply, both in the scopes of the submit."""
    if world.view is None:
        return world
    prompt = Sent(
        text=text,
        heard=heard,
        reply=reply,
        via=via,
        session=world.view.session,
        execution=world.view.execution,
        ends_in=ends_in or world.view.execution.directory,
        model=world.chosen_in(world.view.execution),
    )
    follows = via != "api" and world.own_send == "follow"
    return world.with_sent(prompt).with_reader("bottom" if follows else world.view.reader)


class SendPrompt(Action):
    """The person (or, with `via` "api", another client) sends a prompt; the agent answers it."""

    name: Literal["send-prompt"] = "send-prompt"
    text: str = Field(min_length=1)
    reply: str = Field(default="Done.", min_length=1)
    via: Prompted = "composer"
    heard: str | None = None  # what the agent is told, when the text is a command

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"send “{self.text}”" + ("" if self.via == "composer" else " over HTTP")

    def guard(self, world: World) -> str | None:
        """Idle session, and a text that no earlier prompt has: that is how it is recognised."""
        return super().guard(world) or cannot_send(world, self.text)

    def effect(self, world: World) -> World:
        """One prompt and its reply, in the scopes of the submit; or it waits until it may leave."""
        if world.view and self.via == "composer" and must_wait(world, self.text):
            waiting = Waiting(
                text=self.text,
                heard=self.text if self.heard is None else self.heard,
                reply=self.reply,
                session=world.view.session,
            )
            return world.model_copy(update={"waiting": (*world.waiting, waiting)})
        return sent(world, self.text, self.reply, self.via, heard=self.heard)
