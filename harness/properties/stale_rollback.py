"""stale-rollback: a send that fails gives its text back to the prompt it came from."""

from collections.abc import Iterator

from harness.journal import Finding
from harness.properties.judgement import Judgement, finding, inconclusive, judge, not_exercised
from harness.properties.settling import Settling, settlings
from harness.trace import Step, Trace

ID = "stale-rollback"


def stale_rollback(trace: Trace) -> Judgement:
    """The text of a failed send stands again where it was written, and nowhere else.

    That is its session's composer, before what was written since; or the head of its queue. When
    the send fails, the composer on screen says in no frame what is not its own. Evidence is each
    failed send, looked at when it fails and when its session is on screen next.

    Source: seed "epoch/revision guards for async … prompt rollback".
    """
    failed = [each for each in settlings(trace, "send") if each.pending.fails]
    if not failed:
        return not_exercised("no send failed in this flow")
    findings = [found for each in failed for found in _of(trace, each)]
    unseen = [
        f"“{each.pending.said.text}” failed, and its session was not looked at again"
        for each in failed
        if _homecoming(trace, each) is None
    ]
    judged = judge(len(failed), findings, lacking="no send failed", lost=trace.lost)
    return inconclusive(judged, unseen)


def _of(trace: Trace, settling: Settling) -> Iterator[Finding]:
    home = _homecoming(trace, settling)
    for step in (settling.step, *([home] if home and home != settling.step else ())):
        if wrong := next(_wrong(step), None):
            text = settling.pending.said.text
            yield finding(
                ID,
                trace,
                step,
                t=step.frames[-1].t if step.frames else None,
                summary=f"the text of the failed send “{text}” is not where it belongs: {wrong}",
                expected=f"it is given back to session {settling.pending.session.session_id} of "
                f"{settling.pending.session.server_key}, and to no other",
                observed=wrong,
            )
            return


def _homecoming(trace: Trace, settling: Settling) -> Step | None:
    """The first step from the failure on that ends with the send's own session on screen."""
    later = (step for step in trace.steps if step.index >= settling.step.index)
    mine = settling.pending.session
    return next((s for s in later if s.after.view and s.after.view.session == mine), None)


def _wrong(step: Step) -> Iterator[str]:
    if step.after.view is None:
        return
    scope = step.after.view.session
    drafts = [sign.value for sign in step.told("draft")]
    allowed = {step.before.draft(scope), step.after.draft(scope)}
    if step.before.view and step.before.view.session != scope:
        allowed.add(step.before.draft(step.before.view.session))
    if strange := [text for text in drafts if text not in allowed]:
        yield f"the composer said “{strange[0]}”"
    if drafts and step.at_rest and drafts[-1] != step.after.draft(scope):
        yield f"the composer says “{drafts[-1]}”, not “{step.after.draft(scope)}”"
    queued = step.told_at_last("queue")
    right = [item.text for item in step.after.queue(scope)]
    if queued is not None and step.at_rest and queued != right:
        yield f"the queue has {queued}, not {right}"
