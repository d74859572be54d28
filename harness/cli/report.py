"""`harness report`: the reports of a run again, from its journal alone."""

from pathlib import Path
from typing import Annotated

import typer

from harness.cli.options import Verbose
from harness.cli.telling import ReportsError, tell
from harness.errors import UsageError


def report_command(
    run: Annotated[Path, typer.Argument(help="A run's folder, the one with journal.jsonl.")],
    *,
    json: Annotated[
        bool, typer.Option("--json", help="Print the result as JSON and nothing else.")
    ] = False,
    verbose: Verbose = False,
) -> None:
    """Write the HTML and JUnit reports of a run again, also of one that died.

    Exits with 0 whatever the verdict of that run was, and with 2 when there is no journal.
    """
    del verbose  # read by main()
    try:
        tell(run, as_json=json)
    except ReportsError as error:
        raise UsageError(str(error)) from error
