"""status-merge: a snapshot of busy and idle undoes no newer event, and clears what is old."""

from collections.abc import Iterator

from harness.journal import Finding
from harness.properties.judgement import Judgement, finding, judge, not_exercised
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
    told = [step for step in trace.steps if step.told("busy")]
    if not told:
        return not_exercised("this app tells nothing of busy and idle that the harness can read")
    known = [step for step in told if _is_known(step)]
    findings = [found for step in known for found in _of_step(trace, step)]
    return judge(len(known), findings, lacking="busy and idle were never known")


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


def _of_step(trace: Trace, step: Step) -> Iterator[Finding]:
    view = step.after.view
    if view is None:
        return
    shown, right = step.told_at_last("busy"), step.after.busy(view.session)
    if shown != right:
        yield finding(
            ID,
            trace,
            step,
            causes=[f"{_word(busy=right)} session shown as {_word(busy=bool(shown))}"],
            t=step.t_end,
            summary=f"the session was shown as {_word(busy=bool(shown))} "
            f"while it was {_word(busy=right)}",
            expected=_word(busy=right),
            observed=_word(busy=bool(shown)),
        )


def _word(*, busy: bool) -> str:
    return "busy" if busy else "idle"
