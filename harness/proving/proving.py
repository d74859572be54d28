"""Shares the faults out to processes and tells each row as it is done."""

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial

from fixtures.faults import Fault
from harness.crew import FLOW_S, Crew
from harness.errors import AppError
from harness.flows import flows as all_flows
from harness.journal import MatrixRow
from harness.proving.worker import prepared
from harness.targets.reference import TRAITS

SILENT_S = FLOW_S * len(all_flows(TRAITS))

Told = Callable[[MatrixRow], None]


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

    def heard(row: MatrixRow | None) -> None:
        if row:
            told(row)

    tasks: list[Fault | None] = [None, *faults]
    if workers > 1:
        crew = Crew(partial(prepared, flows), size=workers, patience_s=SILENT_S, late=_late)
        with closing(crew.results(tasks)) as rows:
            for row in rows:
                heard(row)
        return
    with prepared(flows, heard) as attempt:
        for task in tasks:
            attempt(task)


def _late(fault: Fault | None) -> MatrixRow:
    named = fault.id if fault else "the clean app"
    raise AppError(
        f"a flow of the row of {named} did not end in {SILENT_S:.0f} s;"
        " run it alone with --fault and --workers 1"
    )
