"""followup-owner: what waits, and what is not sent yet, belongs to one session."""

from collections.abc import Iterator

from pydantic import JsonValue

from harness.journal import Finding
from harness.properties.judgement import Judgement, Wrong, finding, judge
from harness.properties.visible import as_listed, standing
from harness.scopes import SessionScope
from harness.trace import Step, Trace

ID = "followup-owner"


def followup_owner(trace: Trace) -> Judgement:
    """At the end of each step the queue and the composer are those of the session on screen.

    In no frame does a queue hold a draft of another session, whichever server or workspace holds
    the same session id; and all of it is there again after a reload. Evidence is each draft that
    was compared, in a queue or in a composer, and each look at a session that has none while
    another has; where nobody has one, each composer at rest.

    Source: seed "Move follow-up persistence and queued draft ownership to { serverKey, sessionID }
    or an equivalent collision-proof scope".
    """
    waits = any(step.after.waiting for step in trace.steps)
    if waits and not any(step.told("queue") for step in trace.steps):
        return judge(0, (), lacking="the app tells nothing of its queue that can be read")
    findings = [found for step in trace.steps for found in _of_step(trace, step)]
    if waits or any(_written(step) for step in trace.steps):
        evidence = sum(_compared(step) for step in trace.steps)
        lacking = "no page with a draft came to rest"
    else:
        evidence = sum(_looked_at(step) for step in trace.steps)
        lacking = "no page with a composer came to rest"
    return judge(evidence, findings, lacking=lacking, lost=trace.lost)


def _looked_at(step: Step) -> bool:
    """Whether a page with a session's composer was seen at rest."""
    return step.at_rest and step.after.view is not None and bool(step.frames)


def _compared(step: Step) -> int:
    view = step.after.view
    if view is None:
        return 0
    waiting = max(1, len(step.after.queue(view.session))) if step.after.waiting else 0
    queued = waiting if step.told("queue") else 0
    return queued + (step.at_rest and _written(step))


def _written(step: Step) -> bool:
    """Whether words that are not sent stand in some session's composer."""
    return any(text for _, text in step.after.drafts)


def _of_step(trace: Trace, step: Step) -> Iterator[Finding]:
    if step.after.view is None:
        return
    scope = step.after.view.session
    wrong = [*_foreign(trace, step), *(_at_rest(trace, step, scope) if step.at_rest else ())]
    if wrong:
        yield finding(
            ID,
            trace,
            step,
            causes=[each.cause for each in wrong],
            t=step.t_end,
            summary=f"the session on {scope.server_key} {wrong[0].said}",
            expected=f"queue: {_texts(step, scope)}; composer: “{step.after.draft(scope)}”",
            observed="; ".join(each.said for each in wrong),
        )


def _texts(step: Step, scope: SessionScope) -> list[str]:
    return [as_listed(item.text) for item in step.after.queue(scope)]


def _at_rest(trace: Trace, step: Step, scope: SessionScope) -> Iterator[Wrong]:
    queue, draft = step.told_at_last("queue"), step.told_at_last("draft")
    if step.told("queue") and queue != _texts(step, scope):
        yield Wrong(f"had {queue} in its queue", "queue left otherwise")
    left = draft if isinstance(draft, str) else step.observation.unsent
    right = step.after.draft(scope).strip()
    # Where the page has sent the words instead, that is told by the rule which it broke.
    sent = not left.strip() and any(prompt.text.strip() == right for prompt in trace.prompts)
    if left.strip() != right and not sent:
        yield Wrong(f"had “{left}” in its composer", "other words left in the composer")


def _foreign(trace: Trace, step: Step) -> Iterator[Wrong]:
    """Drafts that stood in the queue of a session that they are not of, in some frame."""
    so_far = (earlier for earlier in trace.steps if earlier.index <= step.index)
    everyone = [item for earlier in so_far for item in earlier.after.waiting]
    for t, value in standing(step, "queue"):
        scope = step.scope_at(t)
        if scope is None:
            continue
        mine = {as_listed(item.text) for item in everyone if trace.is_on(scope, item.session)}
        others = {as_listed(item.text) for item in everyone} - mine
        if strange := [text for text in _listed(value) if text in others]:
            said = f"showed “{strange[0]}”, which waits in another session"
            yield Wrong(said, "draft of another session in the queue")
            return


def _listed(value: JsonValue) -> list[str]:
    return [str(text) for text in value] if isinstance(value, list) else []
