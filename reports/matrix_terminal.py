"""The kill matrix in the terminal: a line a fault with the rules that caught it."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from harness.journal import MatrixRow
from reports.figures import cut, visible
from reports.matrix import complaints, name_of, rows, told
from reports.story import Run


def matrix_parts(run: Run) -> Iterator[RenderableType]:
    """The rows that were done, then what is not as it must be."""
    if run.matrix:
        yield _table(run)
    for row in complaints(run):
        yield _words(told(row), "red")


def _table(run: Run) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("fault", no_wrap=True)
    table.add_column("caught by", no_wrap=True)
    table.add_column("also by", overflow="fold")
    table.add_column("seconds", justify="right")
    for row in rows(run):
        others = ", ".join(name for name in row.caught_by if name != row.tied_to)
        table.add_row(_words(name_of(row)), _owner(row), _words(others), f"{row.seconds:.1f}")
    return table


def _owner(row: MatrixRow) -> Text:
    if row.complaint:
        return _words("not as it must be", "red")
    return _words(row.tied_to or "nothing: clean", "green")


def _words(text: str, style: str = "") -> Text:
    """Foreign text: no markup is read in it, nothing in it steers the terminal."""
    return Text(cut(visible(text), 400), style=style)
