"""Makes the counterexample of what was found."""

from fixtures.faults import Fault, catalogue
from harness.journal import Finding
from harness.plans import Plan
from harness.replaying.counterexample import Counterexample, Expected, Origin
from harness.run import RunOptions


def counterexample_of(
    finding: Finding, plan: Plan, options: RunOptions, *, app_version: str, found: Origin
) -> Counterexample:
    """A counterexample that runs by itself, whatever the command line said.

    Args:
        finding: as the plan gave it.
        plan: its actions.
        options: what it was found on.
        app_version: the release that was found to run.
        found: how.
    """
    return Counterexample(
        findings=(Expected.of(finding),),
        target=options.target,
        app_version=app_version,
        base_url=options.base_url,
        server_url=options.server_url,
        agent_port=options.agent_port,
        fault=_kept(options.fault),
        found=found,
        plan=plan.model_dump(mode="json"),
    )


def _kept(fault: Fault | None) -> str | Fault | None:
    """A fault of the catalogue by its id; one of a file as it is, for the file may be gone."""
    return fault.id if fault and fault in catalogue() else fault
