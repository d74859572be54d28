"""Figures of frames in words: what a person reads in a finding."""

from harness.observations import Frame, ScrollWrite
from harness.trace import Step

ANCHOR_TOLERANCE = 1.0  # px: the first visible message keeps its place
BOTTOM_TOLERANCE = 4.0  # px: a reader at the bottom stays there
NEAR_TOP = 50.0  # px
HAIR = 1e-3  # px: the recorder rounds to this; a figure on the limit is within it


def pixels(length: float) -> str:
    """A length for a person: `3,141 px`."""
    return f"{abs(length):,.0f} px" if abs(length) >= 10 else f"{abs(length):.1f} px"  # noqa: PLR2004


def rows_and_top(before: Frame, after: Frame) -> str:
    """How the rows and the scroll position differ: `rows 82 → 10, scrollTop 240 → 4,239`."""
    return (
        f"rows {before.rows} → {after.rows}, "
        f"scrollTop {before.scroll_top:,.0f} → {after.scroll_top:,.0f}"
    )


def at_bottom(frame: Frame) -> bool:
    """Whether the viewport's lower edge is within 4 px of the end of the content."""
    return frame.from_bottom <= BOTTOM_TOLERANCE + HAIR


def anchor_moved(before: Frame, frame: Frame) -> str | None:
    """How far the message being read moved, in words, or None when it kept its place within 1 px.

    A message whose border lies on the viewport's edge may give way to its neighbour by less than
    that: where nothing else changed, the scroll position says how far.
    """
    now = frame.anchor
    if now is None or before.anchor is None:
        return "the message being read was gone"
    travelled = frame.scroll_top - before.scroll_top
    if now.key == before.anchor.key:
        moved = now.offset - before.anchor.offset
        where = f"the message being read moved by {pixels(moved)}"
        return None if abs(moved) <= ANCHOR_TOLERANCE + HAIR else where
    same = (frame.rows, frame.scroll_height) == (before.rows, before.scroll_height)
    if same and abs(travelled) <= ANCHOR_TOLERANCE + HAIR:
        return None
    by = f", the scroll position {pixels(travelled)} away" if abs(travelled) >= 1 else ""
    return f"message {now.key} stood in the place of {before.anchor.key}{by}"


def writers(step: Step, t: float, window_ms: float = 100.0) -> tuple[str, ...]:
    """Who wrote the scroll position shortly before a frame, as evidence lines."""
    writes = step.observation.capture.scroll_writes
    near = [write for write in writes if t - window_ms <= write.t <= t + 1]
    return tuple(_written(write) for write in near[-3:])


def _written(write: ScrollWrite) -> str:
    to = "?" if write.value is None else f"{write.value:,.0f}"
    by = write.stack[0] if write.stack else "unknown code"
    return f"{write.api} {write.before:,.0f} → {to} by {by}"
