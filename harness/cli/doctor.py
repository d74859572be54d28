"""`harness doctor`: what this machine has."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from harness.cli.options import Verbose
from harness.doctor import checks, install_browser


def doctor_command(
    *,
    install: Annotated[
        bool, typer.Option("--install-browser", help="Get a browser first if there is none.")
    ] = False,
    verbose: Verbose = False,
) -> None:
    """List what was found, what is missing, and the command that mends it.

    Exits with 3 when something is missing that every run needs.
    """
    del verbose  # read by main()
    console = Console()
    if install:
        install_browser(console.print)
    found = checks()
    table = Table("", "what", "found", "needed for", "remedy", box=None, pad_edge=False)
    for check in found:
        mark = "[green]ok[/]" if check.found else "[red]missing[/]" if check.required else "-"
        remedy = "" if check.found else check.remedy
        table.add_row(mark, check.name, check.found or "", check.needed_for, remedy)
    console.print(table)
    if any(check.blocks for check in found):
        raise typer.Exit(3)
