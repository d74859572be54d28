"""Whether the last rows carry the text that the server holds."""

from collections.abc import Sequence

from harness.observations import HeldMessage
from harness.trace import Step
from harness.traits import Traits

CUT = 400  # characters of a row that the recorder keeps
COMPARED = 200  # characters of a message that must be among them


def text_lost(
    traits: Traits, step: Step, held: Sequence[HeldMessage]
) -> tuple[HeldMessage, str] | None:
    """The first of the last four messages whose rows lack its text, and what they show.

    Rows that were cut by the recorder, or of which only some are known, prove nothing.
    """
    for message in held[-4:]:
        rows = [
            r.text for r in step.observation.capture.shown if traits.message(r.key) == message.id
        ]
        whole = len(rows) >= _rows_of(traits, step, message.id)
        if not message.complete or not rows or not whole or any(len(r) >= CUT for r in rows):
            continue
        shown = folded("".join(rows))
        if any(
            folded(piece)[:COMPARED] not in shown for piece in message.pieces or (message.text,)
        ):
            return message, "\n".join(rows)
    return None


def folded(text: str) -> str:
    """Letters and digits alone: white space and marks such as `**` change when text is rendered."""
    return "".join(character for character in text if character.isalnum())


def _rows_of(traits: Traits, step: Step, message: str) -> int:
    changes = step.observation.capture.row_changes
    keys = changes[-1].keys if changes else ()
    return sum(traits.message(key) == message for key in keys)
