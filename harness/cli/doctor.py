"""`harness doctor`: what this machine has, or whether a target fits an app that runs."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.cli.options import AgentPort, ServerUrl, Verbose
from harness.doctor import Check, checks, install_browser
from harness.doctor.live import examine
from harness.errors import UsageError
from harness.gate import Launch, PageContext, opened_browser
from harness.run import RunOptions, ensure_possible, workshop_for
from harness.targets.catalogue import target_named
from harness.targets.page_stage import PageStage

OPENING_S = 10.0  # an app under the doctor's eyes is not kept waiting for


def doctor_command(  # noqa: PLR0913  one parameter an option
    *,
    install: Annotated[
        bool, typer.Option("--install-browser", help="Get a browser first if there is none.")
    ] = False,
    target: Annotated[
        str | None,
        typer.Option(help="Look at a live app instead: a target's name, or module:Class."),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(help="With --target: where the app runs already.")
    ] = None,
    server_url: ServerUrl = None,
    app_version: Annotated[
        str | None, typer.Option(help="With --target: a release other than the pinned one.")
    ] = None,
    agent_port: AgentPort = None,
    verbose: Verbose = False,
) -> None:
    """List what was found, what is missing, and what mends it.

    As it is, it looks for what this machine needs. With --target it makes a session in a live app,
    opens it, sends a prompt, moves it and back, and says of each hook and each request whether it
    is what the target says.

    Exits with 3 when something is missing that every run needs.
    """
    del verbose  # read by main()
    console = Console()
    if target is None:
        if base_url or server_url or app_version or agent_port:
            raise UsageError(
                "--base-url, --server-url, --app-version and --agent-port belong to --target"
            )
        if install:
            install_browser(console.print)
        found = checks()
    elif install:
        raise UsageError("--install-browser is about this machine: leave out --target")
    else:
        asked = RunOptions(
            target=target,
            base_url=base_url,
            server_url=server_url,
            app_version=app_version,
            agent_port=agent_port,
        )
        ensure_possible(asked)
        found = _examined(asked)
    console.print(_table(found))
    if any(check.blocks for check in found):
        raise typer.Exit(3)


def _examined(asked: RunOptions) -> tuple[Check, ...]:
    app = target_named(asked.target)
    with (
        tempfile.TemporaryDirectory(prefix="scope-harness-doctor-") as folder,
        workshop_for(asked, Path(folder)) as workshop,
        app.start(workshop) as stage,
        opened_browser(Launch()) as browser,
        PageContext(browser) as page,
    ):
        if isinstance(stage, PageStage):
            stage.opening_s = OPENING_S
        return tuple(examine(stage, workshop.wire, page))


def _table(found: Iterable[Check]) -> Table:
    table = Table("", "what", "found", "needed for", "remedy", box=None, pad_edge=False)
    for check in found:
        mark = "[green]ok[/]" if check.found else "[red]missing[/]" if check.required else "-"
        remedy = "" if check.found else check.remedy
        foreign = (Text(text) for text in (check.name, check.found or "", check.needed_for, remedy))
        table.add_row(mark, *foreign)
    return table
