"""turn-shown: what the server holds for the session on screen is shown, once and in order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import dropwhile, groupby

from harness.journal import Finding
from harness.observations import HeldMessage, SessionRecord
from harness.properties.figures import at_bottom
from harness.properties.judgement import Judgement, Wrong, finding, judge
from harness.properties.row_text import text_lost
from harness.properties.visible import has_row, rows_at_the_end, visible
from harness.trace import Step, Trace
from harness.traits import Traits

ID = "turn-shown"


def turn_shown(trace: Trace) -> Judgement:
    """At the end of each step the rows are the latest messages of the server's record.

    A windowed list shows an unbroken run of them that ends with the latest; a virtual list an
    unbroken run anywhere (rows of the latest turn that it keeps below are no gap), ending with the
    latest when its viewport is at the bottom. A message that is still being made need not be there
    yet. No row is in the page twice, in no frame. The
    last rows carry the text that the server holds, markup and white space aside.

    Source: seed "Old async results must not overwrite a newer execution context", seen from the
    other side: results reach the right view and none is lost.
    """
    findings: list[Finding] = []
    evidence = 0
    rows: tuple[str, ...] = ()
    for step in trace.steps:
        rows = rows_at_the_end(step, rows)
        if step.record is None or not _told_of_all(step):
            found = next(_doubled(trace, step), None)
        else:
            keys = _unpinned(trace, step, _messages_of(rows, trace.traits))
            evidence += len(keys)
            found = next(_of_step(trace, step, keys, step.record), None)
        findings += [found] if found else []
    return judge(evidence, findings, lacking="no record of the server was read", lost=trace.lost)


def _of_step(
    trace: Trace, step: Step, keys: tuple[str, ...], record: SessionRecord
) -> Iterator[Finding]:
    held = [m for m in visible(step, record) if has_row(m, trace.traits)]
    # One that is being made may have a row before the record has words of it.
    begun = {m.id for m in record.messages if not m.complete} - {m.id for m in held}
    keys = tuple(key for key in keys if key not in begun)
    yield from _doubled(trace, step)
    if problem := _order_problem(trace, step, keys, held):
        yield finding(
            ID,
            trace,
            step,
            causes=[problem.cause],
            t=step.t_end,
            summary=problem.said,
            expected=f"the latest of the server's {len(held)} messages, each once, in order",
            observed=f"{len(keys)} rows, ending with {', '.join(keys[-3:]) or 'nothing'}",
            evidence=tuple(f"held: {m.role} {m.id} “{m.text[:60]}”" for m in held[-3:]),
        )
    if lost := text_lost(trace.traits, step, held):
        message, shown = lost
        yield finding(
            ID,
            trace,
            step,
            causes=["text of a message missing"],
            summary=f"the row of {message.role} message {message.id} lacked its text",
            expected=f"“{message.text[:200]}”",
            observed=f"“{shown[:200]}”",
        )


def _told_of_all(step: Step) -> bool:
    """Whether the page can know what the server holds for the session on screen."""
    world = step.after
    return world.view is not None and world.readiness.cache and not world.offline


def _leaving(step: Step) -> int:
    """How many prompts of the session on screen the network keeps back."""
    scope = step.after.view.session if step.after.view else None
    return sum(pending.session == scope for pending in step.after.pending("send"))


def _held_at_submit(trace: Trace, step: Step) -> set[str]:
    """The messages that were there before the prompts that are on their way now were submitted."""
    before = (s for s in reversed(trace.steps) if s.index < step.index and not _leaving(s))
    records = (s.record for s in before if s.record)
    return {message.id for record in records for message in record.messages}


def _messages_of(rows: Sequence[str], traits: Traits) -> tuple[str, ...]:
    """The message ids that rows stand for, neighbours of one message as one."""
    found = (traits.message(row) for row in rows)
    return tuple(key for key, _ in groupby(message for message in found if message))


def _unpinned(trace: Trace, step: Step, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys without those at the end that are there only because they are the latest turn's."""
    if step.record is None or not trace.traits.pins_latest or _at_the_end(step):
        return keys
    messages = step.record.messages
    prompts = [place for place, message in enumerate(messages) if message.role == "user"]
    latest = {message.id for message in messages[prompts[-1] :]} if prompts else set[str]()
    run = tuple(dropwhile(latest.__contains__, reversed(keys)))[::-1]
    return run or keys


def _doubled(trace: Trace, step: Step) -> Iterator[Finding]:
    for change in step.observation.capture.row_changes:
        rows = Counter(key for key in change.keys if trace.traits.message(key))
        twice = [key for key, count in rows.items() if count > 1]
        if twice:
            yield finding(
                ID,
                trace,
                step,
                causes=["message shown twice"],
                t=change.t,
                summary=f"message {twice[0]} was in the page twice",
                expected="each message once",
                observed=f"twice: {', '.join(twice[:5])}",
            )


def _order_problem(
    trace: Trace, step: Step, keys: tuple[str, ...], held: Sequence[HeldMessage]
) -> Wrong | None:
    ids = [message.id for message in held]
    if strange := [key for key in keys if key not in set(ids)]:
        # While messages still come, the page may know of one that the record was read before.
        if not step.observation.settled.quiet:
            return None
        below = set(keys[keys.index(strange[0]) :])
        if len(strange) > _leaving(step) or below & _held_at_submit(trace, step):
            said = f"row {strange[0]} is no message that the server holds for this session"
            return Wrong(said, "row of no message shown")
        # A prompt on its way is shown before the server has it, where it was submitted.
        keys = tuple(key for key in keys if key not in strange)
    if not keys:
        nothing = Wrong("no message of the server was shown", "no message shown")
        return nothing if any(m.complete for m in held) else None
    first, last = ids.index(keys[0]), ids.index(keys[-1])
    behind = sum(message.complete for message in held[last + 1 :])
    if behind and (trace.traits.rows == "windowed" or _at_the_end(step)):
        latest = "latest message" if behind == 1 else f"latest {behind} messages"
        said = f"the {latest} of the server {'was' if behind == 1 else 'were'} not shown"
        return Wrong(said, "latest message not shown")
    if list(keys) != ids[first : first + len(keys)]:
        said = "the rows were not in the server's order, or some were left out"
        return Wrong(said, "rows out of order or left out")
    return None


def _at_the_end(step: Step) -> bool:
    """Whether the viewport shows the end of the list; as predicted when no frame says so."""
    if step.frames and step.frames[-1].viewport is not None:
        return at_bottom(step.frames[-1])
    return step.after.view is not None and step.after.view.reader == "bottom"
