"""`harness prove`: the kill matrix, or with `--generated` the mutants."""

import os
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from fixtures.faults import catalogue
from harness.cli.options import Lot, Verbose, fault_asked
from harness.cli.progress import counting
from harness.errors import SetupError, UsageError
from harness.proving import Matrix, Row, prove


def prove_command(  # noqa: PLR0913  one parameter an option
    *,
    fault: Annotated[
        list[str] | None, typer.Option(help="Only this fault; may be given again.")
    ] = None,
    workers: Annotated[
        int, typer.Option(help="Processes side by side, each with an app and a browser.", min=1)
    ] = min(4, os.cpu_count() or 1),
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
    no longer applies, or when the clean app has a finding.

    With --generated it tries mutants of the modules that decide about scopes, says which survive,
    and exits with 1 when fewer than 90 % of those not known to be equivalent are detected.
    """
    del verbose  # read by main()
    lot = Lot(tuple(module or ()), sample, seed)
    if generated:
        raise typer.Exit(_generated(lot, fault, workers, json=json))
    if lot != Lot():
        raise UsageError("--module, --sample and --seed choose among mutants: add --generated")
    named = [fault_asked(name) for name in fault or ()]
    faults = [each for each in named if each] or list(catalogue())
    console = Console()
    with counting(quiet=json) as bar:
        task = bar.add_task("the clean app and every fault", total=len(faults) + 1)
        matrix = prove(
            faults,
            workers=min(workers, len(faults) + 1),
            told=lambda row: bar.update(task, advance=1, description=row.fault),
        )
    if json:
        sys.stdout.write(matrix.model_dump_json(indent=2) + "\n")
    else:
        _show(matrix, console)
    raise typer.Exit(1 if matrix.complaints else 0)


def _generated(lot: Lot, fault: list[str] | None, workers: int, *, json: bool) -> int:
    if fault:
        raise UsageError("--fault and --generated exclude each other: give one of them")
    try:
        from harness.cli.generated import prove_generated  # noqa: PLC0415  its parser is an extra
    except ModuleNotFoundError as error:
        raise SetupError(
            f"{error.name} is not installed: python -m pip install 'scope-harness[mutants]'"
        ) from error
    return prove_generated(lot, workers=workers, json=json)


def _show(matrix: Matrix, console: Console) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("fault", no_wrap=True)
    for name in ("caught by", "also by", "seconds"):
        table.add_column(name)
    for row in matrix.rows:
        table.add_row(row.fault, _owner(row), _others(row), f"{row.seconds:.1f}")
    console.print(table)
    for complaint in matrix.complaints:
        console.print(complaint, style="red", markup=False, highlight=False, soft_wrap=True)
    caught = sum(bool(row.tied_to) and row.complaint is None for row in matrix.rows)
    console.print(
        f"{caught} of {len(matrix.rows) - 1} faults caught by their rule, in "
        f"{sum(row.seconds for row in matrix.rows):.0f} s of work"
    )


def _owner(row: Row) -> str:
    if row.complaint:
        return "[red]not as it must be[/]"
    return f"[green]{row.tied_to or 'nothing: clean'}[/]"


def _others(row: Row) -> str:
    return ", ".join(name for name in row.caught_by if name != row.tied_to)
