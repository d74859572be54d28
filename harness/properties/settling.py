"""Results that came late: where they were asked for, and what was on screen when they came."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from harness.actions import Release
from harness.journal import Finding
from harness.observations import Exchange, RequestScope
from harness.properties.clicked import wrong_meanwhile, wrong_when_over
from harness.properties.judgement import (
    Judgement,
    Wrong,
    finding,
    inconclusive,
    judge,
    not_exercised,
)
from harness.requests import REVIEWED, Pending, Result
from harness.trace import Step, Trace

Where = Literal["elsewhere", "newer epoch", "same scope"]
# What the family's pages ask for on these clicks.
ASKED = {"revert": "/revert", "restore": "/unrevert"}


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
    """A click belongs to its session, too; a review to its directory alone."""
    view = step.before.view
    if view is None or (view.session != pending.session and pending.what not in REVIEWED):
        return "elsewhere"
    now, then = view.execution, pending.execution
    if now.admits(then):
        return "same scope"
    same_place = (now.server_key, now.directory) == (then.server_key, then.directory)
    return "newer epoch" if same_place else "elsewhere"


def homecoming(trace: Trace, settling: Settling) -> Step | None:
    """The first step from the answer on that ends with the request's own session on screen."""
    later = (step for step in trace.steps if step.index >= settling.step.index)
    mine = settling.pending.session
    return next((s for s in later if s.after.view and s.after.view.session == mine), None)


def late_clicks(property_id: str, trace: Trace, what: Result) -> Judgement:
    """Judge reverts or restores whose answer came in another session or directory."""
    late = [each for each in settlings(trace, what) if each.where == "elsewhere"]
    if not late:
        return not_exercised(f"no {what} was answered in another scope than that of its click")
    findings = [found for each in late for found in click_settled(property_id, trace, each)]
    unasked = f"the request of a {what} was not seen"
    seen = [each for each in late if requests_of(trace, each)]
    judged = judge(len(seen), findings, lacking=unasked, lost=trace.lost)
    return inconclusive(judged, [unasked] * (len(late) - len(seen)))


def click_settled(property_id: str, trace: Trace, settling: Settling) -> Iterator[Finding]:
    """What a late answer to a click changed that it may not: client, store, rows, composer.

    It is looked for when the answer comes, and when the click's session is on screen next.
    """
    step, home = settling.step, homecoming(trace, settling)
    meanwhile = (*_wrong_client(trace, settling), *wrong_meanwhile(trace, step))
    now = list(dict.fromkeys((*meanwhile, *wrong_when_over(trace, step))))
    later = list(wrong_when_over(trace, home)) if home and home.index != step.index else []
    if now:
        yield _finding(property_id, trace, settling, step, now)
    elif later and home:
        yield _finding(property_id, trace, settling, home, later)


def _finding(
    property_id: str, trace: Trace, settling: Settling, step: Step, wrong: list[Wrong]
) -> Finding:
    pending = settling.pending
    return finding(
        property_id,
        trace,
        step,
        causes=[each.cause for each in wrong],
        t=step.frames[0].t if step.frames else None,
        summary=f"the late answer to a {pending.what} reached the wrong scope: {wrong[0].said}",
        expected=f"only the scope of the click changes: session {pending.session.session_id} of"
        f" {pending.session.server_key}, {pending.execution.directory}, "
        f"epoch {pending.execution.epoch}",
        observed="; ".join(each.said for each in wrong),
    )


def requests_of(trace: Trace, settling: Settling) -> tuple[Exchange, ...]:
    """What the page asked of the server for a click, from it until the next of its kind."""
    pending, until = settling.pending, settling.step.index
    clicks = [step.index for step in trace.steps if step.action.name == pending.what]
    made = [s.index for s in trace.steps if s.index <= until and _is_click_of(s, pending)]
    later = [click for click in clicks if click > made[-1]]
    first_seen = _first_seen(trace)
    return tuple(
        exchange
        for exchange in trace.exchanges
        if exchange.method == "POST"
        and exchange.path.endswith(ASKED[pending.what])
        and made[-1] <= first_seen[exchange.id] < min((*later, first_seen[exchange.id] + 1))
    )


def _is_click_of(step: Step, pending: Pending) -> bool:
    return pending in step.after.in_flight and pending not in step.before.in_flight


def _first_seen(trace: Trace) -> dict[int, int]:
    """The step in which each exchange was seen first."""
    steps = reversed(trace.steps)
    return {exchange.id: step.index for step in steps for exchange in step.observation.exchanges}


def _wrong_client(trace: Trace, settling: Settling) -> Iterator[Wrong]:
    """The request itself went where the click was."""
    for exchange in requests_of(trace, settling):
        if not _asked_in(trace, exchange.scope, settling.pending):
            said = f"the request was made for {_told(trace, exchange.scope)}"
            yield Wrong(said, "request made for another scope")


def _asked_in(trace: Trace, scope: RequestScope, pending: Pending) -> bool:
    there = trace.names.directory(pending.execution.directory)
    return trace.is_on(scope, pending.session) and scope.directory in {None, there}


def _told(trace: Trace, scope: RequestScope) -> str:
    where = trace.names.word_for(scope.directory)
    return f"session {scope.session_id} in {where} on {scope.server_key}"
