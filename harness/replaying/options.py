"""What a counterexample is run again on: what its file says, and what is said instead."""

from pathlib import Path
from typing import NamedTuple

from fixtures.faults import Fault, FaultError, fault_named
from harness.errors import UsageError
from harness.properties import PROPERTIES
from harness.replaying.counterexample import Counterexample
from harness.replaying.fitting import plan_of
from harness.run import RunOptions, ensure_possible


class Instead(NamedTuple):
    """What is said on the command line; None leaves what the file says.

    Attributes:
        target: must be the one of the file.
        app_version: another release.
        base_url: an app that runs already.
        server_url: its server.
        agent_port: of the scripted model server.
        fault: another fault.
        no_fault: the app as it is.
    """

    target: str | None = None
    app_version: str | None = None
    base_url: str | None = None
    server_url: str | None = None
    agent_port: int | None = None
    fault: Fault | None = None
    no_fault: bool = False


def options_for(
    case: Counterexample, instead: Instead, *, file: Path, reports: Path, skip_stale: bool = False
) -> RunOptions:
    """The options of a run, which refuse before anything is started what can be refused then.

    Args:
        case: as it was read.
        instead: what is said in place of it.
        file: of the counterexample, for messages.
        reports: the folder that gets a folder for the run.
        skip_stale: whether steps that no longer apply are left out.

    Raises:
        UsageError: it is of another target, looks for a rule that there is not, has a step that no
            longer applies, or names a fault or an address that cannot be.
    """
    if instead.target not in {None, case.target}:
        raise UsageError(
            f"the counterexample {file} was found on {case.target}, not on {instead.target}: leave"
            f" out --target, or put its plan to that app: harness gate --target {instead.target}"
            f" --plan {file}"
        )
    _ensure_rules(case, file)
    base_url = instead.base_url or (None if instead.app_version else case.base_url)
    fixed = case.target == "reference" or base_url is not None  # has no release to be chosen
    options = RunOptions(
        target=case.target,
        app_version=instead.app_version or (None if fixed else case.app_version),
        base_url=base_url,
        server_url=instead.server_url or case.server_url,
        agent_port=instead.agent_port or case.agent_port,
        fault=_fault(case, instead),
        reports=reports,
    )
    if case.target == "reference":  # what another app can do is known once it has started
        plan = plan_of(case, skip_stale=skip_stale)
        options = options.model_copy(update={"plans": (plan,)})
    ensure_possible(options)
    return options


def _ensure_rules(case: Counterexample, file: Path) -> None:
    known = [rule.id for rule in PROPERTIES]
    strange = [each.property for each in case.findings if each.property not in known]
    if strange:
        raise UsageError(
            f"the counterexample {file} looks for the rule “{strange[0]}”, which there is not;"
            f" there are: {', '.join(known)}"
        )


def _fault(case: Counterexample, instead: Instead) -> Fault | None:
    if instead.no_fault and instead.fault:
        raise UsageError("--no-fault excludes --fault and --fault-file: give one of them")
    if instead.no_fault or instead.fault or case.fault is None:
        return instead.fault
    if isinstance(case.fault, Fault):
        return case.fault
    try:
        return fault_named(case.fault)
    except FaultError as error:
        raise UsageError(f"{error}; --no-fault leaves it out") from error
