"""A small plot in characters: one figure over time, as wide as a terminal takes it."""

from collections.abc import Sequence

from harness.journal import Finding
from harness.observations import Frame
from reports.figures import number
from reports.story import FlowStory

_BARS = "▁▂▃▄▅▆▇█"
_WIDE = 40  # characters
_BEFORE, _AFTER = 500.0, 900.0  # ms around a finding, as in the report


def plots(flow: FlowStory, finding: Finding) -> tuple[str, ...]:
    """Rows and scroll position about a finding, a line each; nothing of what stood still."""
    frames = _about(flow, finding)
    figures = {
        "rows": [float(frame.rows) for frame in frames],
        "scroll": [frame.scroll_top for frame in frames],
    }
    times = [frame.t for frame in frames]
    return tuple(
        f"{name:6} {plot(times, told)} {_path(told)}"
        for name, told in figures.items()
        if len(set(told)) > 1
    )


def plot(times: Sequence[float], figures: Sequence[float]) -> str:
    """A character for each of some equal stretches of time, by the figure that holds in it.

    Args:
        times: when each figure came, in order; it holds until the next.
        figures: at least one.
    """
    low, span = min(figures), max(max(figures) - min(figures), 1e-9)
    stretch = max(times[-1] - times[0], 1e-9) / (_WIDE - 1)
    at, told = 0, ""
    for place in range(_WIDE):
        moment = times[0] + place * stretch
        while at + 1 < len(times) and times[at + 1] <= moment + stretch / 2:
            at += 1
        told += _BARS[round((figures[at] - low) / span * (len(_BARS) - 1))]
    return told


def _about(flow: FlowStory, finding: Finding) -> list[Frame]:
    if finding.t is None:
        return [frame for frame in flow.frames if frame.step == finding.step]
    since, until = finding.t - _BEFORE, finding.t + _AFTER
    return [frame for frame in flow.frames if since <= frame.t <= until]


def _path(figures: Sequence[float]) -> str:
    """The first and the last figure, and the least or greatest between that is neither."""
    first, last = figures[0], figures[-1]
    beyond = [each for each in (min(figures), max(figures)) if each not in {first, last}]
    return " → ".join(number(each) for each in dict.fromkeys((first, *beyond, last)))
