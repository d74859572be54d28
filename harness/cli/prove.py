"""`harness prove`: the kill matrix."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from fixtures.faults import Fault, catalogue
from harness.cli.options import REPORTS, ReportFolder, Verbose, fault_asked
from harness.cli.telling import tell
from harness.errors import HarnessError
from harness.journal import MatrixRow, RunVerdict
from harness.proving import prove_on_record
from harness.run import new_folder


def prove_command(
    *,
    fault: Annotated[
        list[str] | None, typer.Option(help="Only this fault; may be given again.")
    ] = None,
    workers: Annotated[
        int, typer.Option(help="Processes side by side, each with an app and a browser.", min=1)
    ] = min(4, os.cpu_count() or 1),
    report: ReportFolder = REPORTS,
    json: Annotated[
        bool, typer.Option("--json", help="Print the matrix as JSON and nothing else.")
    ] = False,
    verbose: Verbose = False,
) -> None:
    """Try every fault on the reference app, and say which rule caught it.

    Exits with 1 when a fault survives, when only a rule catches it that it is not tied to, when it
    no longer applies, or when the clean app has a finding; with 3 when the app, the browser or
    this machine failed, and 130 when it was stopped by Ctrl-C: the rows that were done by then are
    kept and reported.
    """
    del verbose  # read by main()
    named = [fault_asked(name) for name in dict.fromkeys(fault or ())]
    faults = [each for each in named if each] or list(catalogue())
    verdict = _run(faults, new_folder(report, "prove"), workers, json=json)
    raise typer.Exit(0 if verdict == "pass" else 1)


def _run(faults: Sequence[Fault], folder: Path, workers: int, *, json: bool) -> RunVerdict:
    count = len(faults) + 1
    try:
        with _progress(json=json) as bar:
            task = bar.add_task("the clean app and every fault", total=count)

            def told(row: MatrixRow) -> None:
                bar.update(task, advance=1, description=row.fault or "the clean app")

            return prove_on_record(faults, folder, workers=min(workers, count), told=told)
    finally:
        tell(folder, as_json=json, brief=isinstance(sys.exception(), HarnessError))


def _progress(*, json: bool) -> Progress:
    console = Console(stderr=True)
    return Progress(
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
        console=console,
        transient=True,
        disable=json or not console.is_terminal,
    )
