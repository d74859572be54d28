"""`harness compare`: two runs, releases or addresses side by side."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.cli.exits import exit_told
from harness.cli.options import REPORTS, AgentPort, BisectRun, ReportFolder, Verbose
from harness.cli.progress import Progress
from harness.cli.telling import reported
from harness.errors import UsageError
from harness.gate import Launch, run_gate
from harness.run import RunOptions, ensure_possible, new_folder, run_folder
from harness.stopping import STOP
from reports import ReportError, read_run
from reports.comparison import (
    Comparison,
    Turn,
    compared,
    headline,
    show_comparison,
    write_comparison,
)
from reports.story import Run

EXIT: dict[Turn, int] = {"same": 0, "better": 0, "changed": 1, "worse": 1, "unclear": 2}


def compare_command(  # noqa: PLR0913  one parameter an option
    before: Annotated[
        str, typer.Argument(metavar="A", help="A run's folder, a release, or an address.")
    ],
    after: Annotated[str, typer.Argument(metavar="B", help="Likewise: what A is compared with.")],
    *,
    target: Annotated[
        str, typer.Option(help="The app that A and B are releases or addresses of.")
    ] = "opencode",
    flow: Annotated[
        list[str] | None, typer.Option(help="Only this flow; may be given again.")
    ] = None,
    server_url: Annotated[
        list[str] | None,
        typer.Option(
            help="The server of an address, where that has one of its own; given twice, of A and B."
        ),
    ] = None,
    agent_port: AgentPort = None,
    report: ReportFolder = REPORTS,
    json: Annotated[
        bool, typer.Option("--json", help="Print the comparison as JSON and nothing else.")
    ] = False,
    bisect_run: BisectRun = False,
    verbose: Verbose = False,
) -> None:
    """Say what got worse and what got better from A to B, rule by rule, flow by flow.

    Each is a run's folder (the one with journal.jsonl), or a release such as 1.17.19, or an address
    such as http://127.0.0.1:4096; the flows are run on what is no folder. Findings are told apart
    by their causes, not by their figures.

    Exits with 0 when nothing got worse, 1 when something did, 2 when nothing can be compared, and 3
    when an app, the browser or this machine failed.
    """
    del verbose  # read by main()
    only = tuple(dict.fromkeys(flow or ()))
    asked = RunOptions(target=target, only=only, reports=report, agent_port=agent_port)
    sides = (before, after)
    servers = _servers(sides, server_url or [])
    wanted = [_wanted(side, asked, server) for side, server in zip(sides, servers, strict=True)]
    folders = [side if isinstance(side, Path) else _performed(side, quiet=json) for side in wanted]
    old, new = (_read(folder) for folder in folders)
    comparison = (
        compared(old.limited_to(only), new.limited_to(only)) if only else compared(old, new)
    )
    page = _written(comparison, folders, report)
    if json:
        sys.stdout.write(_as_json(comparison, page))
    else:
        console = Console()
        show_comparison(comparison, console)
        console.print(f"report: {page}", soft_wrap=True, highlight=False, markup=False)
    died = "infrastructure" in {comparison.before.verdict, comparison.after.verdict}
    raise typer.Exit(exit_told(3 if died else EXIT[comparison.turn], bisect_run=bisect_run))


def _servers(sides: tuple[str, str], given: list[str]) -> list[str | None]:
    """The server of each side that is an address: the one that is given for both, or its own."""
    count = sum(map(_is_address, sides))
    if given and len(given) not in {1, count}:
        raise UsageError(
            f"--server-url is given {len(given)} times for {count} address{'es' * (count != 1)}:"
            " give it once for both, or once for each"
        )
    left = iter(given * count if len(given) == 1 else given)
    return [next(left, None) if _is_address(side) else None for side in sides]


def _is_address(side: str) -> bool:
    return "://" in side


def _wanted(side: str, asked: RunOptions, server: str | None) -> Path | RunOptions:
    """A run that is there, or the options of one that is to be made."""
    if Path(side, "journal.jsonl").is_file():
        return Path(side)
    if Path(side).is_dir():
        raise UsageError(f"{side} holds no journal.jsonl: name the folder of a run")
    if not _is_address(side) and not side[:1].isdigit():
        raise UsageError(
            f"there is no run {side}: name the folder of a run, a release such as 1.17.19, or an"
            " address such as http://127.0.0.1:4096"
        )
    there = {"base_url": side, "server_url": server}
    options = asked.model_copy(
        update=there if _is_address(side) else {"app_version": side, "agent_port": None}
    )
    ensure_possible(options)
    return options


def _performed(options: RunOptions, *, quiet: bool) -> Path:
    folder = run_folder(options)
    try:
        with Progress(Console(stderr=True), quiet=quiet) as progress:
            run_gate(options, folder, Launch(), (progress.hear, STOP.hear))
    finally:
        reported(folder)
    return folder


def _read(folder: Path) -> Run:
    try:
        run = read_run(folder)
    except ReportError as error:
        raise UsageError(str(error)) from error
    if run.is_matrix:
        raise UsageError(f"{folder} is a proof of faults: take a run of the gate")
    return run


def _written(comparison: Comparison, folders: list[Path], report: Path) -> Path:
    before, after = folders
    try:
        return write_comparison(comparison, before, after, new_folder(report, "compare"))
    except ReportError as error:
        raise UsageError(str(error)) from error


def _as_json(comparison: Comparison, page: Path) -> str:
    lines = [
        {**line.model_dump(mode="json"), "turn": line.turn, "new": line.new, "gone": line.gone}
        for line in comparison.lines
    ]
    told = {
        "turn": comparison.turn,
        "headline": headline(comparison).title,
        "lines": lines,
        "report": str(page),
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
