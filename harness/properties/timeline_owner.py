"""timeline-owner: the rows belong to the session on screen, and to no other of the same id."""

from collections.abc import Iterator

from harness.journal import Finding
from harness.observations import Frame
from harness.properties.judgement import Judgement, finding, judge, not_exercised
from harness.trace import Step, Trace

ID = "timeline-owner"
Owner = tuple[str, str | None]  # server key and real session id


def timeline_owner(trace: Trace) -> Judgement:
    """In no frame does a session show a message that only another session has.

    Evidence is each frame seen after another session came on screen.

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
        evidence += sum(frame.repeats for frame in step.frames)
        findings += list(_of_step(trace, step, before, held))
    lacking = "no address of a session was seen" if not _addressed(trace) else "no frame was seen"
    return judge(evidence if _addressed(trace) else 0, findings, lacking=lacking, lost=trace.lost)


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
    """The steps after the first session, each with the rows that stood before it."""
    keys: tuple[str, ...] = ()
    first = trace.steps[0].after.view
    for step in trace.steps:
        moved = step.after.view and first and step.after.view.session != first.session
        away = moved or (step.before.view and first and step.before.view.session != first.session)
        if away:
            yield step, keys
        changes = step.observation.capture.row_changes
        keys = changes[-1].keys if changes else keys


def _of_step(
    trace: Trace, step: Step, before: tuple[str, ...], held: dict[Owner, set[str]]
) -> Iterator[Finding]:
    for frame in step.frames:
        scope = step.scope_at(frame.t)
        if scope is None:
            continue
        owner = (scope.server_key, scope.session_id)
        mine = held.get(owner, set())
        others = {key for other, keys in held.items() if other != owner for key in keys} - mine
        strange = [key for key in _shown(trace, step, before, frame) if key in others]
        if strange:
            yield _borrowed(trace, step, frame, scope.server_key, strange)
            return


def _shown(trace: Trace, step: Step, before: tuple[str, ...], frame: Frame) -> list[str]:
    """The messages whose rows are in the page in a frame."""
    changes = [change for change in step.observation.capture.row_changes if change.t <= frame.t]
    keys = changes[-1].keys if changes else before
    found = (trace.traits.message(key) for key in (keys if frame.rows else ()))
    return [message for message in found if message]


def _borrowed(trace: Trace, step: Step, frame: Frame, server: str, strange: list[str]) -> Finding:
    rows = "a row" if len(strange) == 1 else f"{len(strange)} rows"
    return finding(
        ID,
        trace,
        step,
        t=frame.t,
        summary=f"the session on {server} showed {rows} of another session",
        expected="only its own messages",
        observed=f"{rows}: {', '.join(strange[:3])}",
    )
