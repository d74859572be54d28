"""What a baseline says of a flow, and what that makes of its verdict."""

from datetime import timedelta

import pytest

from harness.baseline import Applying
from harness.journal import Acceptance, BaselineApplied, PropertyJudged
from harness.runner.verdicts import weighed, worst
from specs.harness.baseline.made import (
    DAY,
    FLOW,
    LATER,
    REMOVED,
    REPLACED,
    accepting,
    baseline,
    finding,
    judged,
)


def applied(
    *entries: PropertyJudged, held: tuple[Acceptance, ...], whole: bool = True, strict: bool = False
) -> BaselineApplied:
    return Applying(baseline=baseline(*held), strict=strict, day=DAY).applied(
        FLOW, entries, whole=whole
    )


def verdict(*entries: PropertyJudged, held: tuple[Acceptance, ...], strict: bool = False) -> str:
    return worst(weighed(entries, applied(*entries, held=held, strict=strict)))


def test_what_is_accepted_does_not_fail() -> None:
    entry = judged(finding(REPLACED))
    assert verdict(entry, held=(accepting(),)) == "pass"
    assert applied(entry, held=(accepting(),)) == BaselineApplied(
        flow=FLOW, accepted=(accepting(),)
    )


@pytest.mark.parametrize(
    "other",
    [
        accepting(REMOVED),
        accepting(rule="no-blank-frame"),
        accepting(flow="round-trip-in-place-bottom"),
        accepting(until=DAY - timedelta(days=1)),
    ],
    ids=["another cause", "another rule", "another flow", "over"],
)
def test_what_is_accepted_elsewhere_or_no_more_fails(other: Acceptance) -> None:
    assert verdict(judged(finding(REPLACED)), held=(other,)) == "violated"


def test_every_cause_of_a_finding_has_to_be_accepted() -> None:
    entry = judged(finding(REPLACED, REMOVED))
    assert verdict(entry, held=(accepting(),)) == "violated"
    assert verdict(entry, held=(accepting(), accepting(REMOVED))) == "pass"
    one_is_mended = judged(finding(REPLACED))
    assert verdict(one_is_mended, held=(accepting(), accepting(REMOVED))) == "pass"


def test_one_new_finding_among_accepted_ones_fails() -> None:
    entry = judged(finding(REPLACED), finding(REMOVED))
    assert verdict(entry, held=(accepting(),)) == "violated"


def test_its_last_day_is_a_day_on_which_it_holds() -> None:
    entry = judged(finding(REPLACED))
    assert verdict(entry, held=(accepting(until=DAY),)) == "pass"
    over = accepting(until=DAY - timedelta(days=1))
    assert applied(entry, held=(over,)) == BaselineApplied(flow=FLOW, expired=(over,))


def test_what_no_longer_occurs_is_mended_and_fails_where_it_is_strict() -> None:
    assert applied(judged(), held=(accepting(),)).mended == (accepting(),)
    assert verdict(judged(), held=(accepting(),)) == "pass"
    assert verdict(judged(), held=(accepting(),), strict=True) == "violated"
    over = accepting(until=DAY - timedelta(days=1))
    assert verdict(judged(), held=(over,), strict=True) == "pass"


def test_strict_alone_fails_nothing() -> None:
    entry = judged(finding(REPLACED))
    assert verdict(entry, held=(accepting(),), strict=True) == "pass"


@pytest.mark.parametrize(
    ("entry", "whole"),
    [
        (judged(), False),
        (judged(outcome="inconclusive"), True),
        (judged(outcome="not applicable"), True),
        (judged(finding(REMOVED), doubt="samples were lost"), True),
        (judged(rule="no-blank-frame"), True),
    ],
    ids=["cut short", "inconclusive", "not applicable", "doubtful", "another rule"],
)
def test_what_was_not_looked_for_to_the_end_is_not_mended(
    entry: PropertyJudged, *, whole: bool
) -> None:
    assert applied(entry, held=(accepting(),), whole=whole).mended == ()


def test_accepted_findings_do_not_stand_for_evidence() -> None:
    doubtful = judged(finding(REPLACED), doubt="the page did not come to rest")
    assert verdict(doubtful, held=(accepting(),)) == "inconclusive"
    assert verdict(judged(outcome="inconclusive"), held=(accepting(),)) == "inconclusive"


def test_causes_that_are_accepted_for_another_reason_count_alike() -> None:
    held = (accepting(), accepting(REMOVED, reason="another", until=LATER + timedelta(days=1)))
    assert applied(judged(finding(REPLACED, REMOVED)), held=held).accepted == held
