"""The kill matrix as the template wants it: a cell for each fault and property."""

from typing import Literal

from harness.journal import MatrixRow
from harness.values import Value
from reports.figures import counted
from reports.matrix import columns, complaints, name_of, rows
from reports.story import Run

Kind = Literal["kill", "miss", "more", "doubt", "zero", "none"]


class Cell(Value):
    """One fault under one property: a sign, and a sentence that says it."""

    kind: Kind
    tied: bool
    text: str
    title: str


class Line(Value):
    """One fault, or the app as it is."""

    id: str
    name: str
    row: MatrixRow
    cells: tuple[Cell, ...]


class Column(Value):
    """One property, and how many of the faults tied to it it caught."""

    property: str
    tied: int
    caught: int


class Kills(Value):
    """The whole matrix; `wrong` are the lines that are not as they must be."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    wrong: tuple[Line, ...]
    doubtful: tuple[Line, ...]


def kills(run: Run) -> Kills | None:
    """The matrix of a run; None of a run that has none."""
    if not run.matrix:
        return None
    names = columns(run)
    lines = tuple(_line(number, row, names) for number, row in enumerate(rows(run), start=1))
    wrong = complaints(run)
    return Kills(
        columns=tuple(_column(name, run.matrix) for name in names),
        lines=lines,
        wrong=tuple(line for line in lines if line.row in wrong),
        doubtful=tuple(line for line in lines if line.row.doubts),
    )


def _column(name: str, matrix: tuple[MatrixRow, ...]) -> Column:
    tied = [row for row in matrix if row.tied_to == name]
    caught = sum(name in row.caught_by for row in tied)
    return Column(property=name, tied=len(tied), caught=caught)


def _line(number: int, row: MatrixRow, names: tuple[str, ...]) -> Line:
    cells = tuple(_cell(row, name) for name in names)
    return Line(id=f"row-{number}", name=name_of(row), row=row, cells=cells)


def _cell(row: MatrixRow, name: str) -> Cell:
    tied = row.tied_to == name
    kind, text, said = _found(row, name, tied=tied)
    own = ", its own rule" if tied else ""
    return Cell(kind=kind, tied=tied, text=text, title=f"{name_of(row)}, {name}{own}: {said}")


def _found(row: MatrixRow, name: str, *, tied: bool) -> tuple[Kind, str, str]:
    count = row.found.get(name)
    if count:
        kind = "kill" if tied else "more" if row.fault else "miss"
        return kind, f"{count:,}", counted(count, "findings")
    if name in row.doubts:
        return "doubt", "?", row.doubts[name] or "no evidence"
    if count is None:
        return "none", "", "not judged"
    return "miss" if tied else "zero", "0" if tied else "·", "no finding"
