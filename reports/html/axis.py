"""Time to the right, figures upwards: where things stand in a drawing."""

from collections.abc import Iterable, Iterator

from harness.values import Value

WIDE, TALL = 1000.0, 100.0  # the drawing's own units; the browser stretches them
_INSET = 6.0
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000)
_MOST_TICKS = 8

Point = tuple[float, float | None]  # epoch ms, and a figure or None where there is none


class Axis(Value):
    """The span of time that a drawing shows, epoch ms."""

    start: float
    end: float

    def x(self, t: float) -> float:
        """Where a moment stands, 0 to 100 percent of the width."""
        span = max(self.end - self.start, 1.0)
        return round(min(max((t - self.start) / span, 0.0), 1.0) * 100, 3)

    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Round moments after the start: percent and label."""
        span = max(self.end - self.start, 1.0)
        step = next((step for step in _STEPS if span / step <= _MOST_TICKS), 300_000)
        return tuple(
            (self.x(self.start + ms), f"{ms / 1000:g} s")
            for ms in range(0, int(span * 0.97) + 1, step)
        )


class Scale(Value):
    """The span of figures that a lane shows."""

    low: float
    high: float

    @classmethod
    def of(cls, figures: Iterable[float]) -> "Scale":
        """From the least to the greatest of some figures; 0 to 0 without any."""
        known = tuple(figures)
        return cls(low=min(known, default=0.0), high=max(known, default=0.0))

    def y(self, figure: float) -> float:
        """Where a figure stands, 0 at the top; a lane of one figure runs through the middle."""
        if self.high <= self.low:
            return TALL / 2
        part = (figure - self.low) / (self.high - self.low)
        return round(TALL - _INSET - part * (TALL - 2 * _INSET), 2)


def trace(points: Iterable[Point], axis: Axis, scale: Scale) -> str:
    """An SVG path in which each figure holds until the next one is known.

    A frame stands for the time until the next frame that differs, so the line has steps and no
    slopes, and a gap where there is no figure.
    """
    return "".join(_strokes(points, axis, scale))


def _strokes(points: Iterable[Point], axis: Axis, scale: Scale) -> Iterator[str]:
    pen: float | None = None
    for t, figure in points:
        x = round(axis.x(t) * WIDE / 100, 2)
        y = None if figure is None else scale.y(figure)
        if y == pen:
            continue
        if y is None:
            yield f"H{x:g}"
        else:
            yield f"M{x:g} {y:g}" if pen is None else f"H{x:g}V{y:g}"
        pen = y
    if pen is not None:
        yield f"H{WIDE:g}"
