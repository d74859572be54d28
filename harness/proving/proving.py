"""Shares the faults out to processes and tells each row as it is done."""

from collections.abc import Sequence
from contextlib import closing
from functools import partial

from fixtures.faults import Fault
from harness.crew import FLOW_S, Crew
from harness.errors import AppError
from harness.flows import flows as all_flows
from harness.journal import MatrixRow
from harness.proving.worker import Told, prepared
from harness.targets.reference import TRAITS

ROW_S = FLOW_S * len(all_flows(TRAITS))


def prove(faults: Sequence[Fault], flows: Sequence[str], *, workers: int, told: Told) -> None:
    """Run the flows with each fault and on the clean app.

    Args:
        faults: what to try.
        flows: their names.
        workers: how many processes; 1 does it in this one.
        told: hears each row as it is done.

    Raises:
        HarnessError: the app or the browser cannot be started, or a process ended.
    """
    tasks: list[Fault | None] = [None, *faults]
    if workers > 1:
        crew = Crew(partial(prepared, flows), size=workers, patience_s=ROW_S, late=_late)
        with closing(crew.results(tasks)) as rows:
            for row in rows:
                told(row)
        return
    with prepared(flows, told) as attempt:
        for task in tasks:
            attempt(task)


def _late(fault: Fault | None) -> MatrixRow:
    named = fault.id if fault else "the clean app"
    raise AppError(f"the row of {named} took more than {ROW_S:.0f} s; run it with --workers 1")
