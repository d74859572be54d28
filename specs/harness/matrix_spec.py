"""What the kill matrix complains of, and what it does not."""

from harness.journal import Finding, PropertyJudged
from harness.proving.matrix import CLEAN, Matrix, Row, row_of


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
    row = row_of("f", "a", [judged("a", 1), judged("b", 2), judged("a", 1)], 1.0)
    assert row.found == {"a": 2, "b": 2}
    assert row.complaint is None


def test_a_survivor_is_told() -> None:
    assert row_of("f", "a", [judged("a"), judged("b")], 1.0).complaint == "it survives"


def test_a_fault_that_only_another_rule_catches_is_told() -> None:
    row = row_of("f", "a", [judged("a"), judged("b", 1)], 1.0)
    assert row.complaint == "caught only by b, not by a"


def test_a_fault_that_could_not_be_tried_is_told() -> None:
    assert Row(fault="f", tied_to="a", problem="no longer applies").complaint == "no longer applies"


def test_the_clean_app_may_have_neither_findings_nor_doubts() -> None:
    assert row_of(CLEAN, "", [judged("a"), judged("b")], 1.0).complaint is None
    assert "a" in (row_of(CLEAN, "", [judged("a", 1)], 1.0).complaint or "")
    assert "b" in (row_of(CLEAN, "", [judged("b", doubt="no frame")], 1.0).complaint or "")


def test_the_matrix_names_every_row_that_is_wrong() -> None:
    good = row_of("good", "a", [judged("a", 1)], 1.0)
    bad = row_of("bad", "a", [judged("a")], 1.0)
    matrix = Matrix(rows=(good, bad))
    assert matrix.complaints == ("bad: it survives",)
    assert matrix.properties == ("a",)
