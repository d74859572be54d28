"""`harness explore`: random walks over the model in browsers, until the time is over."""

import json as json_module
import math
import os
import shlex
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from harness import __version__
from harness.cli.exits import EXIT
from harness.cli.options import (
    REPORTS,
    AgentPort,
    AppVersion,
    AsJson,
    BaseUrl,
    FaultFile,
    FaultId,
    PlanFiles,
    ReportFolder,
    ServerUrl,
    Unmasked,
    Verbose,
    fault_asked,
    plans_asked,
    workers_asked,
)
from harness.cli.progress import Counting
from harness.cli.telling import reported
from harness.exploring import (
    LENGTH,
    SHORT,
    Campaign,
    Care,
    Episode,
    Found,
    Record,
    TriedAgain,
    found_plan,
)
from harness.replaying import Origin, counterexample_of
from harness.replays import Replays
from harness.run import RunOptions, ensure_possible, folder_name, new_folder, open_book

SECONDS = 60.0
REPLAYS = 5
SHRINK_S = 240.0


def explore_command(  # noqa: PLR0913  one parameter an option
    *,
    seconds: Annotated[
        float | None,
        typer.Option(
            help=f"For how long walks are begun; {SECONDS:.0f}, with --plan until all are done.",
            min=1.0,
            show_default=False,
        ),
    ] = None,
    plan: PlanFiles = None,
    seed: Annotated[
        int, typer.Option(help="Which walks; with one worker the same ones again.")
    ] = 0,
    length: Annotated[
        int | None,
        typer.Option(
            help=(
                f"Actions of a walk; {LENGTH}, with --first {SHORT}: what is found early in a walk "
                "is soon made small."
            ),
            min=2,
            max=60,
            show_default=False,
        ),
    ] = None,
    target: Annotated[
        str, typer.Option(help="The app: reference, opencode, pawwork or module:Class.")
    ] = "reference",
    app_version: AppVersion = None,
    base_url: BaseUrl = None,
    server_url: ServerUrl = None,
    agent_port: AgentPort = None,
    fault: FaultId = None,
    fault_file: FaultFile = None,
    first: Annotated[bool, typer.Option("--first", help="End with the first finding.")] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            help=(
                "Processes side by side, each with an app and a browser; 4 for the reference app, "
                "2 for others, with --agent-port 1."
            ),
            min=1,
            show_default=False,
        ),
    ] = None,
    shrink: Annotated[
        float,
        typer.Option(
            metavar="SECONDS",
            help=(
                "For how long fewer actions are looked for that have what is found still; "
                "harness replay --shrink goes on."
            ),
            min=0.0,
        ),
    ] = SHRINK_S,
    replays: Annotated[
        int,
        typer.Option(
            help=(
                "How often what is found is replayed on a fresh app, until it is missed once: what "
                "needs luck is called not reproducible. 0 asks for none."
            ),
            min=0,
            max=100,
        ),
    ] = REPLAYS,
    report: ReportFolder = REPORTS,
    unmasked: Unmasked = False,
    json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Let the model choose: random walks over all its actions, steered to what was taken least.

    Every walk is judged by every rule. What breaks one is tried again with fewer and fewer actions,
    and kept as a counterexample that `harness replay` runs. Then it is replayed on an app that was
    started anew, and said whether it was met each time. What was found before on this app is tried
    first; it is kept in the folder `examples` beside the runs, which may be deleted.

    Exits with 1 when a rule was violated, 2 when a walk could not be done to its end and nothing
    was found, 3 when the app, the browser or this machine failed, and 130 when it was stopped by
    Ctrl-C: what was found until then is kept and shown.
    """
    del verbose  # read by main()
    options = RunOptions(
        target=target,
        app_version=app_version,
        base_url=base_url,
        server_url=server_url,
        agent_port=agent_port,
        fault=fault_asked(fault, fault_file),
        reports=report,
        plans=plans_asked(plan or (), None),
        unmasked=unmasked,
    )
    workers = workers_asked(workers, agent_port, otherwise=_usual_workers(target))
    ensure_possible(options)
    from harness.exploring.examples import Examples  # noqa: PLC0415  not each command needs Hypothesis

    folder = new_folder(report, f"explore-{folder_name(target)}")
    counting = Counting("starting the app", 0, quiet=json)

    def heard(word: Episode | TriedAgain) -> None:
        if isinstance(word, Episode):
            counting.done(_in_short(campaign, word))
        else:
            counting.now(
                f"{word.walk}: replayed {word.replays.tried} of {word.replays.asked} times"
            )

    campaign = Campaign(
        options,
        seed=seed,
        length=length or (SHORT if first else LENGTH),
        examples=Examples(options),
        heard=heard,
        care=Care(shots=folder, replays=replays, shrink_s=shrink),
    )
    try:
        with counting, open_book(options, folder, (), doing="explore", more=_drawn(seed)) as book:
            campaign.record = Record(book)
            lasting = seconds or (math.inf if plan else SECONDS)
            campaign.run(lasting, workers=workers, first=first)
            book.end(campaign.verdict, campaign.reason)
    finally:
        _tell(campaign, [*kept(campaign, folder, options)], folder, json=json)
    raise typer.Exit(EXIT[campaign.verdict])


def _usual_workers(target: str) -> int:
    """A page waits for frames more than it works: two of the reference app keep a core busy."""
    cores = os.cpu_count() or 1
    return min(4, 2 * cores) if target == "reference" else min(2, cores)


def _drawn(seed: int) -> dict[str, str]:
    return {"seed": str(seed)}


def _in_short(campaign: Campaign, episode: Episode) -> str:
    found = len(campaign.found)
    said = f"{found} finding{'s' * (found != 1)}" if found else "nothing found"
    return f"{episode.plan.name}: {episode.verdict}, {said} in {campaign.actions} actions"


def kept(campaign: Campaign, folder: Path, options: RunOptions) -> Iterator[Path]:
    """Write the counterexample of each finding; the files, in order."""
    for number, found in enumerate(campaign.found, start=1):
        plan = found_plan(found, number)
        path = folder / f"{plan.name}.json"
        case = counterexample_of(
            found.finding,
            plan,
            options,
            app_version=campaign.app_version,
            found=_origin(campaign, found),
        )
        path.write_text(case.written(), encoding="utf-8")
        yield path


def _origin(campaign: Campaign, found: Found) -> Origin:
    return Origin(
        harness_version=__version__,
        day=datetime.now(UTC).date(),
        seed=campaign.seed,
        walk=found.walk.name,
        actions=len(found.walk.actions),
        again=found.again,
        cut_short=found.cut_short,
        replays=found.replays,
    )


def _tell(campaign: Campaign, files: list[Path], folder: Path, *, json: bool) -> None:
    paths, _ = reported(folder)
    if json:
        said = {**_as_data(campaign, files), "report": str(paths.html)}
        sys.stdout.write(json_module.dumps(said, indent=2) + "\n")
        return
    console = Console(soft_wrap=True, highlight=False)
    for found, path in zip(campaign.found, files, strict=True):
        for line in told(found, path):
            console.print(line)
    for reason, count in campaign.unfinished.most_common(3):
        console.print(f"{count} walk{'s' * (count != 1)} not done to the end: {escape(reason)}")
    console.print(escape(summary(campaign)))
    console.print(f"report: {paths.html}", markup=False)


def told(found: Found, path: Path) -> Iterator[str]:
    """A finding as lines with Rich's markup; its counterexample is at the path."""
    yield f"[bold red]✗ {found.finding.property}[/] {escape(found.finding.summary)}"
    if found.before:
        yield "  It was found before."
    if not found.again:
        yield "  It did not occur again; the plan is the whole walk."
    if found.cut_short:
        yield "  Fewer actions may do: the time to look for them was over (--shrink)."
    if found.replays:
        yield f"  {_marked(found.replays)}"
    for number, action in enumerate(found.plan.actions, start=1):
        yield f"  {number}. {escape(action.title)}"
    yield f"  harness replay {escape(shlex.quote(str(path)))}\n"


def _marked(replays: Replays) -> str:
    said = escape(str(replays))
    return said if replays.reproducible else f"[yellow]{said}[/]"


def summary(campaign: Campaign) -> str:
    """What was done, in two sentences."""
    taken = len(campaign.steering.taken) if campaign.steering else 0
    pace = campaign.actions / campaign.seconds if campaign.seconds else 0.0
    never = campaign.steering.untaken if campaign.steering else ()
    told = (
        f"{len(campaign.found) or 'No'} finding{'s' * (len(campaign.found) != 1)} in "
        f"{campaign.seconds:.0f} s: {campaign.episodes} walks, {campaign.actions} actions "
        f"({pace:.1f} a second), {taken} transitions of the model."
    )
    return f"{told} Never taken: {', '.join(never)}." if never else told


def _as_data(campaign: Campaign, files: list[Path]) -> dict[str, object]:
    return {
        "app_version": campaign.app_version,
        "seconds": round(campaign.seconds, 1),
        "walks": campaign.episodes,
        "actions": campaign.actions,
        "transitions": len(campaign.steering.taken) if campaign.steering else 0,
        "never_taken": list(campaign.steering.untaken) if campaign.steering else [],
        "unfinished": dict(campaign.unfinished),
        "found": [
            {
                **found.finding.model_dump(mode="json"),
                "plan": str(path),
                "actions": [action.title for action in found.plan.actions],
                "again": found.again,
                "cut_short": found.cut_short,
                "before": found.before,
                "replays": found.replays and _replays_as_data(found.replays),
                "after_s": round(found.after_s, 1),
            }
            for found, path in zip(campaign.found, files, strict=True)
        ],
    }


def _replays_as_data(replays: Replays) -> dict[str, object]:
    told = {"reproducible": replays.reproducible, "said": str(replays)}
    return {**replays.model_dump(mode="json"), **told}
