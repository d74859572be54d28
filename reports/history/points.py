"""A flow in each of the last runs, the run that is told being the last."""

from collections.abc import Sequence

from harness.journal import RunStarted, RunVerdict
from harness.values import Value
from reports.figures import moment
from reports.history.gathering import History
from reports.story import FlowStory, Run

_TELLING: tuple[RunVerdict, ...] = ("pass", "violated")


class Point(Value):
    """A flow in one run; `number` counts the runs from 1, the oldest."""

    number: int
    run: RunStarted
    flow: FlowStory

    @property
    def tells(self) -> bool:
        """Whether it came to a verdict on the app."""
        return self.flow.verdict in _TELLING

    @property
    def took(self) -> float:
        """How long it took, in milliseconds."""
        return self.flow.ended - self.flow.started

    @property
    def name(self) -> str:
        """Which run it is, in words: `run 4 (23 Nov 2026, 13:04:09 UTC, 0.1.0)`."""
        fault = f" with {self.run.fault}" if self.run.fault else ""
        return f"run {self.number} ({moment(self.run.t)}, {self.run.app_version}{fault})"


def points(run: Run, history: History, flow: FlowStory) -> tuple[Point, ...]:
    """A flow of a run in each run that has it, the oldest first, this one last."""
    earlier = [
        Point(number=number, run=past.run.started, flow=known)
        for number, past in enumerate(history.runs, start=1)
        if past.run.started and (known := past.flow(flow.flow))
    ]
    if run.started is None:
        return ()
    return (*earlier, Point(number=len(history.runs) + 1, run=run.started, flow=flow))


def streak(held: Sequence[bool]) -> int:
    """How many at the end are alike to the last."""
    length = 0
    for one in reversed(held):
        if one != held[-1]:
            break
        length += 1
    return length
