"""`harness app`: the reference app with a seeded session, to look at."""

import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fixtures.agent import Agent
from fixtures.agent.demo import demo
from harness.cli.options import Verbose
from harness.flows import round_trip
from harness.plans import Plan
from harness.targets.reference import TRAITS, Reference
from harness.workshop import open_workshop


def app_command(
    *,
    messages: Annotated[int, typer.Option(help="How long the session is.", min=1)] = 60,
    verbose: Verbose = False,
) -> None:
    """Serve the reference app with a long session until Ctrl-C.

    Its agent answers by itself; ask it to enter or exit the worktree.
    """
    del verbose  # read by main()
    console = Console()
    plan: Plan = round_trip(TRAITS, reader="bottom", address=False)
    with (
        tempfile.TemporaryDirectory(prefix="scope-harness-") as logs,
        open_workshop(logs=Path(logs), agent=Agent(demo)) as workshop,
        Reference().start(workshop) as stage,
    ):
        names = stage.prepare(
            plan.model_copy(update={"seeded": messages, "title": "A long session"})
        )
        url = stage.address(names.sessions["long"], names.directories["root"])
        console.print(f"{url}\n[dim]Ctrl-C ends it[/]", soft_wrap=True, highlight=False)
        with suppress(KeyboardInterrupt, SystemExit):  # how `main` tells of signals
            threading.Event().wait()
