"""What broke, a line a rule: how often, where first, and since when."""

from collections.abc import Mapping

from harness.journal import Finding
from harness.values import Value
from reports.story import Run
from reports.verdicts import place

_FEW = 2  # places where something broke: they say it themselves


class Ruled(Value):
    """One rule that broke; `number` is that of its first finding in the report."""

    property: str
    findings: int
    flows: int
    number: int
    sentence: str
    where: str
    flow: str
    since: str


def digest(
    run: Run, numbered: Mapping[Finding, int], since: Mapping[int, str]
) -> tuple[Ruled, ...]:
    """The rules that broke in the order of their first finding; nothing where little broke."""
    places = {(finding.flow, finding.step) for finding in run.broken}
    if len(places) <= _FEW:
        return ()
    rules = dict.fromkeys(finding.property for finding in run.broken)
    return tuple(_ruled(run, rule, numbered, since) for rule in rules)


def _ruled(run: Run, rule: str, numbered: Mapping[Finding, int], since: Mapping[int, str]) -> Ruled:
    found = [
        (flow, finding) for flow in run.flows for finding in flow.broken if finding.property == rule
    ]
    flow, first = found[0]
    said = {since.get(numbered[finding], "") for _, finding in found}
    return Ruled(
        property=rule,
        findings=len(found),
        flows=len({flow.flow for flow, _ in found}),
        number=numbered[first],
        sentence=first.summary,
        where=place(flow, first),
        flow=flow.title,
        since=said.pop() if len(said) == 1 else "since different runs: each finding says which",
    )
