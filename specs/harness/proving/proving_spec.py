"""Which flows a fault is given to, and when the clean row is told; no browser here."""

from fixtures.faults import catalogue
from fixtures.faults.fault import Fault
from harness.coverage import FlowCovered
from harness.journal import MatrixRow, PropertyJudged
from harness.proving.covering import Executed
from harness.proving.proving import UNREACHED, Proof
from harness.proving.worker import Attempt, Clean

FAULT = catalogue()[0]
FLOWS = ("one", "two", "three")


def clean(flow: str, *, executes: bool, passes: bool = True) -> Clean:
    whole = {edit.served_at: (((0, 1_000_000, executes),),) for edit in FAULT.edits}
    executed = Executed(flow=flow, scripts=whole) if passes else None
    said = PropertyJudged(
        flow=flow, property="send-once", outcome="pass", evidence=3, unit="prompts"
    )
    return Clean(flow=flow, judged=(said,), executed=executed, seconds=1.5)


def tasks(
    *known: Clean, faults: tuple[Fault, ...] = (FAULT,)
) -> tuple[list[Attempt], list[MatrixRow]]:
    """The attempts once these flows are known, and what is told until then."""
    rows: list[MatrixRow] = []

    def hear(told: MatrixRow | FlowCovered) -> None:
        if isinstance(told, MatrixRow):
            rows.append(told)

    proof = Proof(faults, FLOWS, hear)
    attempts = proof.attempts()
    first = [next(attempts) for _ in FLOWS]
    assert [(each.fault, each.flows) for each in first] == [(None, (flow,)) for flow in FLOWS]
    for each in known:
        proof.take(each)
    return [*attempts], rows


def test_a_fault_is_given_to_the_flows_that_execute_what_it_changes() -> None:
    made, rows = tasks(
        clean("one", executes=True), clean("two", executes=False), clean("three", executes=True)
    )
    assert made == [Attempt(fault=FAULT, flows=("one", "three"))]
    (row,) = rows
    assert (row.fault, row.complaint, row.flows, row.seconds) == ("", "", FLOWS, 4.5)


def test_what_is_not_known_spares_nothing() -> None:
    made, rows = tasks(clean("one", executes=False, passes=False), clean("two", executes=False))
    assert made == [Attempt(fault=FAULT, flows=("one", "three"))]
    assert rows == []


def test_a_fault_that_no_flow_executes_survives_and_says_so() -> None:
    made, rows = tasks(*(clean(flow, executes=False) for flow in FLOWS))
    assert made == []
    assert [(row.fault, row.complaint) for row in rows] == [("", ""), (FAULT.id, UNREACHED)]


def test_a_fault_that_no_longer_applies_is_tried_so_that_it_is_told() -> None:
    stale = FAULT.model_copy(
        update={"edits": (FAULT.edits[0].model_copy(update={"find": "no such text"}),)}
    )
    made, _ = tasks(*(clean(flow, executes=False) for flow in FLOWS), faults=(stale,))
    assert made == [Attempt(fault=stale, flows=FLOWS)]


def test_a_flow_that_cannot_be_done_on_the_clean_app_is_told_in_its_row() -> None:
    broken = Clean(flow="two", problem="the server ended")
    _, rows = tasks(clean("one", executes=True), broken, clean("three", executes=True))
    assert rows[0].complaint == "two: the server ended"
