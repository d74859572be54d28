"""Which messages of the server's record the page must show."""

from collections.abc import Callable

from harness.observations import HeldMessage, SessionRecord
from harness.trace import Step


def visible(step: Step, record: SessionRecord) -> tuple[HeldMessage, ...]:
    """Those before the prompt that the person took back, as the model has it; else all.

    The page hides and shows before the server knows, so it is the model that is asked.
    """
    session = step.after.on_screen
    if session is None or session.taken_back is None:
        return record.messages
    text = session.taken_back.strip()
    return _before(record, lambda m: m.role == "user" and m.text.strip() == text)


def _before(record: SessionRecord, ends: Callable[[HeldMessage], bool]) -> tuple[HeldMessage, ...]:
    found = (place for place, message in enumerate(record.messages) if ends(message))
    return record.messages[: next(found, None)]
