"""`harness prove`: the kill matrix, or with `--generated` the mutants."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from fixtures.faults import Fault, catalogue
from harness.cli.options import (
    REPORTS,
    Lot,
    PlanFiles,
    ReportFolder,
    Verbose,
    fault_asked,
    plans_asked,
)
from harness.cli.progress import Counting
from harness.cli.telling import tell
from harness.errors import HarnessError, SetupError, UsageError
from harness.journal import MatrixRow, RunVerdict
from harness.plans import Plan
from harness.proving import Clean, prove_on_record
from harness.run import RunOptions, chosen, ensure_possible, new_folder
from harness.targets.reference import TRAITS

TRIES = 40


class Asked(NamedTuple):
    """What is to be proved, with which plans, and how many of them a fault is given."""

    faults: Sequence[Fault]
    plans: Sequence[Plan]
    tries: int | None


def prove_command(  # noqa: PLR0913  one parameter an option
    *,
    fault: Annotated[
        list[str] | None, typer.Option(help="Only this fault; may be given again.")
    ] = None,
    flow: Annotated[
        list[str] | None,
        typer.Option(help="Only this flow, which shortens it; may be given again."),
    ] = None,
    plan: PlanFiles = None,
    tries: Annotated[
        int | None,
        typer.Option(
            help=f"With --plan: plans that a fault is given at most; {TRIES} if not said.",
            min=1,
            show_default=False,
        ),
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

    With --plan it asks whether plans that nobody wrote would have caught the faults, such as those
    of harness cover --write: a fault is done with at the first plan in which its own rule catches
    it. Those that execute what it changes are tried, first where that rule has evidence, and by
    turns what does most of what the flow does on which the fault acts: an order, no more.

    With --generated it tries mutants of the modules that decide about scopes, says which survive,
    and exits with 1 when fewer than 90 % of those not known to be equivalent are detected.
    """
    del verbose  # read by main()
    lot = Lot(tuple(module or ()), sample, seed)
    if tries and not plan:
        raise UsageError("--tries is about plans: name them with --plan")
    if generated:
        if plan:
            raise UsageError("--plan and --generated exclude each other: give one of them")
        raise typer.Exit(_generated(lot, fault, _plans(flow), workers, json=json))
    if lot != Lot():
        raise UsageError("--module, --sample and --seed choose among mutants: add --generated")
    named = [fault_asked(name) for name in dict.fromkeys(fault or ())]
    faults = [each for each in named if each] or list(catalogue())
    most = (tries or TRIES) if plan else None
    plans = _plans(flow, plans_asked(plan or (), flow))
    folder = new_folder(report, "prove")
    verdict = _run(Asked(faults, plans, most), folder, workers, json=json)
    raise typer.Exit(0 if verdict == "pass" else 1)


def _plans(asked: list[str] | None, given: tuple[Plan, ...] = ()) -> tuple[Plan, ...]:
    options = RunOptions(only=tuple(dict.fromkeys(asked or ())), plans=given)
    ensure_possible(options)
    return chosen(options, TRAITS)


def _generated(
    lot: Lot, fault: list[str] | None, plans: Sequence[Plan], workers: int, *, json: bool
) -> int:
    if fault:
        raise UsageError("--fault and --generated exclude each other: give one of them")
    try:
        from harness.cli.generated import prove_generated  # noqa: PLC0415  its parser is an extra
    except ModuleNotFoundError as error:
        raise SetupError(
            f"{error.name} is not installed: python -m pip install 'scope-harness[mutants]'"
        ) from error
    flows = tuple(plan.name for plan in plans)
    return prove_generated(lot, flows, workers=workers, json=json)


def _run(asked: Asked, folder: Path, workers: int, *, json: bool) -> RunVerdict:
    faults, plans, tries = asked
    count = len(plans) + 1 + len(faults)
    try:
        with Counting("the clean app, then every fault", count, quiet=json) as counting:

            def told(done: MatrixRow | Clean) -> None:
                counting.done(_in_short(done) if isinstance(done, MatrixRow) else _clean(done))

            return prove_on_record(
                faults, plans, folder, tries=tries, workers=min(workers, count), told=told
            )
    finally:
        tell(folder, as_json=json, brief=isinstance(sys.exception(), HarnessError))


def _clean(done: Clean) -> str:
    said = done.problem or ("not clean" if done.executed is None else "clean")
    return f"{done.flow}: {said}, {done.seconds:.0f} s"


def _in_short(row: MatrixRow) -> str:
    where = f" in {row.caught_in}" if row.caught_in else ""
    caught = f"caught by {', '.join(row.caught_by)}{where}" if row.caught_by else "nothing found"
    flows = f"{len(row.flows)} flow{'s' * (len(row.flows) != 1)}"
    return (
        f"{row.fault or 'the clean app'}: {row.complaint or caught}, {flows}, {row.seconds:.0f} s"
    )
