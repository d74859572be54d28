"""`harness replay`: run a counterexample again, and say whether its finding is still there."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from harness.cli.options import (
    REPORTS,
    AgentPort,
    AppVersion,
    AsJson,
    BaseUrl,
    BrowserChannel,
    FaultFile,
    FaultId,
    Headed,
    ReportFolder,
    ServerUrl,
    SlowMs,
    Unmasked,
    Verbose,
    fault_asked,
)
from harness.cli.replay_telling import Teller
from harness.gate import Launch
from harness.replaying import (
    Asked,
    Instead,
    as_spec,
    load_counterexample,
    options_for,
    plan_of,
    replay,
)
from harness.run import run_folder


def replay_command(  # noqa: PLR0913  one parameter an option
    file: Annotated[Path, typer.Argument(help="A counterexample, as harness explore writes it.")],
    *,
    times: Annotated[int, typer.Option(help="How often to run it.", min=1, max=1000)] = 1,
    shrink: Annotated[
        bool,
        typer.Option("--shrink", help="Look for fewer actions first, and write the smaller file."),
    ] = False,
    skip_stale: Annotated[
        bool, typer.Option("--skip-stale", help="Leave out the steps that no longer apply.")
    ] = False,
    keep_trace: Annotated[
        bool,
        typer.Option("--keep-trace", help="Keep Playwright's trace, and a video where it can."),
    ] = False,
    spec: Annotated[
        bool, typer.Option("--as-spec", help="Print it as a spec for pytest; nothing is run.")
    ] = False,
    target: Annotated[
        str | None, typer.Option(help="The app; it must be the one of the file.")
    ] = None,
    app_version: AppVersion = None,
    base_url: BaseUrl = None,
    server_url: ServerUrl = None,
    agent_port: AgentPort = None,
    fault: FaultId = None,
    fault_file: FaultFile = None,
    no_fault: Annotated[
        bool, typer.Option("--no-fault", help="Leave out the fault that the file names.")
    ] = False,
    report: ReportFolder = REPORTS,
    browser_channel: BrowserChannel = None,
    headed: Headed = False,
    slow: SlowMs = 0.0,
    unmasked: Unmasked = False,
    json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Run a counterexample again, step by step and without any search.

    It runs on the app that the file names, with the fault that it names; the options say otherwise.
    A finding is the same one where rule and cause are. A step that the model or the app no longer
    has is told with the reason.

    Exits with 1 when a rule was violated, the same finding or another; 0 when the finding is gone;
    2 when the rule had nothing to judge, when nothing was met that had not been met each time
    before, or when the command was wrong; 3 when the app, the browser or
    this machine failed; and 130 when it was stopped by Ctrl-C.
    """
    del verbose  # read by main()
    case = load_counterexample(file)
    if spec:
        sys.stdout.write(as_spec(case, plan_of(case, skip_stale=skip_stale)))
        raise typer.Exit
    instead = Instead(
        target=target,
        app_version=app_version,
        base_url=base_url,
        server_url=server_url,
        agent_port=agent_port,
        fault=fault_asked(fault, fault_file),
        no_fault=no_fault,
    )
    options = options_for(case, instead, file=file, reports=report, skip_stale=skip_stale)
    options = options.model_copy(update={"unmasked": unmasked})
    folder = run_folder(options)
    launch = Launch(headed=headed, slow_ms=slow, channel=browser_channel)
    asked = Asked(case, options, launch, times, shrink, skip_stale, keep_trace)
    with Teller(folder, as_json=json, times=times, known=case.found.replays) as teller:
        outcome = replay(asked, folder, teller)
        teller.ended(outcome)
    raise typer.Exit(outcome.exit_code)
