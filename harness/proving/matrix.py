"""What one fault came to; no browser here."""

from collections.abc import Iterable, Sequence

from fixtures.faults import Fault
from harness.journal import MatrixRow, PropertyJudged
from harness.runner import now


def row_of(
    fault: Fault | None,
    judged: Sequence[PropertyJudged],
    flows: Sequence[str],
    seconds: float,
    *,
    doubted: bool = True,
) -> MatrixRow:
    """Sum up the judgements of the flows with one fault; None is the app as it is.

    Where plans are `doubted`, each was written for what it is to show, and a rule that lacks
    evidence in one is a matter of complaint on the clean app, too.
    """
    found = dict.fromkeys((each.property for each in judged), 0)
    for each in judged:
        found[each.property] += len(each.findings)
    row = MatrixRow(
        t=now(),
        found=found,
        doubts={each.property: each.reason for each in judged if each.outcome == "inconclusive"},
        flows=tuple(flows),
        caught_in=caught_in(fault, judged) if fault else "",
        seconds=round(seconds, 2),
    )
    said = _of_fault(fault, row) if fault else _of_clean(judged, doubted=doubted)
    return _named(row.model_copy(update={"complaint": said}), fault)


def caught_in(fault: Fault, judged: Iterable[PropertyJudged]) -> str:
    """The first flow in which the fault's own property has a finding; "" where none has."""
    own = (each.flow for each in judged if each.property == fault.property and each.findings)
    return next(own, "")


def row_without_trial(fault: Fault | None, problem: str) -> MatrixRow:
    """The row of a fault that could not be tried."""
    return _named(MatrixRow(t=now(), complaint=problem), fault)


def _named(row: MatrixRow, fault: Fault | None) -> MatrixRow:
    if fault is None:
        return row
    names = {"fault": fault.id, "title": fault.title, "tied_to": fault.property}
    return row.model_copy(update=names)


def _of_clean(judged: Sequence[PropertyJudged], *, doubted: bool) -> str:
    wrong = {"violated", "inconclusive"} if doubted else {"violated"}
    bad = [each for each in judged if each.outcome in wrong]
    where = {
        each.property: dict.fromkeys(b.flow for b in bad if b.property == each.property)
        for each in bad
    }
    named = [f"{name} in {', '.join(flows)}" for name, flows in where.items()]
    said = "it has findings or lacks evidence" if doubted else "it has findings"
    return f"{said}: {'; '.join(named)}" if named else ""


def _of_fault(fault: Fault, row: MatrixRow) -> str:
    caught = row.caught_by
    if fault.property in caught:
        return ""
    only = f"caught only by {', '.join(caught)}, not by {fault.property}"
    said = only if caught else "it survives"
    doubt = row.doubts.get(fault.property)
    return said if doubt is None else f"{said}; {fault.property} was inconclusive: {doubt}"
