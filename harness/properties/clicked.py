"""What a click that settles late may not change on screen: store, rows and composer."""

from collections.abc import Iterator

from harness.observations import HeldMessage, SessionRecord
from harness.properties.judgement import Wrong
from harness.properties.visible import has_row, rows_known, visible_in
from harness.trace import Step, Trace
from harness.world import World

LATEST = 2  # a prompt and its reply: what a click hides or shows


def wrong_meanwhile(trace: Trace, step: Step) -> Iterator[Wrong]:
    """What some frame of a step shows that is so neither before it nor after it."""
    yield from _store(trace, step)
    yield from _rows(trace, step)
    yield from _composer(step)


def wrong_when_over(trace: Trace, step: Step) -> Iterator[Wrong]:
    """What stands at the end of a step, at rest, that the model has otherwise."""
    if step.at_rest:
        yield from _rows_left(trace, step)
        yield from _composer_left(step)


def _store(trace: Trace, step: Step) -> Iterator[Wrong]:
    """No answer of an older scope says where the session works now."""
    if step.after.view is None:
        return
    right = trace.names.directory(step.after.view.execution.directory)
    for sign in step.told("execution"):
        shown = sign.value.get("directory") if isinstance(sign.value, dict) else None
        if shown is not None and shown != right:
            said = f"the session was shown to work in {trace.names.word_for(str(shown))}"
            yield Wrong(said, "session shown in another directory")
            return


def _rows(trace: Trace, step: Step) -> Iterator[Wrong]:
    if step.record is None:
        return
    before = _shown_in(trace, step.before, step.record)
    after = _shown_in(trace, step.after, step.record)
    always = [message for message in before if message in after]
    ever = {message.id for message in (*before, *after)}
    for change in step.observation.capture.row_changes:
        keys = {trace.traits.message(key) for key in change.keys}
        if wrong := next(_differing(trace, step.record, keys, always, ever), None):
            yield wrong
            return


def _rows_left(trace: Trace, step: Step) -> Iterator[Wrong]:
    rows = rows_known(trace, step)
    if step.record is None or rows is None or not step.after.readiness.cache:
        return
    right = _shown_in(trace, step.after, step.record)
    keys = {trace.traits.message(key) for key in rows}
    yield from _differing(trace, step.record, keys, right, {message.id for message in right})


def _shown_in(trace: Trace, world: World, record: SessionRecord) -> list[HeldMessage]:
    return [message for message in visible_in(world, record) if has_row(message, trace.traits)]


def _differing(
    trace: Trace,
    record: SessionRecord,
    keys: set[str | None],
    right: list[HeldMessage],
    allowed: set[str],
) -> Iterator[Wrong]:
    """The latest messages that are not there, and those that are though they are taken back.

    In a virtual list the latest may be below the viewport, so there nothing is missed.
    """
    latest = right[-LATEST:] if trace.traits.rows == "windowed" else []
    if missing := [m.text for m in latest if m.complete and m.id not in keys]:
        yield Wrong(f"“{missing[0][:60]}” was hidden", "message hidden")
    if extra := keys & ({message.id for message in record.messages} - allowed):
        messages = "1 message was" if len(extra) == 1 else f"{len(extra)} messages were"
        said = f"{messages} shown that {'is' if len(extra) == 1 else 'are'} taken back"
        yield Wrong(said, "message shown that is taken back")


def _composer(step: Step) -> Iterator[Wrong]:
    """In no frame does the composer say what neither the old nor the new state has."""
    if step.after.view is None:
        return
    scope = step.after.view.session
    right = {None, step.before.draft(scope), step.after.draft(scope)}
    if strange := [sign.value for sign in step.told("draft") if sign.value not in right]:
        yield Wrong(f"the composer said “{strange[0]}”", "other words in the composer")


def _composer_left(step: Step) -> Iterator[Wrong]:
    right = step.after.draft(step.after.view.session) if step.after.view else ""
    left = step.told_at_last("draft")
    if left is not None and left != right:
        said = f"the composer was left with “{left}”, not “{right}”"
        yield Wrong(said, "other words left in the composer")
