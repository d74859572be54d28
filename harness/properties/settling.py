"""Results that came late: where they were asked for, and what was on screen when they came."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from harness.actions import Release
from harness.journal import Finding
from harness.observations import RequestScope
from harness.properties.judgement import Judgement, finding, judge, not_exercised
from harness.properties.visible import visible
from harness.requests import Pending, Result
from harness.trace import Step, Trace

Where = Literal["elsewhere", "newer epoch", "same scope"]


class Settling(NamedTuple):
    """A request that was kept back, in the step in which its answer was let go."""

    step: Step
    pending: Pending
    where: Where


def settlings(trace: Trace, *kinds: Result) -> Iterator[Settling]:
    """Each late answer of these kinds that came while a session was on screen."""
    for step in trace.steps:
        if isinstance(step.action, Release) and step.before.view:
            for pending in step.before.in_flight:
                if pending.what == step.action.what and pending.what in kinds:
                    yield Settling(step, pending, _where(step, pending))


def _where(step: Step, pending: Pending) -> Where:
    view = step.before.view
    if view is None or view.session != pending.session:
        return "elsewhere"
    now, then = view.execution, pending.execution
    if now.admits(then):
        return "same scope"
    same_place = (now.server_key, now.directory) == (then.server_key, then.directory)
    return "newer epoch" if same_place else "elsewhere"


def late_clicks(property_id: str, trace: Trace, what: Result) -> Judgement:
    """Judge reverts or restores whose answer came in another session or directory."""
    late = [each for each in settlings(trace, what) if each.where == "elsewhere"]
    if not late:
        return not_exercised(f"no {what} was answered in another scope than that of its click")
    findings = [found for each in late for found in click_settled(property_id, trace, each)]
    return judge(len(late), findings, lacking="no late answer was seen", lost=trace.lost)


def click_settled(property_id: str, trace: Trace, settling: Settling) -> Iterator[Finding]:
    """What a late answer to a click changed that it may not: client, store, rows, composer."""
    step, pending, _ = settling
    wrong = [
        *_wrong_client(trace, pending),
        *_wrong_store(trace, step),
        *_wrong_rows(trace, step),
        *_wrong_composer(step),
    ]
    if wrong:
        yield finding(
            property_id,
            trace,
            step,
            t=step.frames[0].t if step.frames else None,
            summary=f"the late answer to a {pending.what} reached the wrong scope: {wrong[0]}",
            expected=f"only the scope of the click changes: session {pending.session.session_id} of"
            f" {pending.session.server_key}, {pending.execution.directory}, "
            f"epoch {pending.execution.epoch}",
            observed="; ".join(wrong),
        )


def _wrong_client(trace: Trace, pending: Pending) -> Iterator[str]:
    """The request itself went where the click was."""
    words = {"revert": "/revert", "restore": "/unrevert"}
    ending = words.get(pending.what, "")
    for exchange in trace.exchanges:
        posted = exchange.method == "POST" and exchange.path.endswith(ending)
        mine = posted and ending and _asked_in(trace, exchange.scope, pending)
        if posted and ending and not mine and not _of_another_click(trace, exchange.scope, ending):
            yield f"the request was made for {_told(trace, exchange.scope)}"


def _asked_in(trace: Trace, scope: RequestScope, pending: Pending) -> bool:
    there = trace.names.directory(pending.execution.directory)
    return trace.is_on(scope, pending.session) and scope.directory in {None, there}


def _of_another_click(trace: Trace, scope: RequestScope, ending: str) -> bool:
    """Whether some click of the flow was made in this scope."""
    clicks = {"/revert": "revert", "/unrevert": "restore"}
    made = (step.before.view for step in trace.steps if step.action.name == clicks[ending])
    return any(
        trace.is_on(scope, view.session)
        and scope.directory in {None, trace.names.directory(view.execution.directory)}
        for view in made
        if view
    )


def _told(trace: Trace, scope: RequestScope) -> str:
    return f"{trace.names.word_for(scope.directory)} on {scope.server_key}"


def _wrong_store(trace: Trace, step: Step) -> Iterator[str]:
    """No answer of an older scope says where the session works now."""
    if step.after.view is None:
        return
    right = trace.names.directory(step.after.view.execution.directory)
    for sign in step.told("execution"):
        shown = sign.value.get("directory") if isinstance(sign.value, dict) else None
        if shown is not None and shown != right:
            yield f"the session was shown to work in {trace.names.word_for(str(shown))}"
            return


def _wrong_rows(trace: Trace, step: Step) -> Iterator[str]:
    """On screen stands what the model says is not taken back."""
    changes = step.observation.capture.row_changes
    if step.record is None or not changes or not step.at_rest:
        return
    keys = {trace.traits.message(key) for key in changes[-1].keys}
    held = {message.id for message in step.record.messages}
    right = {message.id for message in visible(step, step.record)}
    if missing := [m.text for m in step.record.messages[-2:] if m.id in right - keys]:
        yield f"“{missing[0][:60]}” was hidden"
    if extra := (keys & held) - right:
        yield f"{len(extra)} messages were shown that are taken back"


def _wrong_composer(step: Step) -> Iterator[str]:
    """In no frame does the composer say what neither the old nor the new state has."""
    if step.after.view is None:
        return
    scope = step.after.view.session
    right = {step.before.draft(scope), step.after.draft(scope)}
    told = [sign.value for sign in step.told("draft")]
    if strange := [value for value in told if value not in right]:
        yield f"the composer said “{strange[0]}”"
    elif told and step.at_rest and told[-1] != step.after.draft(scope):
        yield f"the composer was left with “{told[-1]}”, not “{step.after.draft(scope)}”"
