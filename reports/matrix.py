"""The kill matrix as every report reads it: which columns, in which order the rows, in words."""

from harness.journal import MatrixRow
from reports.figures import counted, cut, duration
from reports.story import Run

CLEAN = "the clean app"
_SECOND = 1000.0


def columns(run: Run) -> tuple[str, ...]:
    """Every property that a row was judged by or is tied to, in the order of the judging."""
    judged = dict.fromkeys(name for row in _clean_first(run) for name in row.found)
    tied = (row.tied_to for row in run.matrix if row.tied_to)
    return tuple(dict.fromkeys((*judged, *tied)))


def rows(run: Run) -> tuple[MatrixRow, ...]:
    """The clean app, then the faults of each property together, in the order of the columns."""
    place = {name: number for number, name in enumerate(columns(run))}
    asked = {name: number for number, name in enumerate(run.started.faults if run.started else ())}

    def key(row: MatrixRow) -> tuple[bool, int, int]:
        return bool(row.fault), place.get(row.tied_to, -1), asked.get(row.fault, len(asked))

    return tuple(sorted(run.matrix, key=key))


def complaints(run: Run) -> tuple[MatrixRow, ...]:
    """The rows that are not as they must be."""
    return tuple(row for row in rows(run) if row.complaint)


def name_of(row: MatrixRow) -> str:
    """What the row is about."""
    return row.fault or CLEAN


def headline(run: Run) -> str:
    """What the matrix came to, in a few words."""
    wrong = complaints(run)
    loose = sum(bool(row.fault) for row in wrong)
    missed = f"{loose} of {counted(_tried(run), 'faults')} not caught by their rule"
    if len(wrong) == loose:
        return missed if loose else "Every fault is caught by its rule"
    return f"The clean app is not clean, and {missed}" if loose else "The clean app is not clean"


def detail(run: Run) -> str:
    """How much was tried, and what is wrong first."""
    first = next(iter(complaints(run)), None)
    flows = len(run.started.flows) if run.started else 0
    over = f" over {counted(flows, 'flows')}" if flows else ""
    worked = duration(sum(row.seconds for row in run.matrix) * _SECOND)
    tried = (
        f"{counted(_tried(run), 'faults')} and the clean app against "
        f"{counted(len(columns(run)), 'rules')}{over}, {worked} of work."
    )
    return f"First, {told(first)}. {tried}" if first else tried


def so_far(run: Run) -> str:
    """What a matrix that did not come to its end had found."""
    wanted = _tried(run) + len(run.untried)
    wrong = len(complaints(run))
    found = f", {counted(wrong, 'complaints')}" if wrong else ", no complaint"
    return f"Before that, {_tried(run)} of {counted(wanted, 'faults')} were tried{found}."


def told(row: MatrixRow) -> str:
    """A complaint as one sentence without its point."""
    return f"{cut(name_of(row), 80)}: {cut(row.complaint, 280)}"


def _tried(run: Run) -> int:
    return sum(bool(row.fault) for row in run.matrix)


def _clean_first(run: Run) -> list[MatrixRow]:
    return sorted(run.matrix, key=lambda row: bool(row.fault))
