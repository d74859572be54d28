"""`harness report`: the reports of a run again, or of several as one, from journals alone."""

from pathlib import Path
from typing import Annotated

import typer

from harness.cli.options import (
    AsJson,
    Verbose,
)
from harness.cli.telling import ReportsError, tell
from harness.errors import UsageError
from reports import ReportError
from reports.sharding import merge_runs


def report_command(
    runs: Annotated[
        list[Path], typer.Argument(help="A run's folder, the one with journal.jsonl; or several.")
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option(help="Where to write the run that several are merged into."),
    ] = None,
    json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Write the reports of a run again, also of one that died.

    Of several, such as the shards of a gate, one run is made: a flow that more than one has stands
    as it was last run, and a shard that is missing is named.

    Exits with 0 whatever the verdict of that run was, and with 2 when there is no journal.
    """
    del verbose  # read by main()
    try:
        tell(_merged(runs, out), as_json=json)
    except (ReportsError, ReportError) as error:
        raise UsageError(str(error)) from error


def _merged(runs: list[Path], out: Path | None) -> Path:
    """The folder of the one run to be told.

    Raises:
        ReportError: several cannot be made one.
        UsageError: there is no place to write it.
    """
    if len(runs) == 1 and out is None:
        return runs[0]
    if out is None:
        raise UsageError("several runs become one in a folder of its own: name it with --out")
    merge_runs(runs, out)
    return out
