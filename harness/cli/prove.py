"""`harness prove`: the kill matrix, or with `--generated` the mutants."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from fixtures.faults import Fault, catalogue
from harness.cli.options import REPORTS, Lot, ReportFolder, Verbose, fault_asked
from harness.cli.progress import Counting
from harness.cli.telling import tell
from harness.errors import HarnessError, SetupError, UsageError
from harness.journal import MatrixRow, RunVerdict
from harness.proving import prove_on_record
from harness.run import RunOptions, chosen, new_folder
from harness.targets.reference import TRAITS


def prove_command(  # noqa: PLR0913  one parameter an option
    *,
    fault: Annotated[
        list[str] | None, typer.Option(help="Only this fault; may be given again.")
    ] = None,
    flow: Annotated[
        list[str] | None,
        typer.Option(help="Only this flow, which shortens it; may be given again."),
    ] = None,
    workers: Annotated[
        int, typer.Option(help="Processes side by side, each with an app and a browser.", min=1)
    ] = min(4, os.cpu_count() or 1),
    report: ReportFolder = REPORTS,
    json: Annotated[
        bool, typer.Option("--json", help="Print the matrix as JSON and nothing else.")
    ] = False,
    generated: Annotated[
        bool, typer.Option("--generated", help="Try generated mutants in place of the faults.")
    ] = False,
    module: Annotated[
        list[str] | None,
        typer.Option(help="With --generated: only of this module, such as scope; may be repeated."),
    ] = None,
    sample: Annotated[
        int | None, typer.Option(help="With --generated: only so many, drawn by lot.", min=1)
    ] = None,
    seed: Annotated[int, typer.Option(help="With --sample: which lot; the same one again.")] = 0,
    verbose: Verbose = False,
) -> None:
    """Try every fault on the reference app, and say which rule caught it.

    Exits with 1 when a fault survives, when only a rule catches it that it is not tied to, when it
    no longer applies, or when the clean app has a finding; with 3 when the app, the browser or
    this machine failed, and 130 when it was stopped by Ctrl-C: the rows that were done by then are
    kept and reported.

    With --generated it tries mutants of the modules that decide about scopes, says which survive,
    and exits with 1 when fewer than 90 % of those not known to be equivalent are detected.
    """
    del verbose  # read by main()
    lot = Lot(tuple(module or ()), sample, seed)
    if generated:
        raise typer.Exit(_generated(lot, fault, _flows(flow), workers, json=json))
    if lot != Lot():
        raise UsageError("--module, --sample and --seed choose among mutants: add --generated")
    named = [fault_asked(name) for name in dict.fromkeys(fault or ())]
    faults = [each for each in named if each] or list(catalogue())
    flows = _flows(flow)
    verdict = _run(faults, flows, new_folder(report, "prove"), workers, json=json)
    raise typer.Exit(0 if verdict == "pass" else 1)


def _flows(asked: list[str] | None) -> tuple[str, ...]:
    options = RunOptions(only=tuple(dict.fromkeys(asked or ())))
    return tuple(plan.name for plan in chosen(options, TRAITS))


def _generated(
    lot: Lot, fault: list[str] | None, flows: Sequence[str], workers: int, *, json: bool
) -> int:
    if fault:
        raise UsageError("--fault and --generated exclude each other: give one of them")
    try:
        from harness.cli.generated import prove_generated  # noqa: PLC0415  its parser is an extra
    except ModuleNotFoundError as error:
        raise SetupError(
            f"{error.name} is not installed: python -m pip install 'scope-harness[mutants]'"
        ) from error
    return prove_generated(lot, flows, workers=workers, json=json)


def _run(
    faults: Sequence[Fault], flows: Sequence[str], folder: Path, workers: int, *, json: bool
) -> RunVerdict:
    count = len(faults) + 1
    try:
        with Counting("the clean app and every fault", count, quiet=json) as counting:

            def told(row: MatrixRow) -> None:
                counting.done(_in_short(row))

            return prove_on_record(faults, flows, folder, workers=min(workers, count), told=told)
    finally:
        tell(folder, as_json=json, brief=isinstance(sys.exception(), HarnessError))


def _in_short(row: MatrixRow) -> str:
    caught = f"caught by {', '.join(row.caught_by)}" if row.caught_by else "nothing found"
    flows = f"{len(row.flows)} flow{'s' * (len(row.flows) != 1)}"
    return (
        f"{row.fault or 'the clean app'}: {row.complaint or caught}, {flows}, {row.seconds:.0f} s"
    )
