"""What a row of the kill matrix complains of, and what it does not."""

from fixtures.faults import Fault
from fixtures.faults.fault import Edit
from harness.journal import Finding, PropertyJudged
from harness.proving.matrix import row_of, row_without_trial

EDIT = Edit(file="src/a.js", find="a", replace="b")
FAULT = Fault(id="f", title="What is shown is wrong", property="a", edits=(EDIT,))


def judged(rule: str, findings: int = 0, *, doubt: str = "") -> PropertyJudged:
    found = Finding(property=rule, flow="f", step=1, summary="s", expected="e", observed="o")
    outcome = "violated" if findings else "inconclusive" if doubt else "pass"
    return PropertyJudged(
        flow="f",
        property=rule,
        outcome=outcome,
        evidence=1,
        unit="frames",
        reason=doubt,
        findings=(found,) * findings,
    )


def test_a_fault_that_its_rule_catches_is_right_also_when_others_catch_it() -> None:
    row = row_of(
        FAULT, [judged("a", 1), judged("b", 2), judged("c"), judged("a", 1)], ("f",), 1.005
    )
    assert row.found == {"a": 2, "b": 2, "c": 0}
    assert row.caught_by == ("a", "b")
    assert row.complaint == ""
    assert (row.fault, row.title, row.tied_to) == ("f", "What is shown is wrong", "a")
    assert row.seconds == 1.0


def test_a_survivor_is_told() -> None:
    assert row_of(FAULT, [judged("a"), judged("b")], ("f",), 1.0).complaint == "it survives"


def test_a_survivor_whose_rule_had_no_evidence_says_so() -> None:
    row = row_of(FAULT, [judged("a", doubt="no frame was seen"), judged("b")], ("f",), 1.0)
    assert row.complaint == "it survives; a was inconclusive: no frame was seen"
    assert row.doubts == {"a": "no frame was seen"}


def test_a_fault_that_only_another_rule_catches_is_told() -> None:
    row = row_of(FAULT, [judged("a"), judged("b", 1)], ("f",), 1.0)
    assert row.complaint == "caught only by b, not by a"


def test_a_fault_that_could_not_be_tried_is_told() -> None:
    row = row_without_trial(FAULT, "no longer applies")
    assert (row.fault, row.tied_to, row.complaint) == ("f", "a", "no longer applies")
    assert row.found == {}


def test_the_clean_app_may_have_neither_findings_nor_doubts() -> None:
    assert row_of(None, [judged("a"), judged("b")], ("f",), 1.0).complaint == ""
    wrong = row_of(
        None, [judged("a", 1), judged("a", doubt="late"), judged("b", doubt="none")], ("f",), 1
    )
    assert wrong.complaint == "it has findings or lacks evidence: a in f; b in f"
    assert (wrong.fault, wrong.tied_to) == ("", "")
