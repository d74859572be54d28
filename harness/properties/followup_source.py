"""followup-source: a queued draft is sent by itself while its idle session is on screen."""

from collections.abc import Iterator

from harness.journal import Finding
from harness.observations import RequestScope
from harness.properties.judgement import Judgement, finding, judge, not_exercised
from harness.properties.send_target import carriers, submits
from harness.properties.turns import WAITS_ITS_TURN, turns
from harness.trace import Step, Trace

ID = "followup-source"


def followup_source(trace: Trace) -> Judgement:
    """While another session is on screen, nothing that waits is sent, to it or to its own.

    What is sent later goes to the session it was written in, once the turn before it is over, by
    the server's word. Evidence is each draft that waited through a step with another session on
    screen, and each that was seen to leave the queue.

    Source: seed "Persist source scope with queued follow-up drafts and verify it before auto-send".
    """
    away = [step for step in trace.steps if _waiting_elsewhere(step)]
    queued = [prompt for _, prompt in submits(trace) if prompt.via == "queue"]
    if not away and not queued:
        return not_exercised("nothing waits while another session is on screen")
    findings = [
        *(found for step in away for found in _left_behind_the_back(trace, step)),
        *_to_another(trace),
        *_before_its_turn(trace),
    ]
    sent = [prompt for prompt in queued if carriers(trace, prompt)]
    evidence = sum(len(_waiting_elsewhere(step)) for step in away) + len(sent)
    return judge(evidence, findings, lacking="nothing that waited was seen to leave")


def _waiting_elsewhere(step: Step) -> list[str]:
    """The texts that wait in sessions that are not on screen when the step is over."""
    view = step.after.view
    waits = (item for item in step.after.waiting if view and item.session != view.session)
    return [item.text for item in waits]


def _left_behind_the_back(trace: Trace, step: Step) -> Iterator[Finding]:
    waits = {text.strip() for text in _waiting_elsewhere(step)}
    for prompt in step.observation.prompts:
        if prompt.text.strip() in waits and trace.step_of(prompt) == step:
            yield finding(
                ID,
                trace,
                step,
                causes=["sent while its session was not on screen"],
                t=prompt.t,
                summary=f"“{prompt.text}” was sent while its session was not on screen",
                expected="it waits until the session it was written in is on screen",
                observed=f"a {prompt.kind} to session {prompt.scope.session_id} on "
                f"{prompt.scope.server_key}",
                evidence=(f"exchange {prompt.exchange}",),
            )


def _to_another(trace: Trace) -> Iterator[Finding]:
    for step, sent in submits(trace):
        for prompt in carriers(trace, sent) if sent.via == "queue" else ():
            if not trace.is_on(prompt.scope, sent.session):
                yield finding(
                    ID,
                    trace,
                    trace.step_of(prompt) or step,
                    causes=["sent to another session"],
                    t=prompt.t,
                    summary=f"“{sent.text}” was sent to a session that it was not written in",
                    expected=f"session {sent.session.session_id} on {sent.session.server_key}",
                    observed=f"session {prompt.scope.session_id} on {prompt.scope.server_key}",
                    evidence=(f"exchange {prompt.exchange}",),
                )


def _before_its_turn(trace: Trace) -> Iterator[Finding]:
    """What left a queue while its server had last said that the agent is at work."""
    sessions = {sent.session: step for step, sent in submits(trace) if sent.via == "queue"}
    for session in sessions:
        scope = RequestScope(server_key=session.server_key, session_id=trace.names.session(session))
        run = turns(trace, scope)
        for verdict in WAITS_ITS_TURN.broken(run):
            prompt = run.states[verdict.at].left
            step = trace.step_of(prompt) if prompt else None
            if prompt and step:
                yield finding(
                    ID,
                    trace,
                    step,
                    causes=["sent while the agent was at work"],
                    t=prompt.t,
                    summary=f"“{prompt.text}” was sent while the agent was at work",
                    expected=str(WAITS_ITS_TURN),
                    observed="; ".join(map(str, verdict.by)),
                    evidence=(f"exchange {prompt.exchange}",),
                )
