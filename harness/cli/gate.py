"""`harness gate`: run the flows, write the reports, exit with the verdict."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.cli.exits import EXIT, exit_told
from harness.cli.options import (
    REPORTS,
    AgentPort,
    AppVersion,
    AsJson,
    BaseUrl,
    BisectRun,
    BrowserChannel,
    FaultFile,
    FaultId,
    Headed,
    PlanFiles,
    ReportFolder,
    ServerUrl,
    SlowMs,
    Unmasked,
    Verbose,
    fault_asked,
    folder_named,
    plans_asked,
)
from harness.cli.progress import Progress
from harness.cli.telling import tell
from harness.errors import HarnessError
from harness.gate import Launch, run_gate
from harness.journal import RunVerdict
from harness.run import RunOptions, ensure_possible, run_folder
from harness.stopping import STOP


def gate_command(  # noqa: PLR0913  one parameter an option
    *,
    target: Annotated[
        str, typer.Option(help="The app: reference, opencode, pawwork or module:Class.")
    ] = "reference",
    flow: Annotated[
        list[str] | None,
        typer.Option(help="Only this flow; may be given again. See: harness flows."),
    ] = None,
    plan: PlanFiles = None,
    fault: FaultId = None,
    fault_file: FaultFile = None,
    app_version: AppVersion = None,
    base_url: BaseUrl = None,
    server_url: ServerUrl = None,
    agent_port: AgentPort = None,
    baseline: Annotated[
        Path | None,
        typer.Option(help="Accept the findings in this file. See: harness baseline update --help."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail, too, where an accepted finding is mended.")
    ] = False,
    report: ReportFolder = REPORTS,
    workdir: Annotated[
        Path | None,
        typer.Option(
            help="Where repositories and worktrees are made for the run.",
            parser=folder_named,
            metavar="PATH",
        ),
    ] = None,
    browser_channel: BrowserChannel = None,
    workers: Annotated[
        int | None,
        typer.Option(
            help="Processes that share the flows, each with an app and a browser;"
            " 2 for the reference app, else 1.",
            min=1,
            show_default=False,
        ),
    ] = None,
    headed: Headed = False,
    slow: SlowMs = 0.0,
    unmasked: Unmasked = False,
    json: AsJson = False,
    bisect_run: BisectRun = False,
    verbose: Verbose = False,
) -> None:
    """Run the flows on an app and say whether everything held.

    Exits with 0 when every rule held, 1 when one was violated, 2 when there was no evidence or
    the command was wrong, 3 when the app, the browser or this machine failed, and 130 when it was
    stopped by Ctrl-C; what was written until then is kept and reported. What is accepted in a
    baseline counts as held. With --bisect-run git skips a revision of which nothing can be told,
    and ends its search where the command is wrong or this machine lacks something.
    """
    del verbose  # read by main()
    options = RunOptions(
        target=target,
        app_version=app_version,
        base_url=base_url,
        server_url=server_url,
        fault=fault_asked(fault, fault_file),
        agent_port=agent_port,
        reports=report,
        workdir=workdir,
        only=tuple(flow or ()),
        plans=plans_asked(plan or (), flow),
        baseline=baseline,
        strict=strict,
        unmasked=unmasked,
    )
    ensure_possible(options)
    launch = Launch(headed=headed, slow_ms=slow, channel=browser_channel)
    sharing = worth_sharing(options) and not headed and not slow
    workers = workers or (min(2, os.cpu_count() or 1) if sharing else 1)
    verdict = _run(options, launch, workers, json=json)
    raise typer.Exit(exit_told(EXIT[verdict], bisect_run=bisect_run))


def worth_sharing(options: RunOptions) -> bool:
    """Whether the flows are worth the start of another app and browser."""
    single = len(options.plans) == 1 or len(options.only) == 1
    return options.target == "reference" and not single


def _run(options: RunOptions, launch: Launch, workers: int, *, json: bool) -> RunVerdict:
    folder = run_folder(options)
    try:
        with Progress(Console(stderr=True), quiet=json) as progress:
            return run_gate(options, folder, launch, (progress.hear, STOP.hear), workers=workers)
    finally:
        tell(folder, as_json=json, brief=isinstance(sys.exception(), HarnessError))
