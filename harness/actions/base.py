"""What every action has: a title, a guard on the world and an effect on it.

A guard answers with the reason why the action is not allowed now, or None. An effect answers with
the world that must come of it; it is called only when the guard allows.
"""

from abc import abstractmethod

from harness.values import Value
from harness.world import Session, World


class Action(Value):
    """One thing that a person, the agent or the network does."""

    @property
    @abstractmethod
    def title(self) -> str:
        """The action in words for a person."""

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness: whole sentences.

        `<word>` stands for a directory of the plan.
        """
        return f"{self.title[:1].upper()}{self.title[1:]}."

    @property
    def shown_anew(self) -> bool:
        """Whether the page may rightly build a new timeline."""
        return False

    @property
    def moves_reader(self) -> bool:
        """Whether the person scrolls."""
        return False

    def guard(self, world: World) -> str | None:
        """Why the action is not allowed in `world`, or None."""
        return None if world.view else "no session is on screen"

    @abstractmethod
    def effect(self, world: World) -> World:
        """The world after the action."""


def not_its_own(session: Session, directory: str) -> str | None:
    """Why `directory` is none under which the session can be opened, or None."""
    if directory in session.directories:
        return None
    return f"{directory} is no directory of the session: it has {', '.join(session.directories)}"
