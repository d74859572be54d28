"""Which flows a fault is given to, and when the clean row is told; no browser here."""

from collections.abc import Iterator
from itertools import chain

from fixtures.faults import catalogue
from fixtures.faults.fault import Fault
from harness.actions import Hold, OpenSession
from harness.journal import Finding, MatrixRow, PropertyJudged
from harness.plans import Plan
from harness.proving.covering import Executed
from harness.proving.matrix import row_of
from harness.proving.proving import UNREACHED, Proof
from harness.proving.worker import Attempt, Clean

FAULT = catalogue()[0]
FLOWS = ("one", "two", "three")
PLANS = {name: Plan(name=name, title=name, actions=(OpenSession(),)) for name in FLOWS}


def clean(flow: str, *, executes: bool, passes: bool = True, witness: str = "send-once") -> Clean:
    whole = {edit.address: (((0, 1_000_000, executes),),) for edit in FAULT.edits}
    executed = Executed(flow=flow, scripts=whole) if passes else None
    said = PropertyJudged(flow=flow, property=witness, outcome="pass", evidence=3, unit="prompts")
    return Clean(flow=flow, judged=(said,), executed=executed, seconds=1.5)


def found(flow: str, rule: str, count: int = 1) -> PropertyJudged:
    return PropertyJudged(
        flow=flow,
        property=rule,
        outcome="violated",
        evidence=3,
        unit="prompts",
        findings=(
            Finding(
                property=rule, flow=flow, step=0, summary="it is", expected="not so", observed="so"
            ),
        )
        * count,
    )


def on(fault: Fault, *flows: str, until_caught: bool = False) -> Attempt:
    plans = tuple(PLANS[flow] for flow in flows)
    return Attempt(fault=fault, plans=plans, until_caught=until_caught)


def begun(
    *known: Clean, faults: tuple[Fault, ...] = (FAULT,), tries: int | None = None
) -> tuple[Proof, Iterator[Attempt], list[MatrixRow]]:
    """A proof that knows these flows, the attempts that are left, and the rows as they are told."""
    rows: list[MatrixRow] = []

    def told(done: MatrixRow | Clean) -> None:
        if isinstance(done, MatrixRow):
            rows.append(done)

    proof = Proof(faults, tuple(PLANS.values()), told, tries)
    attempts = chain.from_iterable(proof.passes())
    first = [next(attempts) for _ in FLOWS]
    assert [(each.fault, each.plans) for each in first] == [(None, (p,)) for p in PLANS.values()]
    for each in known:
        proof.take(each)
    return proof, attempts, rows


def tasks(
    *known: Clean, faults: tuple[Fault, ...] = (FAULT,)
) -> tuple[list[Attempt], list[MatrixRow]]:
    """The attempts once these flows are known, and what is told until then."""
    _, attempts, rows = begun(*known, faults=faults)
    return [*attempts], rows


def test_a_fault_is_given_to_the_flows_that_execute_what_it_changes() -> None:
    made, rows = tasks(
        clean("one", executes=True), clean("two", executes=False), clean("three", executes=True)
    )
    assert made == [on(FAULT, "one", "three")]
    (row,) = rows
    assert (row.fault, row.complaint, row.flows, row.seconds) == ("", "", FLOWS, 4.5)


def test_what_is_not_known_spares_nothing() -> None:
    made, rows = tasks(clean("one", executes=False, passes=False), clean("two", executes=False))
    assert made == [on(FAULT, "one", "three")]
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
    assert made == [on(stale, *FLOWS)]


def test_a_flow_that_cannot_be_done_on_the_clean_app_is_told_in_its_row() -> None:
    broken = Clean(flow="two", problem="the server ended")
    _, rows = tasks(clean("one", executes=True), broken, clean("three", executes=True))
    assert rows[0].complaint == "two: the server ended"


EVERYWHERE = tuple(clean(flow, executes=True) for flow in FLOWS)


def test_plans_with_evidence_come_first_and_one_that_fails_is_left_out() -> None:
    known = (
        clean("one", executes=True, passes=False, witness=FAULT.property),
        clean("two", executes=True, witness="another-rule"),
        clean("three", executes=True, witness=FAULT.property),
    )
    _, attempts, _ = begun(*known, tries=9)
    assert [*attempts] == [on(FAULT, "three", "two", until_caught=True)]


def test_a_fault_that_only_plans_that_fail_execute_survives() -> None:
    failed = clean("one", executes=True, passes=False)
    idle = (clean(flow, executes=False) for flow in FLOWS[1:])
    _, attempts, rows = begun(failed, *idle, tries=2)
    assert [*attempts] == []
    assert rows[-1].complaint == (
        "it survives: no plan that passes on the clean app executes what it changes"
    )


def test_a_fault_is_given_its_few_plans_only_once_all_are_known() -> None:
    rows: list[MatrixRow | Clean] = []
    proof = Proof((FAULT,), tuple(PLANS.values()), rows.append, 2)
    clean_app, with_faults = proof.passes()
    assert [each.fault for each in clean_app] == [None] * len(FLOWS)
    assert rows == []
    for each in EVERYWHERE:
        proof.take(each)
    assert [*with_faults] == [on(FAULT, "one", "three", until_caught=True)]


def test_no_more_plans_are_given_than_tries_and_what_caught_the_last_fault_comes_first() -> None:
    like = FAULT.model_copy(update={"id": "another-one"})
    proof, attempts, _ = begun(*EVERYWHERE, faults=(FAULT, like), tries=2)
    assert next(attempts) == on(FAULT, "one", "three", until_caught=True)
    proof.take(row_of(FAULT, [found("three", FAULT.property)], ("one", "three"), 1.0))
    assert next(attempts) == on(like, "three", "one", until_caught=True)


def test_a_survivor_says_of_how_many_plans_it_was_given_some() -> None:
    proof, attempts, rows = begun(*EVERYWHERE, tries=2)
    next(attempts)
    proof.take(row_of(FAULT, [], ("one", "two"), 1.0))
    said = "it survives; 2 of the 3 plans that execute what it changes were tried"
    assert rows[-1].complaint == said
    proof.take(row_of(FAULT, [], FLOWS, 1.0))
    assert rows[-1].complaint == "it survives"


def test_the_row_names_the_first_flow_in_which_its_own_rule_caught_it() -> None:
    judged = (
        found("one", "another-rule"),
        found("two", FAULT.property),
        found("three", FAULT.property),
    )
    row = row_of(FAULT, judged, FLOWS, 1.0)
    assert (row.caught_in, row.complaint) == ("two", "")
    assert row_of(FAULT, judged[:1], FLOWS, 1.0).caught_in == ""


def test_the_clean_row_names_the_flows_that_are_not_clean() -> None:
    doubt = PropertyJudged(
        flow="two", property="send-once", outcome="inconclusive", evidence=0, unit="prompts"
    )
    judged = (found("one", "send-once", 2), doubt, found("three", "epoch-guard"))
    row = row_of(None, judged, FLOWS, 1.0)
    assert row.complaint == (
        "it has findings or lacks evidence: send-once in one, two; epoch-guard in three"
    )
    assert row.caught_in == ""


def test_of_plans_that_nobody_wrote_a_lack_of_evidence_is_no_complaint() -> None:
    doubt = PropertyJudged(
        flow="two", property="send-once", outcome="inconclusive", evidence=0, unit="prompts"
    )
    vague = clean("two", executes=True).model_copy(update={"judged": (doubt,)})
    others = (clean("one", executes=True), clean("three", executes=True))
    _, _, rows = begun(*others, vague, tries=2)
    assert [row.complaint for row in rows] == [""]
    restless = vague.model_copy(update={"executed": None})
    _, _, rows = begun(*others, restless, tries=2)
    assert [row.complaint for row in rows] == ["it did not come to rest in two"]
    broken = vague.model_copy(update={"executed": None, "judged": (found("two", "send-once"),)})
    _, _, rows = begun(*others, broken, tries=2)
    assert [row.complaint for row in rows] == ["it has findings: send-once in two"]


def test_plans_of_one_concern_leave_room_for_those_of_another() -> None:
    names = ("queue-1", "queue-2", "queue-10", "queue-11", "review-1")
    plans = tuple(PLANS["one"].model_copy(update={"name": name}) for name in names)
    proof = Proof((FAULT,), plans, lambda _: None, 2)
    clean_app, with_faults = proof.passes()
    assert len([*clean_app]) == len(names)
    for name in names:
        proof.take(clean(name, executes=True))
    (given,) = with_faults
    assert {plan.name.split("-")[0] for plan in given.plans} == {"queue", "review"}


def test_plans_like_the_flow_on_which_a_fault_acts_take_turns_with_the_others() -> None:
    names = [f"queue-{number}" for number in range(9)]
    plans = {name: PLANS["one"].model_copy(update={"name": name}) for name in names}
    late = (OpenSession(), Hold(what="status"))
    plans["queue-8"] = plans["queue-8"].model_copy(update={"actions": late})
    about = FAULT.model_copy(update={"property": "status-merge"})
    for fault in (about, FAULT.model_copy(update={"flow": "status-merge"})):
        assert given(fault, plans)[1] == "queue-8"
    unlike = FAULT.model_copy(update={"flow": "followup-owner"})
    assert [*given(unlike, plans)] == [*given(FAULT.model_copy(update={"flow": "no-flow"}), plans)]
    assert sorted(given(about, plans)) == names


def given(fault: Fault, plans: dict[str, Plan]) -> list[str]:
    """The plans that a fault is given, in order, where all execute it and are witnesses."""
    proof = Proof((fault,), tuple(plans.values()), lambda _: None, len(plans))
    clean_app, with_faults = proof.passes()
    for each, name in zip(clean_app, plans, strict=True):
        assert each.plans == (plans[name],)
        proof.take(clean(name, executes=True, witness=fault.property))
    (attempt,) = with_faults
    return [plan.name for plan in attempt.plans]
