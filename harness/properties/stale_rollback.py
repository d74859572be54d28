"""stale-rollback: a send that fails gives its text back to the prompt it came from."""

from collections.abc import Iterator

from pydantic import JsonValue

from harness.actions import Release
from harness.journal import Finding
from harness.properties.judgement import (
    Judgement,
    Wrong,
    finding,
    inconclusive,
    judge,
    not_exercised,
)
from harness.properties.settling import Settling, homecoming, settlings
from harness.properties.visible import as_listed
from harness.scopes import SessionScope
from harness.trace import Step, Trace

ID = "stale-rollback"


def stale_rollback(trace: Trace) -> Judgement:
    """The text of a failed send stands again where it was written, and nowhere else.

    That is its session's composer, before what was written since; or the head of its queue. When
    the send fails, the composer on screen says in no frame what is not its own; nor does another
    session hold the text when it is on screen next. A prompt that arrived is not given back when
    only its answer is lost. Evidence is each failed send whose session was looked at afterwards,
    and each time that answers were lost; of a send whose session is not on screen again the flow
    says nothing.

    Source: seed "epoch/revision guards for async … prompt rollback".
    """
    failed = [each for each in settlings(trace, "send") if each.pending.fails]
    unheard = [step for step in trace.steps if _loses(step)]
    if not failed and not unheard:
        return not_exercised("no send failed in this flow")
    findings = [
        *(found for each in failed for found in _of(trace, each)),
        *(found for step in unheard for found in _taken_back(trace, step)),
    ]
    homes = [(each, homecoming(trace, each)) for each in failed]
    unseen = [
        _said(each, "its session was not looked at again") for each, home in homes if not home
    ]
    unread = [
        _said(each, "no composer could be read")
        for each, home in homes
        if home and not home.told("draft")
    ]
    lacking = next(iter((*unread, *unseen)), "no composer could be read")
    looked_at = len(failed) - len(unread) - len(unseen)
    evidence = looked_at + sum(bool(step.told("draft")) for step in unheard)
    judged = judge(evidence, findings, lacking=lacking, lost=trace.lost)
    return inconclusive(judged, unread)


def _loses(step: Step) -> bool:
    """Whether the answers about prompts that had arrived were lost in this step."""
    action, keeper = step.action, step.before.holds("send")
    return isinstance(action, Release) and action.what == "send" and bool(keeper and keeper.loses)


def _taken_back(trace: Trace, step: Step) -> Iterator[Finding]:
    view = step.after.view
    if view and (wrong := list(_wrong(step, view.session))):
        yield finding(
            ID,
            trace,
            step,
            causes=[each.cause for each in wrong],
            t=step.t_end,
            summary=f"a prompt that had arrived was taken for one that failed: {wrong[0].said}",
            expected="an answer that is lost gives nothing back: the server has the prompt",
            observed=wrong[0].said,
        )


def _said(settling: Settling, doubt: str) -> str:
    return f"“{settling.pending.said.text}” failed, and {doubt}"


def _of(trace: Trace, settling: Settling) -> Iterator[Finding]:
    text = settling.pending.said.text
    for step, scope in _looks(trace, settling):
        at_home = scope == settling.pending.session or step.index == settling.step.index
        wrong = list(_wrong(step, scope) if at_home else _leaked(step, scope, text))
        if wrong:
            said = wrong[0].said
            yield finding(
                ID,
                trace,
                step,
                causes=[each.cause for each in wrong],
                t=step.t_end,
                summary=f"the text of the failed send “{text}” is not where it belongs: {said}",
                expected=f"it is given back to session {settling.pending.session.session_id} of "
                f"{settling.pending.session.server_key}, and to no other",
                observed=said,
            )
            return


def _looks(trace: Trace, settling: Settling) -> Iterator[tuple[Step, SessionScope]]:
    """The step of the failure, and the next that ends with each other session on screen."""
    seen: set[SessionScope] = set()
    for step in trace.steps:
        view = step.after.view
        if view and step.index >= settling.step.index and view.session not in seen:
            seen.add(view.session)
            yield step, view.session


def _wrong(step: Step, scope: SessionScope) -> Iterator[Wrong]:
    right = step.after.draft(scope)
    allowed: set[JsonValue] = {None, step.before.draft(scope), right}
    if step.action.shown_anew and step.before.view:  # it is empty until it is the session's
        allowed |= {"", step.before.draft(step.before.view.session)}
    if strange := [sign.value for sign in step.told("draft") if sign.value not in allowed]:
        yield Wrong(f"the composer said “{strange[0]}”", "other words in the composer")
    left = step.told_at_last("draft")
    if left is not None and step.at_rest and left != right:
        said = f"the composer says “{left}”, not “{right}”"
        yield Wrong(said, "other words left in the composer")
    queued = step.told_at_last("queue")
    waits = [as_listed(item.text) for item in step.after.queue(scope)]
    if queued is not None and step.at_rest and queued != waits:
        yield Wrong(f"the queue has {queued}, not {waits}", "queue left otherwise")


def _leaked(step: Step, scope: SessionScope, text: str) -> Iterator[Wrong]:
    """The text at the end of a step in a session that it is not of."""
    left = step.told_at_last("draft")
    if isinstance(left, str) and text in left and text not in step.after.draft(scope):
        said = f"the composer of {scope.session_id} on {scope.server_key} says “{left}”"
        yield Wrong(said, "text in the composer of another session")
    queued = step.told_at_last("queue")
    waits = [as_listed(item.text) for item in step.after.queue(scope)]
    if isinstance(queued, list) and as_listed(text) in queued and as_listed(text) not in waits:
        said = f"the queue of {scope.session_id} on {scope.server_key} has “{text}”"
        yield Wrong(said, "text in the queue of another session")
