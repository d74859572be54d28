"""Each fault is caught by its property, and the clean app has no finding."""

from collections.abc import Callable, Generator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from fixtures.faults import Fault, catalogue
from harness.faulting import faulted
from harness.flows import flows
from harness.gate import PageContext
from harness.journal import Entry, PropertyJudged
from harness.properties import PROPERTIES
from harness.runner import Runner
from harness.targets.protocol import Workshop
from harness.targets.reference import TRAITS, Reference, ReferenceStage
from harness.workshop import open_workshop

FLOWS = {plan.name: plan for plan in flows(TRAITS)}
RULES = {rule.id for rule in PROPERTIES}
# What every flow has evidence for.
EVERYWHERE = (
    "timeline-mounted",
    "rendered-window-kept",
    "reading-position-kept",
    "no-blank-frame",
    "turn-shown",
    "readiness-visible",
    "status-merge",
)


class Bench(NamedTuple):
    workshop: Workshop
    stage: ReferenceStage


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Generator[Bench]:
    logs = tmp_path_factory.mktemp("logs")
    with open_workshop(logs=logs) as workshop, Reference().start(workshop) as stage:
        yield Bench(workshop, stage)


@pytest.fixture
def judged(
    bench: Bench, browser: Browser
) -> Callable[[str, Fault | None], dict[str, PropertyJudged]]:
    def run(flow: str, fault: Fault | None) -> dict[str, PropertyJudged]:
        entries: list[Entry] = []

        def new_page() -> PageContext:
            return PageContext(browser)

        runner = Runner(bench.stage, bench.workshop, entries.append, shots=None)
        with faulted(bench.workshop.wire, fault):
            runner.run(FLOWS[flow], new_page)
        return {e.property: e for e in entries if isinstance(e, PropertyJudged)}

    return run


Judged = Callable[[str, Fault | None], dict[str, PropertyJudged]]


def flow_for(fault: Fault) -> str:
    """The flow that the fault names, else the rule's own, else the round trip."""
    own = fault.property if fault.property in FLOWS else "round-trip-in-place-history"
    return fault.flow or own


@pytest.mark.parametrize("fault", catalogue(), ids=lambda fault: fault.id)
def test_a_fault_is_caught_by_its_property(judged: Judged, fault: Fault) -> None:
    found = judged(flow_for(fault), fault)[fault.property]
    assert found.outcome == "violated", found.reason
    assert found.findings
    assert all(finding.property == fault.property for finding in found.findings)


@pytest.mark.parametrize("flow", sorted(FLOWS))
def test_the_clean_app_has_no_finding_and_evidence_for_what_the_flow_is_about(
    judged: Judged, flow: str
) -> None:
    found = judged(flow, None)
    assert set(found) == RULES
    lacking = {name: j for name, j in found.items() if j.outcome != "pass"}
    assert {j.outcome for j in lacking.values()} <= {"not applicable"}, lacking
    assert not lacking.keys() & {flow, *EVERYWHERE}
    assert all(j.evidence for name, j in found.items() if name not in lacking)


def test_every_rule_has_a_flow() -> None:
    assert RULES - FLOWS.keys() <= {*EVERYWHERE, "send-once"}


def test_every_rule_has_two_faults() -> None:
    tied = [fault.property for fault in catalogue()]
    assert {fault.flow for fault in catalogue()} <= {"", *FLOWS}
    assert {rule for rule in RULES if tied.count(rule) < 2} == set()
