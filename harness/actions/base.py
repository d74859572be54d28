"""What every action has: a title, a guard on the world and an effect on it.

A guard is a list of clauses, asked in their order: each answers with the reason why it refuses the
action now, or with None where it holds. An effect answers with the world that must come of it; it
is called only when the guard allows.
"""

from abc import abstractmethod
from collections.abc import Callable
from typing import NamedTuple

from harness.values import Value
from harness.world import Session, World

Clause = Callable[[World], str | None]


class Refusal(NamedTuple):
    """Why an action is not allowed: the clause that refuses it, and its reason in words."""

    clause: str
    reason: str


class Action(Value):
    """One thing that a person, the agent or the network does."""

    @classmethod
    def called(cls) -> str:
        """The name by which plans know actions of this kind."""
        return str(cls.model_fields["name"].default)

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

    def clauses(self) -> tuple[Clause, ...]:
        """What must hold for the action, in the order in which it is asked."""
        return (self.on_screen,)

    def refusal(self, world: World) -> Refusal | None:
        """The first clause that does not hold in `world`, or None."""
        for clause in self.clauses():
            if (reason := clause(world)) is not None:
                return Refusal(clause_name(clause), reason)
        return None

    def guard(self, world: World) -> str | None:
        """Why the action is not allowed in `world`, or None."""
        refusal = self.refusal(world)
        return refusal.reason if refusal else None

    def on_screen(self, world: World) -> str | None:
        """A session is on screen."""
        return None if world.view else "no session is on screen"

    @abstractmethod
    def effect(self, world: World) -> World:
        """The world after the action."""


def clause_name(clause: Clause) -> str:
    """A clause as it is told."""
    return clause.__name__.replace("_", " ")


def not_its_own(session: Session, directory: str) -> str | None:
    """Why `directory` is none under which the session can be opened, or None."""
    if directory in session.directories:
        return None
    return f"{directory} is no directory of the session: it has {', '.join(session.directories)}"


def unheard(world: World) -> str | None:
    """Why no session goes elsewhere: the page hears of that from its event stream alone."""
    return "the page would not hear that the session goes elsewhere" if world.offline else None
