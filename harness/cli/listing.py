"""`harness flows` and `harness faults`: what there is."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from fixtures.faults import catalogue, source_of
from harness.cli.options import Verbose, fault_asked
from harness.errors import UsageError, unknown
from harness.flows import flows, named
from harness.targets.reference import TRAITS


def flows_command(
    name: Annotated[
        str | None, typer.Argument(help="Print this flow as a plan, for --plan.")
    ] = None,
    *,
    verbose: Verbose = False,
) -> None:
    """List the flows of the gate, or print one as JSON: the form that `gate --plan` takes."""
    del verbose  # read by main()
    if name is None:
        table = Table(box=None, pad_edge=False)
        table.add_column("flow", no_wrap=True)
        table.add_column("what it does")
        for plan in flows(TRAITS):
            table.add_row(plan.name, plan.title)
        Console().print(table)
        return
    known = named(TRAITS)
    if name not in known:
        raise UsageError(unknown("flow", name, known))
    sys.stdout.write(known[name].model_dump_json(indent=2) + "\n")


def faults_command(
    name: Annotated[
        str | None, typer.Argument(help="Print this fault's file: the form of --fault-file.")
    ] = None,
    *,
    verbose: Verbose = False,
) -> None:
    """List the faults: small changes to the reference app, and the rule that must catch each.

    A fault is a TOML file with a title, the property that must catch it, and edits: the file in
    the web app, the text to find there, which must occur exactly once, and its replacement.
    """
    del verbose  # read by main()
    if name is not None:
        fault = fault_asked(name)
        sys.stdout.write(source_of(fault).read_text(encoding="utf-8") if fault else "")
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("fault", no_wrap=True)
    table.add_column("must be caught by", no_wrap=True)
    table.add_column("what goes wrong")
    for fault in catalogue():
        table.add_row(fault.id, fault.property, fault.title)
    Console().print(table)
