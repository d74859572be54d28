"""`make bench`: what a gate, the probes and the model cost; figures and ratios of one run."""

import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from harness.explorer import SLICES, Bounds, explore
from harness.explorer.outcomes import Outcomes
from harness.gate import Launch, PageContext, opened_browser, run_gate
from harness.journal import Entry, FlowEnded, FlowStarted
from harness.probe.recorder_cost import measure_recorder
from harness.probe.wire.bench import measure
from harness.run import RunOptions, run_folder
from harness.targets.reference import TRAITS

MB = 1024 * 1024


class Figure(NamedTuple):
    """One measurement beside what it should stay under; 0 where nothing is asked of it."""

    what: str
    value: float
    limit: float
    unit: str


def gate_figures(folder: Path) -> list[Figure]:
    """Run the reference gate and time it: whole, and each flow from its page to its verdict."""
    starts: dict[str, float] = {}
    flows: dict[str, float] = {}

    def hear(entry: Entry) -> None:
        if isinstance(entry, FlowStarted):
            starts[entry.flow] = entry.t
        elif isinstance(entry, FlowEnded):
            flows[entry.flow] = (entry.t - starts[entry.flow]) / 1000

    options = RunOptions(reports=folder)
    began = time.monotonic()
    run_gate(options, run_folder(options), Launch(), (hear,))
    whole = time.monotonic() - began
    each = [Figure(f"flow {name}", took, _limit(name), "s") for name, took in flows.items()]
    return [Figure("reference gate", whole, 60.0, "s"), *each]


def _limit(flow: str) -> float:
    """The main job has to be quick; the races are as long as their story."""
    return 2.0 if flow.startswith("round-trip") else 0.0


def memory_figure() -> Figure:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    in_bytes = peak if sys.platform == "darwin" else peak * 1024
    return Figure("harness process, peak", in_bytes / MB, 250.0, "MB")


def recorder_figures() -> list[Figure]:
    """The recorder's cost in the page at 100 rows."""
    with opened_browser(Launch()) as browser:
        cost = measure_recorder(browser)
    return [
        Figure("recorder, a frame at 100 rows", cost.ms_per_frame, 0.5, "ms"),
        Figure("recorder, page heap", cost.heap_bytes / MB, 8.0, "MB"),
    ]


def model_figures() -> list[Figure]:
    """What the exploration of the bounded model takes, at first and once its rules are known."""
    bounds = Bounds()
    known = Outcomes(bounds, TRAITS)
    return [
        Figure(f"model, a thousand transitions, {when}", _explored_ms(known, bounds), 0.0, "ms")
        for when in ("at first", "again")
    ]


def _explored_ms(known: Outcomes, bounds: Bounds) -> float:
    began = time.process_time()
    found = [explore(each, bounds, TRAITS, known=known) for each in SLICES]
    took = time.process_time() - began
    return 1000 * took / (sum(each.transitions for each in found) / 1000)


def page_figure() -> Figure:
    """What an empty page costs here: the yardstick for the flows."""
    with opened_browser(Launch()) as browser:
        took: list[float] = []
        for _ in range(3):
            began = time.monotonic()
            with PageContext(browser) as page:
                page.goto("data:text/html,<p>nothing</p>")
            took.append(time.monotonic() - began)
    return Figure("yardstick: an empty page in its own context", min(took), 0.0, "s")


def main() -> None:
    """Measure everything and print it."""
    console = Console()
    with tempfile.TemporaryDirectory(prefix="scope-harness-bench-") as folder:
        gate = gate_figures(Path(folder))
    memory = memory_figure()
    yardstick = page_figure()
    wire = measure()
    figures = [
        *gate,
        memory,
        *recorder_figures(),
        *model_figures(),
        Figure("wire, added to a request at the median", wire.added_ms, 2.0, "ms"),
    ]
    console.print(_table(figures, yardstick))
    console.print(
        f"wire / direct: {wire.ratio:.1f} times ({wire.wired_ms:.2f} / {wire.direct_ms:.2f} ms, "
        f"{wire.requests} requests each)"
    )


def _table(figures: list[Figure], yardstick: Figure) -> Table:
    table = Table("what", "measured", "limit", "of the limit", "in empty pages", box=None)
    for figure in figures:
        pages = f"{figure.value / yardstick.value:.1f} times" if figure.unit == "s" else ""
        table.add_row(
            figure.what,
            f"{figure.value:.2f} {figure.unit}",
            f"{figure.limit:g} {figure.unit}" if figure.limit else "",
            f"{figure.value / figure.limit:.0%}" if figure.limit else "",
            pages,
        )
    table.add_row(yardstick.what, f"{yardstick.value:.2f} s", "", "", "1.0 times")
    return table


if __name__ == "__main__":
    main()
