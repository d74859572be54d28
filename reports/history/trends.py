"""What changed in a flow over the last runs: its verdict, and how long it takes."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Literal

from harness.journal import RunVerdict
from harness.values import Value
from reports.figures import counted, duration
from reports.history.gathering import History
from reports.history.points import Point, points, streak
from reports.story import FlowStory, Run

_LEAST_RUNS = 4  # of fewer durations none is usual
_TO_SIGMA = 1.4826  # the median absolute deviation times this is sigma where chance is normal
_SIGMAS = 4.0
_LEAST_SHARE, _LEAST_MS = 0.5, 250.0  # beyond what is usual: less is the machine's mood
_LEAST_CHANGES = 2  # from red to green and back; one change may be a mended app

FlagKind = Literal["failing", "flaky", "slower", "mended"]


class Flag(Value):
    """Something that deserves a look, in a few words."""

    kind: FlagKind
    text: str


class Mark(Value):
    """A flow in one run: its verdict, and how long it took in milliseconds."""

    verdict: RunVerdict
    took: float


class FlowPast(Value):
    """A flow over the last runs.

    `marks` has one for each of them and the last for this run, None where it was not performed.
    `usual` is the median of the earlier durations in milliseconds, None where there are too few.
    """

    flow: str
    title: str
    marks: tuple[Mark | None, ...]
    usual: float | None
    flags: tuple[Flag, ...]


def trends(run: Run, history: History) -> tuple[FlowPast, ...]:
    """Each flow of a run that an earlier run has too, those with a flag first."""
    told = [(flow, points(run, history, flow)) for flow in run.flows]
    runs = len(history.runs) + 1
    past = [_past(flow, seen, runs) for flow, seen in told if len(seen) > 1]
    return tuple(sorted(past, key=lambda each: not each.flags))


def _past(flow: FlowStory, seen: Sequence[Point], runs: int) -> FlowPast:
    by_number = {point.number: point for point in seen}
    marks = (by_number.get(number) for number in range(1, runs + 1))
    flags = (flag for look in _LOOKS for flag in look(seen))
    return FlowPast(
        flow=flow.flow,
        title=flow.title,
        marks=tuple(
            Mark(verdict=point.flow.verdict, took=point.took) if point else None for point in marks
        ),
        usual=_usual(_durations(seen)),
        flags=tuple(flags),
    )


def _verdict(seen: Sequence[Point]) -> Iterator[Flag]:
    """Since when it fails, or that it holds again."""
    told = [point for point in seen if point.tells]
    if len(told) < 2 or not seen[-1].tells:  # noqa: PLR2004 - there is nothing to compare with
        return
    held = [point.flow.verdict == "pass" for point in told]
    length = streak(held)
    first, before = told[-length], told[-length - 1] if length < len(told) else None
    if held[-1]:
        if before and length == 1:
            yield Flag(kind="mended", text=f"holds again; it failed in {before.name}")
    elif before is None:
        yield Flag(kind="failing", text=f"failing at least since {first.name}")
    elif length == 1:
        yield Flag(kind="failing", text=f"newly failing; it held in {before.name}")
    else:
        yield Flag(kind="failing", text=f"failing since {first.name}")


def _flaky(seen: Sequence[Point]) -> Iterator[Flag]:
    """Whether its verdict goes back and forth on one release."""
    now = seen[-1].run
    told = [
        point.flow.verdict
        for point in seen
        if point.tells and (point.run.app_version, point.run.fault) == (now.app_version, now.fault)
    ]
    changes = sum(one != other for one, other in pairwise(told))
    if changes >= _LEAST_CHANGES:
        said = f"{changes} changes of verdict in {counted(len(told), 'runs')} of {now.app_version}"
        yield Flag(kind="flaky", text=f"flaky: {said}")


def _slower(seen: Sequence[Point]) -> Iterator[Flag]:
    """Whether it took longer than chance explains, against the earlier runs."""
    earlier, took = _durations(seen), seen[-1].took
    usual = _usual(earlier)
    if usual is None or not seen[-1].tells:
        return
    spread = _TO_SIGMA * median(abs(each - usual) for each in earlier)
    if took - usual > max(_SIGMAS * spread, _LEAST_SHARE * usual, _LEAST_MS):
        text = f"slower: {duration(took)}, usually {duration(usual)}"
        yield Flag(kind="slower", text=text)


_LOOKS: tuple[Callable[[Sequence[Point]], Iterator[Flag]], ...] = (_verdict, _flaky, _slower)


def _durations(seen: Sequence[Point]) -> list[float]:
    """How long it took earlier, where it came to an end and with the same fault."""
    fault = seen[-1].run.fault
    return [point.took for point in seen[:-1] if point.tells and point.run.fault == fault]


def _usual(durations: Sequence[float]) -> float | None:
    return median(durations) if len(durations) >= _LEAST_RUNS else None
