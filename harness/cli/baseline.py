"""`harness baseline`: the upkeep of the file of accepted findings."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.baseline import (
    Baseline,
    Terms,
    Update,
    load_baseline,
    today,
    updated,
    write_baseline,
)
from harness.cli.options import Verbose
from harness.errors import UsageError
from harness.journal import Acceptance, Entry, RunStarted
from reports import ReportError, read_journal
from reports.figures import counted

DAYS = 90  # long enough to mend most things, short enough to be asked again

baseline = typer.Typer(
    name="baseline",
    help="Accept what an app is known to do wrong: the file of gate --baseline.",
    no_args_is_help=True,
)


@baseline.command("update")
def update_command(
    runs: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUN...",
            help="A run's folder, the one with journal.jsonl; several count as one.",
        ),
    ],
    *,
    file: Annotated[
        Path, typer.Option("--baseline", help="The file to write, or to bring up to date.")
    ],
    reason: Annotated[
        str | None, typer.Option(help="Why the findings that are new to it are accepted.")
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="YYYY-MM-DD",
            help=f"The last day on which they are, in UTC; else in {DAYS} days.",
        ),
    ] = None,
    verbose: Verbose = False,
) -> None:
    """Accept what a run found, and drop what it would have found and did not.

    Reasons and days of what still occurs are kept, and what the run did not exercise stays as it
    is. Where the last day is past, it is accepted until another one, and --reason may be a new one.
    """
    del verbose  # read by main()
    terms = Terms(reason=_said(reason), until=_last_day(until), day=today())
    target, entries = _read(runs)
    update = updated(_before(file, target), entries, terms)
    write_baseline(file, update.baseline)
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for line in _told(update):
        console.print(line)
    console.print(f"baseline: {file}")


def _said(reason: str | None) -> str | None:
    if reason is not None and not reason.strip():
        raise UsageError("--reason is empty: say why the findings are accepted")
    return reason


def _last_day(until: datetime | None) -> date:
    if until is None:
        return today() + timedelta(days=DAYS)
    if until.date() < today():
        raise UsageError(f"--until {until.date()} is over: name today or a later day")
    return until.date()


def _before(file: Path, target: str) -> Baseline:
    if not file.exists():
        return Baseline(target=target)
    held = load_baseline(file)
    if held.target != target:
        raise UsageError(
            f"the baseline {file} is for the target {held.target}, and the run was of {target}:"
            " name another file with --baseline"
        )
    return held


def _read(runs: Sequence[Path]) -> tuple[str, list[Entry]]:
    """The target of the runs, and all that is in their journals."""
    entries: list[Entry] = []
    targets: dict[str, Path] = {}
    for run in runs:
        own = _entries(run)
        targets.setdefault(_target(run, own), run)
        entries += own
    if len(targets) > 1:
        said = " and ".join(f"{run} of {target}" for target, run in targets.items())
        raise UsageError(f"the runs are not of one target, {said}: a baseline is for one")
    return next(iter(targets)), entries


def _entries(run: Path) -> tuple[Entry, ...]:
    try:
        reading = read_journal(run)
    except ReportError as error:
        raise UsageError(str(error)) from error
    if reading.damage:
        raise UsageError(f"{run} cannot be relied upon: {reading.damage[0]}")
    return reading.entries


def _target(run: Path, entries: Sequence[Entry]) -> str:
    started = next((entry for entry in entries if isinstance(entry, RunStarted)), None)
    if started is None:
        raise UsageError(f"the journal of {run} has no beginning: take another run")
    if started.faults:
        raise UsageError(f"{run} is a proof of faults: take a run of the gate")
    return started.target


def _told(update: Update) -> Iterator[str]:
    sides = {
        "accepted": update.added,
        "accepted again": update.renewed,
        "mended, no longer accepted": update.mended,
    }
    for did, those in sides.items():
        yield from (f"{did}: {_named(each)}" for each in those)
    accepted = counted(len(update.baseline.accepted), "causes")
    yield f"{accepted} accepted, {len(update.kept)} of them as before"


def _named(each: Acceptance) -> str:
    return f"{each.property} in {each.flow}: {each.cause} (until {each.until})"
