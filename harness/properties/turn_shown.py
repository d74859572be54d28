"""turn-shown: what the server holds for the session on screen is shown, once and in order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import dropwhile, groupby
from typing import NamedTuple

from harness.journal import Finding
from harness.observations import HeldMessage, SessionRecord
from harness.properties.judgement import Judgement, finding, judge
from harness.properties.row_order import at_the_end, order_problem
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
    last rows carry the text that the server holds, markup and white space aside; where a row is a
    turn (`Traits.answers_in_row`), its answer's too.

    What is amiss with the same messages since an earlier step is told of that step alone, until
    the session comes on screen anew.

    Source: seed "Old async results must not overwrite a newer execution context", seen from the
    other side: results reach the right view and none is lost.
    """
    findings: list[Finding] = []
    evidence = 0
    rows: tuple[str, ...] = ()
    told: tuple[_Amiss, ...] = ()  # what is amiss since a step that tells it
    for step in trace.steps:
        rows = rows_at_the_end(step, rows)
        told = () if step.action.shown_anew else told
        if step.record is None or not _told_of_all(step):
            findings += [each.finding for each in _doubled(trace, step)][:1]
            continue
        keys = _unpinned(trace, step, _messages_of(rows, trace.traits))
        evidence += len(keys)
        amiss = tuple(_of_step(trace, step, keys, step.record))
        new = [each for each in amiss if not each.goes_on(told)][:1]
        findings += [each.finding for each in new]
        told = (*(each for each in amiss if each.goes_on(told)), *new)
    return judge(evidence, findings, lacking="no record of the server was read", lost=trace.lost)


class _Amiss(NamedTuple):
    """Something wrong at the end of a step, and the messages that it is wrong with."""

    kind: str
    messages: frozenset[str]
    finding: Finding

    def goes_on(self, told: Sequence["_Amiss"]) -> bool:
        """Whether it was so before, with no further message."""
        return any(self.kind == one.kind and self.messages <= one.messages for one in told)


def _of_step(
    trace: Trace, step: Step, keys: tuple[str, ...], record: SessionRecord
) -> Iterator[_Amiss]:
    messages = visible(step, record)
    held = [m for m in messages if has_row(m, trace.traits)]
    # One that is being made may have a row before the record has words of it.
    begun = {m.id for m in record.messages if not m.complete} - {m.id for m in held}
    keys = tuple(key for key in keys if key not in begun)
    yield from _doubled(trace, step)
    yield from _out_of_order(trace, step, keys, held)
    if lost := text_lost(trace.traits, step, messages):
        message, shown = lost
        found = finding(
            ID,
            trace,
            step,
            causes=["text of a message missing"],
            summary=f"the row of {message.role} message {message.id} lacked its text",
            expected=f"“{message.text[:200]}”",
            observed=f"“{shown[:200]}”",
        )
        yield _Amiss("without text", frozenset({message.id}), found)


def _told_of_all(step: Step) -> bool:
    """Whether the page can know what the server holds for the session on screen."""
    world = step.after
    return world.view is not None and world.readiness.cache and not world.offline


def _messages_of(rows: Sequence[str], traits: Traits) -> tuple[str, ...]:
    """The message ids that rows stand for, neighbours of one message as one."""
    found = (traits.message(row) for row in rows)
    return tuple(key for key, _ in groupby(message for message in found if message))


def _unpinned(trace: Trace, step: Step, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys without those at the end that are there only because they are the latest turn's."""
    if step.record is None or not trace.traits.pins_latest or at_the_end(step):
        return keys
    messages = step.record.messages
    prompts = [place for place, message in enumerate(messages) if message.role == "user"]
    latest = {message.id for message in messages[prompts[-1] :]} if prompts else set[str]()
    run = tuple(dropwhile(latest.__contains__, reversed(keys)))[::-1]
    return run or keys


def _doubled(trace: Trace, step: Step) -> Iterator[_Amiss]:
    for change in step.observation.capture.row_changes:
        rows = Counter(key for key in change.keys if trace.traits.message(key))
        twice = [key for key, count in rows.items() if count > 1]
        if twice:
            found = finding(
                ID,
                trace,
                step,
                causes=["message shown twice"],
                t=change.t,
                summary=f"message {twice[0]} was in the page twice",
                expected="each message once",
                observed=f"twice: {', '.join(twice[:5])}",
            )
            yield _Amiss("twice", frozenset(twice), found)


def _out_of_order(
    trace: Trace, step: Step, keys: tuple[str, ...], held: Sequence[HeldMessage]
) -> Iterator[_Amiss]:
    if problem := order_problem(trace, step, keys, held):
        found = finding(
            ID,
            trace,
            step,
            causes=[problem.wrong.cause],
            t=step.t_end,
            summary=problem.wrong.said,
            expected=f"the latest of the server's {len(held)} messages, each once, in order",
            observed=f"{len(keys)} rows, ending with {', '.join(keys[-3:]) or 'nothing'}",
            evidence=tuple(f"held: {m.role} {m.id} “{m.text[:60]}”" for m in held[-3:]),
        )
        yield _Amiss(problem.kind, problem.messages, found)
