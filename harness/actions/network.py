"""What the network does: it keeps answers back, and lets them go."""

from typing import Literal

from harness.actions.base import Action
from harness.actions.prompts import must_wait, sent
from harness.readiness import Component
from harness.world import World

Hydration = Literal["commands", "provider"]
# The model chosen for a directory is looked up among its providers, so it comes after them.
LATE: dict[Hydration, tuple[Component, ...]] = {
    "commands": ("commands",),
    "provider": ("provider", "local_model"),
}


class Hold(Action):
    """From now on the network keeps back one kind of answer about a directory."""

    name: Literal["hold"] = "hold"
    what: Hydration

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"the network keeps back answers about the directory's {self.what}"

    def guard(self, world: World) -> str | None:
        """It is not kept back already."""
        again = LATE[self.what][0] in world.held
        return super().guard(world) or (f"{self.what} is kept back already" if again else None)

    def effect(self, world: World) -> World:
        """Directories entered from now on lack it; those that were loaded keep what they have."""
        return world.model_copy(update={"held": (*world.held, *LATE[self.what])})


class Release(Action):
    """The network lets go of what it kept back."""

    name: Literal["release"] = "release"
    what: Hydration

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"the answers about the directory's {self.what} arrive"

    def guard(self, world: World) -> str | None:
        """It is kept back."""
        missing = LATE[self.what][0] not in world.held
        return super().guard(world) or (f"{self.what} is not kept back" if missing else None)

    def effect(self, world: World) -> World:
        """The directory is known, and what waited for that is sent, in order, from where one is.

        Source: seed "Block or defer sends until directory-local model selection hydration is
        ready"; "Block /custom-command submit until command hydration is ready".
        """
        held = tuple(name for name in world.held if name not in LATE[self.what])
        after = world.model_copy(update={"held": held})
        return _sent_in_order(after.loading(world.view.execution) if world.view else after)


def _sent_in_order(world: World) -> World:
    while world.waiting and world.view and world.waiting[0].session == world.view.session:
        first, *rest = world.waiting
        emptied = world.model_copy(update={"waiting": ()})
        if must_wait(emptied, first.text):
            return world
        left = sent(emptied, first.text, first.reply, "waited", heard=first.heard)
        world = left.model_copy(update={"waiting": tuple(rest)})
    return world
