"""What holds for all properties at once."""

import pytest

from harness.actions import OpenSession, SendPrompt
from harness.observations import Observation, Settled
from harness.properties import PROPERTIES, Property
from harness.trace import Trace
from specs.model.conftest import Made

TEXT = "Go on."
# These speak of what only some flows do; they have specs of their own.
SPECIAL = {
    "command-gate",
    "model-gate",
    "readiness-visible",
    "timeline-owner",
    "followup-source",
    "followup-target",
    "stale-revert",
    "stale-restore",
    "stale-rollback",
    "stale-vcs",
    "stale-artifact",
    "epoch-guard",
    "status-merge",
    "store-retention",
}
GENERAL = [rule for rule in PROPERTIES if rule.id not in SPECIAL]


def good(made: Made, settled: Settled) -> Trace:
    held = made.record(("m0", "first"), ("a1", "second"), ("m2", TEXT))
    opened = made.observed(
        made.bottom(), rows=(("m0", "a1"),), records=(made.record(("m0", ""), ("a1", "")),)
    )
    seen = made.observed(
        made.bottom(),
        rows=(("m0", "a1", "m2"),),
        records=(held,),
        prompts=(made.prompt(TEXT),),
        witnesses=(made.witness(TEXT),),
        settled=settled,
    )
    return made.trace((OpenSession(), opened), (SendPrompt(text=TEXT), seen))


@pytest.mark.parametrize("rule", GENERAL, ids=lambda rule: rule.id)
def test_a_right_flow_passes_with_evidence(made: Made, rule: Property) -> None:
    judged = rule.judged(good(made, Settled(quiet=True, took_ms=1.0)))
    assert (judged.outcome, judged.reason, judged.findings) == ("pass", "", ())
    assert judged.evidence > 0
    assert (judged.property, judged.flow, judged.unit) == (rule.id, "made", rule.unit)


@pytest.mark.parametrize("rule", GENERAL, ids=lambda rule: rule.id)
def test_a_step_that_did_not_come_to_rest_is_inconclusive(made: Made, rule: Property) -> None:
    restless = Settled(quiet=False, took_ms=1.0, moving=("rows", "GET /session"))
    judged = rule.judged(good(made, restless))
    words = "send-prompt (step 1) did not come to rest: rows, GET /session"
    assert (judged.outcome, judged.reason) == ("inconclusive", words)


@pytest.mark.parametrize("rule", GENERAL, ids=lambda rule: rule.id)
@pytest.mark.parametrize("steps", [0, 1, 2])
def test_nothing_observed_is_inconclusive(made: Made, rule: Property, steps: int) -> None:
    empty = made.trace((OpenSession(), Observation()), (SendPrompt(text=TEXT), Observation()))
    cut = empty.model_copy(update={"steps": empty.steps[:steps]})
    judged = rule.judged(cut)
    if rule.id == "send-once" and steps == 2:  # nothing left the page: that is a loss
        assert judged.outcome == "violated"
    else:
        sends = rule.id in {"send-once", "send-target"}
        unheard = sends and steps < 2  # the flow ended before its prompt
        outcome = "not applicable" if unheard else "inconclusive"
        assert (judged.outcome, judged.evidence) == (outcome, 0)
        assert judged.reason


@pytest.mark.parametrize("rule", PROPERTIES, ids=lambda rule: rule.id)
def test_a_rule_that_a_flow_does_not_exercise_says_so(made: Made, rule: Property) -> None:
    judged = rule.judged(good(made, Settled(quiet=True, took_ms=1.0)))
    unheard = (judged.outcome, judged.evidence) == ("not applicable", 0)
    assert unheard == (rule.id in SPECIAL)
    assert bool(judged.reason) == unheard


def test_ids_are_unique_and_findings_carry_them() -> None:
    assert len({rule.id for rule in PROPERTIES}) == len(PROPERTIES)
    names = {rule.check.__name__.replace("_", "-") for rule in PROPERTIES}
    assert names == {rule.id for rule in PROPERTIES}
