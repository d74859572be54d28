"""`python -m harness.exploring.bench`: tools and faults, with the figures as they are."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from fixtures.faults import fault_named
from harness.exploring.bench import bombadil, own, plain
from harness.exploring.bench.came import Came
from harness.run import RunOptions

FAULTS = (
    "timeline-keyed-by-directory",
    "window-reset-on-send",
    "draft-under-session-id",
    "queue-lost-on-reload",
    "diff-without-guard",
)
SOUND = "no fault"  # what is found there is a false alarm
TOOLS = (own.tried, plain.tried, bombadil.tried)


def measure(
    *,
    seconds: Annotated[float, typer.Option(help="For each tool and fault.", min=1.0)] = 120.0,
    seed: Annotated[int, typer.Option(help="Of the walks.")] = 1,
    fault: Annotated[list[str] | None, typer.Option(help="May be given again.")] = None,
) -> None:
    """Give each tool each fault for the same wall time, one after the other."""
    console = Console(soft_wrap=True)
    came: list[Came] = []
    for each in _tried(fault or list(FAULTS), seconds, seed):
        console.print(_words(each), highlight=False)
        came.append(each)
    console.print(_table(came))


def _tried(faults: list[str], seconds: float, seed: int) -> Iterator[Came]:
    for each in (SOUND, *faults):
        for tool in TOOLS:
            with tempfile.TemporaryDirectory(prefix="scope-harness-bench-") as folder:
                fault = None if each == SOUND else fault_named(each)
                options = RunOptions(fault=fault, reports=Path(folder))
                yield tool(options, each, seconds, seed)


def _words(came: Came) -> str:
    found = f"{came.rule} after {came.after_s:.0f} s" if came.rule else came.note or "nothing"
    return f"{came.fault}, {came.tool}: {found}"


def _table(came: list[Came]) -> Table:
    columns = ("tool", "found", "false alarms", "median s", "actions a second", "actions of each")
    table = Table(*columns, box=None)
    for tool in dict.fromkeys(each.tool for each in came):
        of_it = [each for each in came if each.tool == tool]
        tried = [each for each in of_it if each.fault != SOUND]
        found = [each for each in tried if each.rule]
        alarms = sum(each.fault == SOUND and bool(each.rule) for each in of_it)
        after = sorted(each.after_s for each in found)
        seconds = sum(each.seconds for each in of_it)
        table.add_row(
            tool,
            f"{len(found)} of {len(tried)}",
            str(alarms),
            f"{after[len(after) // 2]:.0f}" if after else "",
            f"{sum(each.actions for each in of_it) / seconds:.2f}" if seconds else "",
            ", ".join(str(each.length) for each in found),
        )
    return table


if __name__ == "__main__":
    typer.run(measure)
