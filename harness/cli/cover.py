"""`harness cover`: the model explored without a browser, and plans that cover it."""

import json as json_module
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from harness.cli.options import REPORTS, AsJson, ReportFolder, Verbose
from harness.cli.progress import Counting
from harness.cli.telling import reported
from harness.errors import UsageError
from harness.explorer import SLICES, Bounds, Interleaving, interleavings
from harness.explorer.covering import LONGEST
from harness.explorer.whole import Covering, Told
from harness.modelled import model_on_record
from harness.plans import Plan
from harness.run import new_folder
from harness.targets.reference.stage import TRAITS
from harness.values import first_problem


def cover_command(  # noqa: PLR0913  one parameter an option
    *,
    servers: Annotated[int, typer.Option(help="Servers of the bounded world.")] = 2,
    sessions: Annotated[int, typer.Option(help="Sessions on the page's own server.")] = 2,
    queue: Annotated[int, typer.Option(help="Prompts that wait at once.")] = 2,
    in_flight: Annotated[int, typer.Option(help="Requests that are kept back at once.")] = 2,
    kept: Annotated[
        int, typer.Option(help="Kinds that the network keeps back or refuses at once.")
    ] = 1,
    steps: Annotated[int, typer.Option(help="Actions after the first.")] = 5,
    pairs: Annotated[
        bool, typer.Option("--pairs", help="Plans for each two actions that can follow each other.")
    ] = False,
    interleaved: Annotated[
        bool,
        typer.Option(
            "--interleavings",
            help="Instead: every kind of request in flight, every switch, every order of answers.",
        ),
    ] = False,
    seed: Annotated[
        int, typer.Option(help="Which plans, of those as good; the same ones again.")
    ] = 0,
    longest: Annotated[int, typer.Option(help="Actions of a plan.", min=8, max=500)] = LONGEST,
    write: Annotated[
        Path | None, typer.Option(help="Folder that gets the plans, for harness gate --plan.")
    ] = None,
    report: ReportFolder = REPORTS,
    json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Explore the model within bounds: states, transitions, what every guard says, covering plans.

    Exits with 1 when an action is never allowed or taken, or a clause of a guard is dead: it never
    holds, or is never the reason for a refusal. No browser and no app is needed.
    """
    del verbose  # read by main()
    bounds = _bounds(
        servers=servers,
        sessions=sessions,
        queue=queue,
        in_flight=in_flight,
        kept=kept,
        steps=steps,
    )
    if write is not None:
        _make(write)
    folder = new_folder(report, "cover")
    if interleaved:
        _interleaved(bounds, folder, write, json=json)
        return
    covering = Covering(bounds, TRAITS, seed=seed, longest=longest, span=2 if pairs else 1)
    try:
        with (
            model_on_record(folder, TRAITS) as record,
            Counting("exploring", len(SLICES), quiet=json) as counting,
        ):
            record.begin(bounds)
            for told in covering.run():
                record.explored(told)
                record.exercised(covering.plans[-told.plans :] if told.plans else ())
                counting.done(_explored(told))
            record.end(covering)
        _keep(covering.plans, write)
    finally:
        paths, _ = reported(folder)
    if json:
        data = {**covering.as_data(), "report": str(paths.html)}
        sys.stdout.write(json_module.dumps(data, indent=2) + "\n")
    else:
        console = Console(soft_wrap=True, highlight=False)
        _tell(covering, console)
        console.print(f"report: {paths.html}", markup=False)
    raise typer.Exit(1 if covering.errors else 0)


def _explored(told: Told) -> str:
    return f"{told.slice}: {told.transitions:,} transitions, {told.actions} actions"


def _interleaved(bounds: Bounds, folder: Path, write: Path | None, *, json: bool) -> None:
    found = list(interleavings(bounds, TRAITS))
    plans = [each.plan for each in found if each.plan]
    try:
        with model_on_record(folder, TRAITS) as record:
            record.begin(bounds)
            record.exercised(plans)
        _keep(plans, write)
    finally:
        paths, _ = reported(folder)
    _tell_table(found, as_json=json)
    if not json:
        sys.stdout.write(f"report: {paths.html}\n")


def _bounds(**asked: int) -> Bounds:
    try:
        return Bounds.model_validate(asked)
    except ValidationError as error:
        name, said = first_problem(error)
        option = f"--{name.replace('_', '-')}"
        raise UsageError(
            f"{option} {asked[name]} is no bound of the model: {said.lower()}; give"
            f" another {option}, or none for {Bounds.model_fields[name].default}"
        ) from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(f"{folder} is not empty: name a new folder for the plans")
    except OSError as error:
        raise UsageError(
            f"cannot make the folder {folder}: {error.strerror}; name another one with --write"
        ) from error


def _keep(plans: Iterable[Plan], folder: Path | None) -> None:
    if folder is None:
        return
    try:
        for plan in plans:
            text = plan.model_dump_json(indent=2) + "\n"
            (folder / f"{plan.name}.json").write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"cannot write plans into {folder}: {error.strerror}; name another one with --write"
        ) from error


def _tell(covering: Covering, console: Console) -> None:
    console.print(_slices(covering.told))
    console.print(_clauses(covering))
    console.print(_in_short(covering))
    for name, count in covering.beyond.items():
        console.print(f"left out: {count:,} transitions beyond the bound of {name}")
    for reason, labels in covering.cannot.items():
        console.print(f"left out: {', '.join(labels)}: {reason}", markup=False)
    for wrong in covering.errors:
        console.print(f"✗ {wrong}", style="bold red", markup=False)


def _in_short(covering: Covering) -> str:
    bounds = ", ".join(f"{name} {value}" for name, value in covering.bounds)
    what = "actions in situations" if covering.span == 1 else "pairs of actions in situations"
    return (
        f"{len(covering.plans):,} plans of {covering.actions:,} actions take all {covering.runs:,}"
        f" {what}; seed {covering.seed}. Bounds: {bounds}."
    )


def _slices(told: Iterable[Told]) -> Table:
    columns = ("slice", "states", "transitions", "a second", "to take", "actions", "plans")
    table = Table(*columns, box=None)
    for each in told:
        pace = f"{each.transitions / each.seconds:,.0f}"
        figures = (each.states, each.transitions, each.runs, each.actions, each.plans)
        states, transitions, *packed = (f"{figure:,}" for figure in figures)
        counts = (states, transitions, pace, *packed)
        table.add_row(each.slice, *counts)
    return table


def _clauses(covering: Covering) -> Table:
    table = Table("action", "allowed", "clause", "held", "refused", box=None)
    before = ""
    for clause in covering.clauses:
        first = clause.action != before
        before = clause.action
        allowed = f"{covering.allowed[clause.action]:,}" if first else ""
        name = clause.action if first else ""
        table.add_row(name, allowed, clause.name, f"{clause.held:,}", f"{clause.refused:,}")
    return table


def _tell_table(found: list[Interleaving], *, as_json: bool) -> None:
    if as_json:
        data = [_as_data(each) for each in found]
        sys.stdout.write(json_module.dumps(data, indent=2, ensure_ascii=False) + "\n")
        return
    counts: dict[str, Counter[str]] = {}
    for each in found:
        counts.setdefault(" + ".join(each.requests), Counter())[each.switch] += each.lack is None
    switches = tuple(dict.fromkeys(each.switch for each in found))
    table = Table("in flight", *switches, box=None)
    for kind, by in counts.items():
        table.add_row(kind, *(str(by[switch] or "none") for switch in switches))
    console = Console(soft_wrap=True, highlight=False)
    console.print(table)
    lacks = Counter(each.lack for each in found if each.lack)
    console.print(f"{len(found) - lacks.total():,} interleavings; {lacks.total():,} cannot be:")
    for lack, count in lacks.most_common():
        console.print(f"{count:4}  {lack}", markup=False)


def _as_data(each: Interleaving) -> dict[str, object]:
    return {
        "requests": list(each.requests),
        "switch": each.switch,
        "order": [action.title for action in each.order],
        "plan": each.plan.name if each.plan else None,
        "lack": each.lack,
    }
