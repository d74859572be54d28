"""What the kill matrix says; no browser here."""

from pydantic import Field

from harness.journal import Outcome, PropertyJudged
from harness.values import Value

CLEAN = "the clean app"


class Row(Value):
    """One fault, or the clean app, over all flows.

    Attributes:
        fault: the fault's id; `CLEAN` for the app as it is.
        tied_to: the property that must catch it; empty for the clean app.
        found: how many findings each property had.
        doubts: properties that ended inconclusive in some flow, with the reason.
        problem: why the fault could not be tried at all.
        seconds: how long it took.
    """

    fault: str
    tied_to: str = ""
    found: dict[str, int] = Field(default_factory=dict)
    doubts: dict[str, str] = Field(default_factory=dict)
    problem: str = ""
    seconds: float = 0.0

    @property
    def caught_by(self) -> tuple[str, ...]:
        """The properties with a finding."""
        return tuple(name for name, count in self.found.items() if count)

    @property
    def complaint(self) -> str | None:
        """What is wrong with the row, or None: the fault is caught by its own property."""
        if self.problem:
            return self.problem
        if self.fault == CLEAN:
            named = ", ".join((*self.caught_by, *self.doubts))
            return f"it has findings or lacks evidence: {named}" if named else None
        if self.tied_to in self.caught_by:
            return None
        others = ", ".join(self.caught_by)
        return f"caught only by {others}, not by {self.tied_to}" if others else "it survives"


class Matrix(Value):
    """All rows; it holds when no row has a complaint."""

    rows: tuple[Row, ...]

    @property
    def complaints(self) -> tuple[str, ...]:
        """One sentence for each row that is not as it must be."""
        told = ((row.fault, row.complaint) for row in self.rows)
        return tuple(f"{fault}: {said}" for fault, said in told if said)

    @property
    def properties(self) -> tuple[str, ...]:
        """The columns: every property that any row was judged by."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row.found))


def row_of(fault: str, property_id: str, judged: list[PropertyJudged], seconds: float) -> Row:
    """Sum up the judgements of all flows with one fault."""
    found = dict.fromkeys((j.property for j in judged), 0)
    for each in judged:
        found[each.property] += len(each.findings)
    unsure: Outcome = "inconclusive"
    doubts = {each.property: each.reason for each in judged if each.outcome == unsure}
    return Row(
        fault=fault, tied_to=property_id, found=found, doubts=doubts, seconds=round(seconds, 2)
    )
