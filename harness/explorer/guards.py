"""What the clauses of all guards said in an exploration: which never refuse, which never hold."""

from collections import Counter
from typing import NamedTuple

from harness.actions.base import clause_name
from harness.explorer.exhaustive import Exploration
from harness.explorer.moves import candidates


class Clause(NamedTuple):
    """One clause of an action's guard; of those before it all held when it was asked.

    Attributes:
        action: the action's name.
        name: of the clause.
        held: how often it held.
        refused: how often it was the reason for a refusal.
    """

    action: str
    name: str
    held: int
    refused: int

    @property
    def dead(self) -> str | None:
        """What is wrong with it, or None."""
        if not self.held and not self.refused:
            return f"{self.action}: “{self.name}” is never asked"
        if not self.held:
            return f"{self.action}: “{self.name}” never holds"
        if not self.refused:
            return f"{self.action}: “{self.name}” never refuses"
        return None


class Guards:
    """The guards of all actions, as explorations asked them."""

    def __init__(self) -> None:
        self.allowed: Counter[str] = Counter()
        self._refused: Counter[tuple[str, str]] = Counter()
        self._clauses: dict[str, tuple[str, ...]] = {}

    def add(self, found: Exploration) -> None:
        """Count what one exploration more has asked and taken."""
        self.allowed.update(found.allowed)
        self._refused.update(found.refused)
        for _, action in candidates(found.nodes[0].world, 0):
            names = tuple(clause_name(clause) for clause in action.clauses())
            self._clauses.setdefault(action.name, names)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause of every action, in the order in which it is asked."""
        return tuple(clause for action in self._clauses for clause in self._of(action))

    @property
    def errors(self) -> tuple[str, ...]:
        """Actions that are never allowed, and clauses that are dead."""
        return (
            *(f"{name} is never allowed" for name in self._clauses if not self.allowed[name]),
            *(wrong for clause in self.clauses if (wrong := clause.dead)),
        )

    def _of(self, action: str) -> list[Clause]:
        held = self.allowed[action]
        clauses: list[Clause] = []
        for name in reversed(self._clauses[action]):
            refused = self._refused[action, name]
            clauses.append(Clause(action, name, held, refused))
            held += refused
        return clauses[::-1]
