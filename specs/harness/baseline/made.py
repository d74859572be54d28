"""Findings, judgements and acceptances by hand, for the specs of baselines."""

from collections.abc import Iterator
from datetime import date, timedelta

from harness.baseline import Baseline
from harness.journal import (
    Acceptance,
    Entry,
    Finding,
    FlowEnded,
    Outcome,
    PropertyJudged,
    RunEnded,
    RunStarted,
    RunVerdict,
)

DAY = date(2026, 11, 25)
LATER = DAY + timedelta(days=30)
FLOW, RULE = "round-trip-in-place-history", "timeline-mounted"
REPLACED = "timeline replaced after enter-worktree"
REMOVED = "composer removed after the second send-prompt"


def accepting(
    cause: str = REPLACED,
    *,
    rule: str = RULE,
    flow: str = FLOW,
    until: date = LATER,
    reason: str = "known",
) -> Acceptance:
    return Acceptance(flow=flow, property=rule, cause=cause, reason=reason, until=until)


def baseline(*accepted: Acceptance, target: str = "reference") -> Baseline:
    return Baseline(target=target, accepted=accepted)


def finding(*causes: str, rule: str = RULE, flow: str = FLOW) -> Finding:
    return Finding(
        property=rule, flow=flow, step=3, causes=causes, summary="s", expected="e", observed="o"
    )


def judged(
    *findings: Finding,
    rule: str = RULE,
    flow: str = FLOW,
    outcome: Outcome | None = None,
    doubt: str = "",
) -> PropertyJudged:
    return PropertyJudged(
        flow=flow,
        property=rule,
        outcome=outcome or ("violated" if findings else "pass"),
        evidence=1,
        unit="frames",
        findings=findings,
        doubt=doubt,
    )


def run(
    *entries: PropertyJudged, target: str = "reference", reason: str = "", flow: str = FLOW
) -> Iterator[Entry]:
    """The journal of a run of one flow; with a reason it was not performed to its end."""
    verdict: RunVerdict = "inconclusive" if reason else "pass"
    yield RunStarted(
        run_id="r", t=1.0, harness_version="0", target=target, app_version="1", flows=(flow,)
    )
    yield from entries
    yield FlowEnded(flow=flow, t=2.0, verdict=verdict, reason=reason)
    yield RunEnded(t=3.0, verdict=verdict)
