"""A baseline brought up to date by what runs found."""

from datetime import timedelta

import pytest

from harness.baseline import Terms, Update, updated
from harness.errors import UsageError
from harness.journal import Acceptance, Entry, PropertyJudged
from specs.harness.baseline.made import (
    DAY,
    LATER,
    REMOVED,
    REPLACED,
    accepting,
    baseline,
    finding,
    judged,
    run,
)

UNTIL = DAY + timedelta(days=90)
TERMS = Terms(until=UNTIL, reason="new", day=DAY)
SILENT = TERMS.model_copy(update={"reason": None})
FOUND = judged(finding(REPLACED))


def update(*held: Acceptance, by: PropertyJudged, terms: Terms = TERMS, cut: str = "") -> Update:
    return updated(baseline(*held), run(by, reason=cut), terms)


def test_what_is_new_is_added_on_the_terms_of_today() -> None:
    told = update(by=FOUND)
    assert told.added == (accepting(reason="new", until=UNTIL),)
    assert told.baseline.accepted == told.added


def test_what_still_occurs_keeps_its_reason_and_its_day() -> None:
    told = update(accepting(), by=FOUND)
    assert told.kept == told.baseline.accepted == (accepting(),)
    assert (told.added, told.renewed, told.mended) == ((), (), ())


def test_what_occurs_no_more_is_dropped() -> None:
    told = update(accepting(), by=judged())
    assert told.mended == (accepting(),)
    assert told.baseline.accepted == ()


@pytest.mark.parametrize(
    ("by", "cut"),
    [
        (judged(rule="send-once"), ""),
        (judged(outcome="not applicable"), ""),
        (judged(outcome="inconclusive"), ""),
        (judged(), "send-prompt could not be done"),
    ],
)
def test_what_the_run_did_not_exercise_stays(by: PropertyJudged, cut: str) -> None:
    told = update(accepting(), by=by, cut=cut)
    assert told.kept == told.baseline.accepted == (accepting(),)


def test_what_a_flow_found_before_it_was_cut_short_counts() -> None:
    assert update(by=FOUND, cut="the app ended").added


def test_what_is_over_and_still_occurs_is_accepted_again() -> None:
    over = accepting(until=DAY - timedelta(days=1))
    assert update(over, by=FOUND, terms=SILENT).renewed == (accepting(until=UNTIL),)
    assert update(over, by=FOUND).renewed == (accepting(reason="new", until=UNTIL),)
    assert update(accepting(until=DAY), by=FOUND).kept == (accepting(until=DAY),)


def test_nothing_new_is_accepted_without_a_reason() -> None:
    with pytest.raises(UsageError, match=r"first time: say why with --reason$") as error:
        update(by=judged(finding(REPLACED, REMOVED)), terms=SILENT)
    assert f"“{REMOVED}”" in str(error.value)
    assert "and 1 more would" in str(error.value)
    assert update(accepting(), by=FOUND, terms=SILENT).kept


def test_several_runs_count_as_one() -> None:
    entries: list[Entry] = [*run(FOUND), *run(judged(finding(REMOVED)))]
    told = updated(baseline(accepting()), entries, TERMS)
    assert told.kept == (accepting(),)
    assert told.added == (accepting(REMOVED, reason="new", until=UNTIL),)


def test_twice_the_same_run_changes_nothing() -> None:
    once = update(accepting(until=LATER), by=judged(finding(REPLACED, REMOVED))).baseline
    again = updated(once, run(judged(finding(REPLACED, REMOVED))), TERMS)
    assert set(again.baseline.accepted) == set(once.accepted)
    assert again.added == ()


def test_findings_of_an_older_harness_have_no_causes_to_accept() -> None:
    with pytest.raises(UsageError, match="run the gate again, and take that run"):
        update(by=judged(finding()))
