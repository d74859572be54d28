"""Whether the last rows carry the text that the server holds."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from harness.observations import HeldMessage
from harness.properties.visible import has_row
from harness.trace import Step
from harness.traits import Traits

CUT = 400  # characters of a row that the recorder keeps
COMPARED = 200  # characters of a message that must be among them


def text_lost(
    traits: Traits, step: Step, messages: Sequence[HeldMessage]
) -> tuple[HeldMessage, str] | None:
    """The first of the last four messages whose rows lack its text, and what they show.

    Rows that were cut by the recorder, or of which only some are known, prove nothing.
    """
    for row, message in tuple(_with_rows(traits, messages))[-4:]:
        rows = [r.text for r in step.observation.capture.shown if traits.message(r.key) == row]
        whole = len(rows) >= _rows_of(traits, step, row)
        if not message.complete or not rows or not whole or any(len(r) >= CUT for r in rows):
            continue
        shown = folded("".join(rows))
        if any(
            folded(piece)[:COMPARED] not in shown for piece in message.pieces or (message.text,)
        ):
            return message, "\n".join(rows)
    return None


def _with_rows(
    traits: Traits, messages: Sequence[HeldMessage]
) -> Iterator[tuple[str, HeldMessage]]:
    """Each message whose text a row shows, with the id of the message that the row is of.

    In the row of a prompt that is how its answer ends: what was said between tool calls may fold.
    """
    prompt = ""
    for message, after in zip_longest(messages, messages[1:]):
        prompt = message.id if message.role == "user" else prompt
        if has_row(message, traits):
            yield message.id, message
        elif traits.answers_in_row and prompt and (after is None or after.role == "user"):
            yield prompt, message


def folded(text: str) -> str:
    """Letters and digits alone: white space and marks such as `**` change when text is rendered."""
    return "".join(character for character in text if character.isalnum())


def _rows_of(traits: Traits, step: Step, message: str) -> int:
    changes = step.observation.capture.row_changes
    keys = changes[-1].keys if changes else ()
    return sum(traits.message(key) == message for key in keys)
