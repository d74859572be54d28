"""What the person does with prompts that wait: take one back, try one again, let them go on.

Source: seed "Move follow-up persistence and queued draft ownership to { serverKey, sessionID }".
"""

from typing import Literal

from harness.actions.base import Action, Clause
from harness.actions.delivery import flushed, given_back, with_waiting, without_waiting
from harness.world import Waiting, World


class EditQueued(Action):
    """The person takes a waiting prompt back into the composer."""

    name: Literal["edit-queued"] = "edit-queued"
    text: str

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"take “{self.text}” out of the queue to edit it"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return f"Among the prompts that wait take “{self.text}” back into the composer (Edit)."

    def clauses(self) -> tuple[Clause, ...]:
        """It waits in the session on screen, and is not leaving now."""
        return (self.on_screen, self.waits_here, self.not_leaving)

    def waits_here(self, world: World) -> str | None:
        """It is in the queue of the session on screen."""
        return f"“{self.text}” does not wait here" if _item(world, self.text) is None else None

    def not_leaving(self, world: World) -> str | None:
        """Its request is not on its way."""
        leaving = any(pending.said.text == self.text for pending in world.pending("send"))
        return "it is leaving now" if leaving else None

    def effect(self, world: World) -> World:
        """It stands in the composer, before what was written since."""
        item = _item(world, self.text)
        if item is None:
            return world
        return flushed(given_back(without_waiting(world, item), item.session, item.text))


class RetryQueued(Action):
    """The person has a prompt tried again that failed on its way out of the queue."""

    name: Literal["retry-queued"] = "retry-queued"
    text: str

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"try to send “{self.text}” again"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return f"Among the prompts that wait send “{self.text}”, which failed, again (Retry)."

    def clauses(self) -> tuple[Clause, ...]:
        """It failed, in the session on screen."""
        return (self.on_screen, self.has_failed)

    def has_failed(self, world: World) -> str | None:
        """It waits, and came to nothing when it was tried."""
        item = _item(world, self.text)
        failed = item is not None and item.failed
        return None if failed else f"“{self.text}” has not failed here"

    def effect(self, world: World) -> World:
        """It leaves as soon as it may."""
        item = _item(world, self.text)
        return flushed(with_waiting(world, item, failed=False)) if item else world


class ResumeQueue(Action):
    """The person lets the queue go on that a stop has paused."""

    name: Literal["resume-queue"] = "resume-queue"

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return "let the queue go on"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return "Let the prompts that wait go on (Resume)."

    def clauses(self) -> tuple[Clause, ...]:
        """It is paused, and something waits in it."""
        return (self.on_screen, self.is_paused)

    def is_paused(self, world: World) -> str | None:
        """The queue of the session on screen waits for the person."""
        scope = world.view.session if world.view else None
        paused = scope is not None and scope in world.paused and bool(world.queue(scope))
        return None if paused else "the queue is not paused"

    def effect(self, world: World) -> World:
        """What may leave is sent, in order."""
        scope = world.view.session if world.view else None
        left = tuple(other for other in world.paused if other != scope)
        return flushed(world.model_copy(update={"paused": left}))


def _item(world: World, text: str) -> Waiting | None:
    mine = world.queue(world.view.session) if world.view else ()
    return next((item for item in mine if item.text == text), None)
