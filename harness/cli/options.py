"""Options that several commands share, and what of them becomes a fault or a plan."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from fixtures.faults import Fault, FaultError, fault_named, load_fault
from harness.errors import UsageError, unknown
from harness.plans import Plan
from harness.properties import PROPERTIES
from harness.replaying import plan_in

Verbose = Annotated[
    bool, typer.Option("--verbose", help="Show the traceback of an error beside its sentence.")
]
BisectRun = Annotated[
    bool,
    typer.Option(
        "--bisect-run",
        help="Exit as git bisect run reads it: 0 good, 1 bad, 125 cannot tell, 128 end the search.",
    ),
]


def folder_named(text: str | Path) -> Path:
    """The folder that an option names, or its default.

    Raises:
        UsageError: it names none; without a word it would be the one that one is in.
    """
    if not str(text).strip():
        raise UsageError("a folder for reports or work has a name; for the one you are in give: .")
    return Path(text)


ReportFolder = Annotated[
    Path,
    typer.Option(
        help="Folder that gets a folder for this run.", parser=folder_named, metavar="PATH"
    ),
]
REPORTS = Path("reports/out")

# The app of a run, and what may be wrong with it.
AppVersion = Annotated[
    str | None, typer.Option(help="A release of the app other than the pinned one.")
]
BaseUrl = Annotated[
    str | None,
    typer.Option(help="Test an app that runs here already, such as http://127.0.0.1:4096."),
]
ServerUrl = Annotated[
    str | None,
    typer.Option(help="Its server, where that has an address of its own, as pawwork's has."),
]
AgentPort = Annotated[
    int | None,
    typer.Option(
        help="Port of the scripted model server, for an app that is given by its address.",
        min=1,
        max=65535,
    ),
]
FaultId = Annotated[
    str | None, typer.Option(help="Break the reference app so. See: harness faults.")
]
FaultFile = Annotated[
    Path | None, typer.Option(help="Break it as this TOML file says. See: harness faults.")
]

PlanFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--plan",
        help="Run a plan from a JSON file instead, or all in a folder; may be given again.",
    ),
]

# The browser of a run, and what is printed of it.
BrowserChannel = Annotated[
    str | None, typer.Option(help="A branded browser, such as chrome or msedge.")
]
Headed = Annotated[bool, typer.Option("--headed", help="Show the browser.")]
SlowMs = Annotated[
    float, typer.Option(help="Milliseconds to wait after each input and each step.", min=0.0)
]
Unmasked = Annotated[
    bool,
    typer.Option(
        "--unmasked",
        help="Leave secrets and home directories in the journal and reports as they are."
        " For your own eyes: what CI keeps, or you pass on, would give them away.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON and nothing else.")]


class Lot(NamedTuple):
    """Which of the generated mutants are asked for: of these modules or all, so many or all."""

    modules: tuple[str, ...] = ()
    sample: int | None = None
    seed: int = 0


def workers_asked(asked: int | None, agent_port: int | None, *, otherwise: int) -> int:
    """How many processes: as many as are asked for; where the agent has a port of its own, one.

    Args:
        asked: on the command line.
        agent_port: of the scripted model server, of which each process has one.
        otherwise: where nobody says.

    Raises:
        UsageError: several processes cannot listen on one port.
    """
    if agent_port is None:
        return asked or otherwise
    if asked and asked > 1:
        raise UsageError("--agent-port is the port of one process: leave out --workers")
    return 1


def fault_asked(fault_id: str | None, path: Path | None = None) -> Fault | None:
    """The fault of that id, or the one in a file of the user's; None where neither is named.

    Raises:
        UsageError: there is none, it is no fault, no rule has the name that it is tied to, or
            both were named.
    """
    if fault_id is not None and path:
        raise UsageError("--fault and --fault-file exclude each other: give one of them")
    try:
        if path:
            return _tied(load_fault(path))
        return fault_named(fault_id) if fault_id is not None else None
    except FaultError as error:
        raise UsageError(str(error)) from error


def _tied(fault: Fault) -> Fault:
    known = [rule.id for rule in PROPERTIES]
    if fault.property not in known:
        raise UsageError(
            f"the fault {fault.id} is tied to a rule: {unknown('rule', fault.property, known)}"
        )
    return fault


def plans_asked(paths: Sequence[Path], flow: list[str] | None) -> tuple[Plan, ...]:
    """The plans in files, in counterexamples and in folders of them, in the order of their names.

    Raises:
        UsageError: one is no plan, a folder has none, two have one name, or flows were named too.
    """
    if paths and flow:
        raise UsageError("--plan and --flow exclude each other: give one of them")
    files = [file for path in paths for file in _plan_files(path)]
    found: dict[str, Path] = {}
    plans = [plan_in(file) for file in files]
    for plan, file in zip(plans, files, strict=True):
        if plan.name in found:
            raise UsageError(
                f"{found[plan.name]} and {file} are both called {plan.name}:"
                " leave one out, or change its name"
            )
        found[plan.name] = file
    return tuple(plans)


def _plan_files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    if files := sorted(path.glob("*.json")):
        return files
    raise UsageError(
        f"there is no plan (*.json) in the folder {path}; harness cover --write writes some"
    )
