"""A run as cases, as test views know them: a rule on a flow, or a flow that did not come to it."""

from collections.abc import Iterator
from typing import Literal

from harness.journal import Finding
from harness.values import Value
from reports import acceptance, matrix, modelled
from reports.story import FlowStory, Run
from reports.verdicts import place

Status = Literal["passed", "failed", "skipped", "other"]


class Case(Value):
    """One case. `status` is `other` where there is no verdict; times are epoch ms."""

    flow: str
    name: str
    status: Status
    outcome: str
    message: str = ""
    details: tuple[str, ...] = ()
    started: float = 0.0
    ended: float = 0.0


def cases(run: Run) -> tuple[Case, ...]:
    """Every case of a run, in the order of its flows."""
    return (*_of_flows(run), *_of_the_rest(run), *_of_matrix(run), *_of_model(run))


def _of_flows(run: Run) -> Iterator[Case]:
    for flow in run.flows:
        yield from _judged(flow)
        if flow.verdict == "infrastructure":
            yield _without_verdict(flow.flow, "flow completes", flow.reason)


def _judged(flow: FlowStory) -> Iterator[Case]:
    for judged in flow.judged:
        outcome = acceptance.shown_as(flow, judged)
        broken = [one for one in judged.findings if not flow.accepting(one)]
        details = tuple(_told(flow, one) for one in broken)
        if broken and flow.replays:
            details = (*details, str(flow.replays))
        yield Case(
            flow=flow.flow,
            name=judged.property,
            status=_STATUS[outcome],
            outcome=outcome,
            message=broken[0].summary if broken else judged.reason or judged.doubt,
            details=details or (f"{judged.evidence} {judged.unit}",),
            started=flow.started,
            ended=flow.ended,
        )


_STATUS: dict[str, Status] = {
    "pass": "passed",
    "accepted": "passed",
    "violated": "failed",
    "not applicable": "skipped",
    "inconclusive": "other",
    "infrastructure": "other",
}


def _told(flow: FlowStory, finding: Finding) -> str:
    return (
        f"{place(flow, finding)}: {finding.summary}\n"
        f"expected: {finding.expected}\nobserved: {finding.observed}"
    )


def _of_the_rest(run: Run) -> Iterator[Case]:
    died = any(flow.verdict == "infrastructure" for flow in run.flows)
    if run.verdict == "infrastructure" and not died:
        yield _without_verdict("run", "run completes", run.reason)
    for flow in run.not_run:
        yield _without_verdict(flow, "flow runs", "the run ended before this flow began")
    for flow, why in (run.started.left_out if run.started else {}).items():
        yield Case(
            flow=flow,
            name="flow is tried",
            status="skipped",
            outcome="not applicable",
            message=why,
        )


def _of_matrix(run: Run) -> Iterator[Case]:
    for row in matrix.rows(run):
        yield Case(
            flow="kill matrix",
            name=matrix.name_of(row),
            status="failed" if row.complaint else "passed",
            outcome="violated" if row.complaint else "pass",
            message=row.complaint,
            details=tuple(f"caught by {name} ({row.found[name]})" for name in row.caught_by),
            started=row.t - 1000 * row.seconds,
            ended=row.t,
        )
    for fault in run.untried:
        yield _without_verdict("kill matrix", fault, "the run ended before this fault")


def _of_model(run: Run) -> Iterator[Case]:
    for name, complaint in modelled.parts(run):
        yield Case(
            flow="model",
            name=name,
            status="failed" if complaint else "passed",
            outcome="violated" if complaint else "pass",
            message=complaint,
        )


def _without_verdict(flow: str, name: str, reason: str) -> Case:
    return Case(flow=flow, name=name, status="other", outcome="infrastructure", message=reason)
