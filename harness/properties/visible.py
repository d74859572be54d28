"""Which messages of the server's record the page must show, and which rows it shows."""

from collections.abc import Iterator

from pydantic import JsonValue

from harness.observations import Frame, HeldMessage, SessionRecord
from harness.properties.figures import at_bottom
from harness.trace import Step, Trace
from harness.traits import Traits
from harness.world import World


def visible(step: Step, record: SessionRecord) -> tuple[HeldMessage, ...]:
    """Those before the prompt that the person took back, as the model has it; else all.

    The page hides and shows before the server knows, so it is the model that is asked.
    """
    return visible_in(step.after, record)


def visible_in(world: World, record: SessionRecord) -> tuple[HeldMessage, ...]:
    """Those that a world's session on screen shows of its record."""
    session = world.on_screen
    if session is None or session.taken_back is None:
        return record.messages
    text = session.taken_back.strip()
    found = (
        place
        for place, message in enumerate(record.messages)
        if message.role == "user" and message.text.strip() == text
    )
    return record.messages[: next(found, None)]


def has_row(message: HeldMessage, traits: Traits) -> bool:
    """Whether an app shows a message at all."""
    return message.role in traits.roles_with_rows and (traits.bare_has_row or not message.bare)


def reads_latest(frame: Frame | None, world: World) -> bool:
    """Whether the latest is in view: as a frame at rest shows it, else as the model has it.

    What an earlier step has done to the reader is told of that step; the next ones begin there.
    """
    if frame is not None and frame.viewport is not None:
        return at_bottom(frame)
    return world.view is not None and world.view.reader == "bottom"


def rows_at_the_end(step: Step, before: tuple[str, ...]) -> tuple[str, ...]:
    """The rows that stand when a step is over; `before` stood when it began."""
    if step.frames and not step.frames[-1].rows:
        return ()  # a new document that never had rows reports no change
    changes = step.observation.capture.row_changes
    return changes[-1].keys if changes else before


def rows_known(trace: Trace, step: Step) -> tuple[str, ...] | None:
    """The rows at the end of a step; None where the page has never told of any."""
    rows: tuple[str, ...] = ()
    told = False
    for earlier in trace.steps:
        if earlier.index <= step.index:
            rows = rows_at_the_end(earlier, rows)
            told = told or bool(earlier.observation.capture.row_changes)
    return rows if told else None


def standing(step: Step, sign: str) -> Iterator[tuple[float, JsonValue]]:
    """What a sign said at each moment at which it, or another, or the address changed.

    A sign is told when it changes: what is told once stands until then, under whatever address.
    """
    seen = step.observation
    for t in sorted({each.t for each in (*seen.capture.signs, *seen.screens)}):
        told = [each.value for each in step.told(sign) if each.t <= t]
        if told:
            yield t, told[-1]


def as_listed(text: str) -> str:
    """A text as it is read from a list on the page: white space is folded there."""
    return " ".join(text.split())
