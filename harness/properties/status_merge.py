"""status-merge: a snapshot of busy and idle undoes no newer event, and clears what is old."""

from harness.journal import Finding
from harness.properties.judgement import Judgement, finding, judge, not_exercised
from harness.temporal import Predicate, Run, always, now
from harness.trace import Step, Trace
from harness.world import World

ID = "status-merge"


def status_merge(trace: Trace) -> Judgement:
    """At the end of each step the session on screen is shown as busy just when it is.

    Where the network has lost the news, the app cannot know; it must as soon as it has asked
    again. Of a prompt that is kept back on its way from another directory no server knows, so both
    are right. Evidence is each step in which busy or idle was known and compared.

    Source: seed "session.status() hydration preserves active events that arrive during the request
    and clears stale pre-request busy / retry when the fresh snapshot is idle".
    """
    if not any(step.told("busy") for step in trace.steps):
        return not_exercised("this app tells nothing of busy and idle that the harness can read")
    run = Run(trace.steps)
    findings = [_finding(trace, trace.steps[wrong.at]) for wrong in SHOWN_AS_IT_IS.broken(run)]
    known = sum(map(_is_known, trace.steps))
    return judge(known, findings, lacking="busy and idle were never known")


def _is_known(step: Step) -> bool:
    world = step.after
    heard = world.readiness.status and world.holds("busy-news") is None
    told = step.told_at_last("busy") is not None
    return step.at_rest and told and heard and not _leaves_elsewhere(world)


def _leaves_elsewhere(world: World) -> bool:
    """Whether the session on screen is busy for nothing but a prompt of another directory."""
    session, view = world.on_screen, world.view
    if session is None or view is None or session.busy:
        return False
    mine = [pending for pending in world.pending("send") if pending.session == session.scope]
    return any(not view.execution.admits(pending.execution) for pending in mine)


def _is_busy(step: Step) -> bool:
    view = step.after.view
    return view is not None and step.after.busy(view.session)


KNOWN: Predicate[Step] = now("it is known whether the session is busy", _is_known)
BUSY: Predicate[Step] = now("the session is busy", _is_busy)
SHOWN: Predicate[Step] = now("it is shown as busy", lambda step: bool(step.told_at_last("busy")))
SHOWN_AS_IT_IS = always(KNOWN >> ((BUSY & SHOWN) | ~(BUSY | SHOWN)))


def _finding(trace: Trace, step: Step) -> Finding:
    shown, right = _word(step, SHOWN), _word(step, BUSY)
    return finding(
        ID,
        trace,
        step,
        causes=[f"{right} session shown as {shown}"],
        t=step.t_end,
        summary=f"the session was shown as {shown} while it was {right}",
        expected=right,
        observed=shown,
    )


def _word(step: Step, busy: Predicate[Step]) -> str:
    return "busy" if busy.holds(step) else "idle"
