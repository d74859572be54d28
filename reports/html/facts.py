"""What the probes saw in one step, as a few figures each with a name."""

from collections.abc import Iterator

from harness.observations import Capture, Observation
from harness.values import Value
from reports.figures import counted, duration, number
from reports.story import StepStory

_LEAST_SHIFT = 0.001  # CLS; less is written as nothing


class Fact(Value):
    """A figure and its name; `warn` if it deserves a look."""

    name: str
    value: str
    warn: bool = False


def facts(step: StepStory) -> tuple[Fact, ...]:
    """The figures of one step; none if the run died in it."""
    if step.observation is None:
        return (Fact(name="end", value="the run died in this step", warn=True),)
    seen = step.observation
    return (*_settled(seen), *_measured(seen.capture), *_counted(seen.capture), *_passed(seen))


def _settled(seen: Observation) -> Iterator[Fact]:
    took = duration(seen.settled.took_ms)
    if seen.settled.quiet:
        yield Fact(name="at rest after", value=took)
    else:
        moving = ", ".join(seen.settled.moving) or "something"
        yield Fact(name="not at rest", value=f"{moving} still moving after {took}", warn=True)


def _measured(capture: Capture) -> Iterator[Fact]:
    if not capture.frames:
        return
    first, last = capture.frames[0], capture.frames[-1]
    yield Fact(name="scrollTop", value=_change(first.scroll_top, last.scroll_top, "px"))
    yield Fact(name="rows", value=_change(first.rows, last.rows, ""))
    yield Fact(name="content height", value=_change(first.scroll_height, last.scroll_height, "px"))


def _counted(capture: Capture) -> Iterator[Fact]:
    sampled = max(capture.sampled, sum(frame.repeats for frame in capture.frames))
    yield Fact(name="frames", value=f"{sampled:,}, {len(capture.frames):,} different")
    if capture.mounts:
        new = sum(mount.kind == "mount" for mount in capture.mounts)
        yield Fact(name="mounts", value=f"{new} in, {len(capture.mounts) - new} out")
    shift = sum(one.value for one in capture.shifts)
    if shift >= _LEAST_SHIFT:
        yield Fact(name="layout shift", value=f"{shift:.3f} CLS")
    if capture.long_tasks:
        longest = max(task.duration for task in capture.long_tasks)
        value = f"{counted(len(capture.long_tasks), 'long tasks')}, up to {duration(longest)}"
        yield Fact(name="main thread", value=value)
    if capture.lost:
        yield Fact(name="lost", value=counted(capture.lost, "samples"), warn=True)


def _passed(seen: Observation) -> Iterator[Fact]:
    asked = sum(not exchange.streaming for exchange in seen.exchanges)
    if asked or seen.events:
        value = f"{counted(asked, 'requests')}, {counted(len(seen.events), 'events')}"
        yield Fact(name="wire", value=value)


def _change(first: float, last: float, unit: str) -> str:
    said = number(first) if first == last else f"{number(first)} → {number(last)}"
    return f"{said} {unit}".rstrip()
