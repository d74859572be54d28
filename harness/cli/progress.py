"""What a run is doing, while it does it."""

from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as Bar

from harness.journal import Entry, FlowEnded, FlowStarted, RunStarted, StepStarted


class Progress:
    """A bar over the flows with the current step; plain lines where there is no terminal.

    Args:
        console: where it is shown.
        quiet: show nothing.
    """

    def __init__(self, console: Console, *, quiet: bool) -> None:
        self._console = console
        self._quiet = quiet
        self._bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )
        self._task = self._bar.add_task("starting the app", total=None)
        self._flow = ""

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._bar.stop()

    def hear(self, entry: Entry) -> None:
        """Follow the run by its journal."""
        match entry:
            case RunStarted(flows=flows):
                self._bar.update(self._task, total=len(flows) or None)
            case FlowStarted(flow=flow):
                self._flow = flow
                self._bar.update(self._task, description=flow)
            case StepStarted(title=title):
                self._bar.update(self._task, description=f"{self._flow}: {title}")
            case FlowEnded(flow=flow, verdict=verdict):
                self._bar.advance(self._task)
                self._line(f"{flow}: {verdict}")
            case _:
                pass

    def _line(self, text: str) -> None:
        if not self._quiet and not self._console.is_terminal:
            self._console.print(text, highlight=False, markup=False, soft_wrap=True)


class Counting:
    """A bar over many things alike, such as faults; a line for each where there is no terminal.

    Args:
        what: is being done until the first is done.
        total: how many there are; 0 where nobody knows.
        quiet: show nothing.
    """

    def __init__(self, what: str, total: int, *, quiet: bool) -> None:
        self._console = Console(stderr=True)
        self._lines = not quiet and not self._console.is_terminal
        self._bar = Bar(
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
            console=self._console,
            transient=True,
            disable=quiet or self._lines,
        )
        self._task = self._bar.add_task(what, total=total or None)
        self._total = total
        self._done = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def done(self, text: str) -> None:
        """One more is done; the text says what came of it."""
        self._done += 1
        self._bar.update(self._task, advance=1, description=text)
        if self._lines:
            place = f"{self._done} of {self._total}" if self._total else str(self._done)
            line = f"{place}  {text}"
            self._console.print(line, highlight=False, markup=False, soft_wrap=True)

    def now(self, text: str) -> None:
        """What is being done, where there is a bar to say it."""
        self._bar.update(self._task, description=text)

    def stop(self) -> None:
        """Take the bar away."""
        self._bar.stop()
