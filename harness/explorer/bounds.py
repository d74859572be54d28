"""How large the bounded world is: what is in it, and how much may be under way at once."""

from typing import Literal

from pydantic import Field

from harness.actions import OpenSession
from harness.plans import Other, Plan, start_of
from harness.traits import Traits
from harness.values import Value
from harness.world import World

ROWS = 30  # rendered rows at which history is read; the long session has them, the others do not
SHORT_ROWS = 4
ELSEWHERE: tuple[Literal["workspace", "mirror"], ...] = (
    "workspace",
    "mirror",
)  # further servers, in the order in which they are added


class Bounds(Value):
    """Limits of the world that is explored; each field is a count.

    The long session of the page's own server has a worktree beside its directory, the second server
    has a project and a directory of its own, the third the first one's project. Each server has a
    session of the long one's id, so no two sessions can stand for each other.
    """

    servers: int = Field(default=2, ge=1, le=3)
    sessions: int = Field(default=2, ge=1, le=2)  # on the page's own server
    queue: int = Field(default=2, ge=0, le=4)  # prompts that wait, in all sessions together
    in_flight: int = Field(default=2, ge=0, le=4)  # requests that are kept back at once
    steps: int = Field(default=5, ge=1, le=40)  # actions after the first, which opens a session
    kept: int = Field(default=1, ge=0, le=4)  # kinds that the network keeps back or refuses at once

    @property
    def others(self) -> tuple[Other, ...]:
        """The sessions beside the long one of the page's own server."""
        away = (Other(server=key, seeded=SHORT_ROWS) for key in ELSEWHERE[: self.servers - 1])
        short = Other(session="short", seeded=SHORT_ROWS)
        return (*away, short) if self.sessions > 1 else tuple(away)

    @property
    def plan(self) -> Plan:
        """A plan on the sessions of the bounded world; its one action opens the long session."""
        return self.plan_beside(0)

    def plan_beside(self, sides: int) -> Plan:
        """The same with so many worktrees of the project beside the session's own."""
        return Plan(
            name="bounded",
            title="The bounded world",
            seeded=ROWS,
            others=self.others,
            sides=sides,
            actions=(OpenSession(),),
        )

    def start(self, traits: Traits, sides: int = 0) -> World:
        """The world before the first action."""
        return start_of(self.plan_beside(sides), traits)

    def passed(self, world: World) -> str | None:
        """The bound that a world is beyond, by its name; None within all of them."""
        counts = {
            "queue": len(world.waiting),
            "in_flight": len(world.in_flight) + world.unheard,
            "kept": len(world.held) + len(world.refused),
        }
        return next((name for name, count in counts.items() if count > getattr(self, name)), None)
