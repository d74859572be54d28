"""Shares the flows and the faults out to processes and tells each row as it is done."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

from fixtures.faults import Fault
from harness.coverage import FlowCovered
from harness.crew import FLOW_S, Crew
from harness.errors import AppError
from harness.flows import flows as all_flows
from harness.journal import MatrixRow
from harness.proving.matrix import row_of, row_without_trial
from harness.proving.worker import Attempt, Clean, prepared
from harness.targets.reference import TRAITS

SILENT_S = FLOW_S * len(all_flows(TRAITS))
UNREACHED = "it survives: no flow executes what it changes"

Told = Callable[[MatrixRow | FlowCovered], None]


def prove(faults: Sequence[Fault], flows: Sequence[str], *, workers: int, told: Told) -> None:
    """Run the flows on the clean app, and with each fault those that execute what it changes.

    Args:
        faults: what to try.
        flows: their names.
        workers: how many processes.
        told: hears each row as it is done, and what of the model each flow exercised.

    Raises:
        HarnessError: the app or the browser cannot be started, or a process ended.
    """
    proof = Proof(faults, flows, told)
    crew = Crew(prepared, size=workers, patience_s=SILENT_S, late=_late)
    with closing(crew.results(proof.attempts())) as results:
        for result in results:
            proof.take(result)


class Proof:
    """What is known while the rows come in."""

    def __init__(self, faults: Sequence[Fault], flows: Sequence[str], told: Told) -> None:
        self._faults = faults
        self._flows = flows
        self._told = told
        self._clean: dict[str, Clean] = {}

    def attempts(self) -> Iterator[Attempt]:
        """The clean app first, so that it is known which flows a fault needs."""
        for flow in self._flows:
            yield Attempt(fault=None, flows=(flow,))
        for fault in self._faults:
            able = tuple(flow for flow in self._flows if self._reaches(flow, fault))
            if able:
                yield Attempt(fault=fault, flows=able)
            else:
                self._told(row_without_trial(fault, UNREACHED))

    def take(self, result: MatrixRow | Clean | None) -> None:
        """A row, a flow of the clean app, or a sign of life."""
        if isinstance(result, MatrixRow):
            self._told(result)
        elif result:
            self._clean[result.flow] = result
            self._told(FlowCovered(flow=result.flow, covered=result.covered))
            if len(self._clean) == len(self._flows):
                self._told(self._clean_row())

    def _reaches(self, flow: str, fault: Fault) -> bool:
        """Whether a flow executes what a fault changes; one that is not known yet may do so."""
        clean = self._clean.get(flow)
        executed = clean and clean.executed
        if not executed or fault.problem():
            return True
        return any(executed.within(edit.served_at, *edit.span()) for edit in fault.edits)

    def _clean_row(self) -> MatrixRow:
        done = [self._clean[flow] for flow in self._flows]
        if problem := next((f"{each.flow}: {each.problem}" for each in done if each.problem), ""):
            return row_without_trial(None, problem)
        judged = [said for each in done for said in each.judged]
        return row_of(None, judged, self._flows, sum(each.seconds for each in done))


def _late(attempt: Attempt) -> MatrixRow:
    named = attempt.fault.id if attempt.fault else "the clean app"
    raise AppError(
        f"a flow of the row of {named} did not end in {SILENT_S:.0f} s;"
        " run it alone with --fault and --workers 1"
    )
