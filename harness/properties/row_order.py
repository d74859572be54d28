"""Whether the rows are an unbroken run of the server's messages, in order."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from harness.observations import HeldMessage
from harness.properties.judgement import Wrong
from harness.properties.visible import reads_latest
from harness.trace import Step, Trace


class Problem(NamedTuple):
    """What is wrong with the rows.

    Attributes:
        kind: of what kind.
        messages: those that it is wrong with.
        wrong: the same in words.
    """

    kind: Literal["strange", "missing", "misplaced"]
    messages: frozenset[str]
    wrong: Wrong


def order_problem(
    trace: Trace, step: Step, keys: tuple[str, ...], held: Sequence[HeldMessage]
) -> Problem | None:
    """What is wrong at the end of a step; None where all is as it must be.

    Args:
        trace: the flow.
        step: the step.
        keys: the messages that its rows stand for.
        held: the messages of the server's record that have rows.
    """
    ids = {message.id for message in held}
    if strange := [key for key in keys if key not in ids]:
        # While messages still come, the page may know of one that the record was read before.
        if not step.observation.settled.quiet:
            return None
        below = set(keys[keys.index(strange[0]) :])
        if len(strange) > _leaving(step) or below & _held_at_submit(trace, step):
            said = f"row {strange[0]} is no message that the server holds for this session"
            wrong = Wrong(said, "row of no message shown")
            return Problem("strange", frozenset(strange), wrong)
        # A prompt on its way is shown before the server has it, where it was submitted.
        keys = tuple(key for key in keys if key not in strange)
    return _broken(trace, step, keys, held)


def _broken(
    trace: Trace, step: Step, keys: tuple[str, ...], held: Sequence[HeldMessage]
) -> Problem | None:
    complete = frozenset(message.id for message in held if message.complete)
    if not keys:
        wrong = Wrong("no message of the server was shown", "no message shown")
        return Problem("missing", complete, wrong) if complete else None
    ids = [message.id for message in held]
    places = [ids.index(key) for key in keys]
    first, last = places[0], places[-1]
    behind = len(complete & {*ids[last + 1 :]})
    if behind and (trace.traits.rows == "windowed" or at_the_end(step)):
        latest = "latest message" if behind == 1 else f"latest {behind} messages"
        said = f"the {latest} of the server {'was' if behind == 1 else 'were'} not shown"
        wrong = Wrong(said, "latest message not shown")
        missing = complete & {*ids[first:]} - {*keys}
    elif list(keys) != ids[first : first + len(keys)]:
        said = "the rows were not in the server's order, or some were left out"
        wrong = Wrong(said, "rows out of order or left out")
        missing = complete & {*ids[first:last]} - {*keys}
    else:
        return None
    if missing and places == sorted(places):
        return Problem("missing", missing, wrong)
    return Problem("misplaced", frozenset(keys), wrong)


def at_the_end(step: Step) -> bool:
    """Whether the viewport shows the end of the list; as predicted when no frame says so."""
    return reads_latest(step.frames[-1] if step.frames else None, step.after)


def _leaving(step: Step) -> int:
    """How many prompts of the session on screen the network keeps back."""
    scope = step.after.view.session if step.after.view else None
    return sum(pending.session == scope for pending in step.after.pending("send"))


def _held_at_submit(trace: Trace, step: Step) -> set[str]:
    """The messages that were there before the prompts that are on their way now were submitted."""
    before = (s for s in reversed(trace.steps) if s.index < step.index and not _leaving(s))
    records = (s.record for s in before if s.record)
    return {message.id for record in records for message in record.messages}
