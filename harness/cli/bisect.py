"""`harness bisect`: the first release, or commit, that has a finding, or no longer has it."""

import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.bisecting import (
    OTHER,
    REV,
    Bisecting,
    Found,
    Look,
    Shelf,
    Start,
    Wanted,
    most_looks,
    revisions_between,
    served,
)
from harness.cli.options import (
    REPORTS,
    AgentPort,
    AsJson,
    ReportFolder,
    ServerUrl,
    Verbose,
)
from harness.cli.progress import Counting
from harness.cli.telling import reported
from harness.errors import UsageError, unknown
from harness.gate import Launch, run_gate
from harness.properties import PROPERTIES
from harness.run import RunOptions, ensure_possible, folder_name
from harness.stopping import STOP
from harness.targets.opencode.versions import releases_between
from reports import read_run
from reports.comparison import Comparison, Trail, compared, show_comparison, write_comparison

START_S = 120.0


def bisect_command(  # noqa: PLR0913  one parameter an option
    *,
    good: Annotated[str, typer.Option(help="A release, or a commit, without the finding.")],
    bad: Annotated[str, typer.Option(help="A newer one that has it; with --mended, an older one.")],
    mended: Annotated[
        bool, typer.Option("--mended", help="Find the first one that no longer has the finding.")
    ] = False,
    target: Annotated[str, typer.Option(help="The app.")] = "opencode",
    rule: Annotated[
        str | None,
        typer.Option(
            "--property", help="The rule that is broken; else what --bad has and --good has not."
        ),
    ] = None,
    cause: Annotated[
        str | None, typer.Option(help="With --property: this cause of it, as reports tell it.")
    ] = None,
    flow: Annotated[
        list[str] | None, typer.Option(help="Only this flow; may be given again.")
    ] = None,
    run: Annotated[
        str | None,
        typer.Option(help="For an app in git: the command that starts it, with {rev} in it."),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(help="With --run: where the app answers once it is up.")
    ] = None,
    server_url: ServerUrl = None,
    agent_port: AgentPort = None,
    repository: Annotated[Path, typer.Option(help="With --run: the app's repository.")] = Path(),
    wait: Annotated[
        float, typer.Option(help="With --run: seconds until the app must answer.", min=1.0)
    ] = START_S,
    report: ReportFolder = REPORTS,
    json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Find the first release, or the first commit, that has a finding, in the fewest runs.

    With --mended it is the first that no longer has it, and --good is newer than --bad.

    The releases of opencode are those of npm between the two. With --run it searches the
    commits of a repository: the command is started for each, such as
    'git checkout --quiet {rev} && npm ci && npm start', until the app answers at --base-url; it
    ends by itself, with 125, where a commit cannot be tested.

    Runs are kept in a folder of --report, so a search that was stopped goes on where it was. The
    one found and the one before it stand side by side in comparison.html.

    Exits with 0 when the first one is found, 2 when some before it could not tell or the
    command was wrong, and 3 when this machine failed.
    """
    del verbose  # read by main()
    only = tuple(dict.fromkeys(flow or ()))
    wanted = _wanted(rule, cause, only)
    options = RunOptions(
        target=target,
        only=only,
        base_url=base_url,
        server_url=server_url,
        agent_port=agent_port,
    )
    start = Start(run, repository, wait) if run is not None else None
    candidates = _candidates(options, start, (bad, good) if mended else (good, bad))
    shelf = Shelf(report / _shelf_name(options, start))
    with Counting("the newest one", most_looks(len(candidates)), quiet=json) as counting:
        searching = Bisecting(
            shelf,
            lambda name, flows, folder: _perform(options, start, name, flows, folder),
            lambda look: counting.done(_in_short(look)),
            only,
        )
        found = searching.run(candidates, wanted, "good" if mended else "bad")
    comparison, page = _compared(shelf, searching, found)
    if json:
        sys.stdout.write(_as_json(found, searching, page))
    else:
        _print(found, searching, comparison, page)
    raise typer.Exit(0 if found.certain else 2)


def _shelf_name(options: RunOptions, start: Start | None) -> str:
    """What was seen of one app says nothing of another that is started otherwise."""
    name = f"bisect-{folder_name(options.target)}"
    return f"{name}-{start.mark(options.base_url or '')}" if start else name


def _wanted(rule: str | None, cause: str | None, only: tuple[str, ...]) -> Wanted | None:
    if rule is None:
        if cause is not None:
            raise UsageError("--cause says which finding of a rule: name the rule with --property")
        return None
    known = [each.id for each in PROPERTIES]
    if rule not in known:
        raise UsageError(unknown("rule", rule, known))
    return Wanted(property=rule, flow=only[0] if len(only) == 1 else None, cause=cause)


def _candidates(options: RunOptions, start: Start | None, ends: tuple[str, str]) -> tuple[str, ...]:
    ensure_possible(options)
    if start is None:
        if options.target != "opencode" or options.base_url:
            raise UsageError(
                "only releases of opencode are known; for an app in git give the command that"
                " starts it with --run, and its address with --base-url"
            )
        return releases_between(*ends)
    if options.base_url is None:
        raise UsageError("--run needs --base-url: where the app answers once it is up")
    if REV not in start.command:
        raise UsageError(f"--run has no {REV} in it, so it would start one and the same app")
    return revisions_between(*ends, start.folder)


def _perform(
    options: RunOptions, start: Start | None, name: str, flows: tuple[str, ...], folder: Path
) -> None:
    asked = options.model_copy(update={"only": flows})
    if start is None:
        asked = asked.model_copy(update={"app_version": name})
    with _started(options, start, name, folder):
        try:
            run_gate(asked, folder, Launch(), (STOP.hear,))
        finally:
            reported(folder)


@contextmanager
def _started(options: RunOptions, start: Start | None, name: str, folder: Path) -> Generator[None]:
    if start is None or options.base_url is None:
        yield
        return
    log = folder / "command.log"
    with served(start, name, options.base_url, log):
        yield


def _compared(shelf: Shelf, searching: Bisecting, found: Found) -> tuple[Comparison, Path]:
    folders = [shelf.place(name) for name in (found.last, found.first)]
    old, new = (read_run(folder) for folder in folders)
    common = {flow.flow for flow in old.flows} & {flow.flow for flow in new.flows}
    comparison = compared(old.limited_to(common), new.limited_to(common))
    trail = Trail(
        title=f"Asked in turn for {searching.wanted}",
        answers=tuple((look.candidate, _said(look)) for look in searching.looks),
        untold=found.untold,
    )
    page = write_comparison(comparison, folders[0], folders[1], shelf.folder, trail)
    return comparison, page


def _said(look: Look) -> str:
    return f"{look.answer}: {look.why}" if look.why else look.answer


def _in_short(look: Look) -> str:
    return f"{look.candidate}: {_said(look)}{' (its run was there)' if look.kept else ''}"


def _print(found: Found, searching: Bisecting, comparison: Comparison, page: Path) -> None:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    show_comparison(comparison, console)
    console.print(f"\n{searching.wanted}")
    console.print(f"last {OTHER[found.sought]}: {found.last}")
    console.print(f"first {found.sought}: {found.first}", style="bold")
    if found.untold:
        console.print(f"could not tell, so it may be one of these: {', '.join(found.untold)}")
    console.print(f"report: {page}")


def _as_json(found: Found, searching: Bisecting, page: Path) -> str:
    told = {
        f"last_{OTHER[found.sought]}": found.last,
        f"first_{found.sought}": found.first,
        "untold": found.untold,
        "answers": found.answers,
        "certain": found.certain,
        "finding": searching.wanted.model_dump(mode="json") if searching.wanted else None,
        "looks": [look.model_dump(mode="json") for look in searching.looks],
        "report": str(page),
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
