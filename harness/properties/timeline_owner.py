"""timeline-owner: the rows belong to the session on screen, and to no other of the same id."""

from collections.abc import Iterator
from typing import NamedTuple

from harness.journal import Finding
from harness.observations import Frame, RequestScope
from harness.properties.judgement import Judgement, finding, judge, not_exercised
from harness.properties.visible import rows_at_the_end
from harness.trace import Step, Trace

ID = "timeline-owner"
Owner = tuple[str, str | None]  # server key and real session id


class Look(NamedTuple):
    """What stood under an address, at a moment and in so many frames."""

    t: float
    repeats: int
    owner: Owner
    messages: tuple[str, ...]


def timeline_owner(trace: Trace) -> Judgement:
    """In no frame, nor when a step is over, does a session show what only another session has.

    Evidence is each frame from then on that another session comes on screen, if a message is known
    that would be a stranger's under its address.

    Source: seed "Same sessionID under different server/workspace must not reuse timeline,
    follow-up, or action state accidentally".
    """
    owners = {view.session.key for step in trace.steps if (view := step.after.view)}
    if len(owners) < 2:  # noqa: PLR2004
        return not_exercised("this flow shows one session only")
    held = _holdings(trace)
    evidence = 0
    findings: list[Finding] = []
    for step, before in _later(trace):
        looks = [look for look in _looks(trace, step, before) if _foreign(look.owner, held)]
        evidence += sum(look.repeats for look in looks)
        findings += list(_borrowed(trace, step, looks, held))
    lacking = "no address of a session was seen"
    if _addressed(trace):
        lacking = "no frame was seen in which a message of another session could be told"
    return judge(evidence, findings, lacking=lacking, lost=trace.lost)


def _addressed(trace: Trace) -> bool:
    return any(screen.scope for step in trace.steps for screen in step.observation.screens)


def _holdings(trace: Trace) -> dict[Owner, set[str]]:
    """The message ids of each session, over the whole flow."""
    held: dict[Owner, set[str]] = {}
    for step in trace.steps:
        for record in step.observation.records:
            owner = (record.scope.server_key, record.scope.session_id)
            held.setdefault(owner, set()).update(message.id for message in record.messages)
    return held


def _later(trace: Trace) -> Iterator[tuple[Step, tuple[str, ...]]]:
    """The steps from the second session on, each with the rows that stood before it."""
    keys: tuple[str, ...] = ()
    first = trace.steps[0].after.view
    away = False
    for step in trace.steps:
        view = step.after.view
        away = away or bool(view and first and view.session != first.session)
        if away:
            yield step, keys
        keys = rows_at_the_end(step, keys)


def _looks(trace: Trace, step: Step, before: tuple[str, ...]) -> Iterator[Look]:
    """Each frame under the address that it had; and, at rest, the end of the step.

    Frames alike are told once, with the moment of the first: the address may have changed since.
    """
    for frame in step.frames:
        if scope := step.scope_at(frame.t):
            keys = _keys_at(step, before, frame)
            yield Look(frame.t, frame.repeats, _owner(scope), _messages(trace, keys))
    last = step.observation.screens[-1] if step.observation.screens else None
    if step.at_rest and last and last.scope:
        keys = rows_at_the_end(step, before)
        yield Look(last.t, 0, _owner(last.scope), _messages(trace, keys))


def _owner(scope: RequestScope) -> Owner:
    return scope.server_key, scope.session_id


def _keys_at(step: Step, before: tuple[str, ...], frame: Frame) -> tuple[str, ...]:
    """The rows that are in the page in a frame."""
    changes = [change for change in step.observation.capture.row_changes if change.t <= frame.t]
    keys = changes[-1].keys if changes else before
    return keys if frame.rows else ()


def _messages(trace: Trace, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(message for key in keys if (message := trace.traits.message(key)))


def _foreign(owner: Owner, held: dict[Owner, set[str]]) -> set[str]:
    """What only other sessions have; nothing where the session's own messages are not known."""
    if owner not in held:
        return set()
    others = (keys for other, keys in held.items() if other != owner)
    return {key for keys in others for key in keys} - held[owner]


def _borrowed(
    trace: Trace, step: Step, looks: list[Look], held: dict[Owner, set[str]]
) -> Iterator[Finding]:
    for look in looks:
        foreign = _foreign(look.owner, held)
        if strange := [message for message in look.messages if message in foreign]:
            rows = "a row" if len(strange) == 1 else f"{len(strange)} rows"
            yield finding(
                ID,
                trace,
                step,
                causes=["row of another session shown"],
                t=look.t,
                summary=f"the session on {look.owner[0]} showed {rows} of another session",
                expected="only its own messages",
                observed=f"{rows}: {', '.join(strange[:3])}",
            )
            return
