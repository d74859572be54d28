"""model-gate: a prompt goes with the model that was chosen for its directory, never another."""

from collections.abc import Iterator

from harness.actions import Restore, Revert, SendPrompt, StopTurn
from harness.journal import Finding
from harness.properties.judgement import Judgement, finding, judge, not_exercised
from harness.properties.send_target import carriers, carriers_of_submit, submits
from harness.properties.settling import ASKED
from harness.trace import Step, Trace
from harness.world import Sent

ID = "model-gate"
# What the family's pages ask for on these clicks.
CLICKED = {**ASKED, "stop-turn": "/abort", "send-prompt": "/shell"}


def model_gate(trace: Trace) -> Judgement:
    """Where a model was chosen for a directory, every prompt from there asks for it.

    (In some apps it is chosen for the session, in whatever directory that works.)
    Where none was, it asks for the app's default, if the app has one that it always names. That
    holds also for one that is submitted before the choice is known again: it waits. What needs no
    model (stop, revert, restore, a shell line) does not. Evidence is each prompt whose model is
    known, and each click that need not wait.

    Source: seed "Block or defer sends until directory-local model selection hydration is ready";
    "must not use fallback model/provider while local persisted model selection is still hydrating".
    """
    asking = [(step, sent) for step, sent in submits(trace) if sent.kind != "shell"]
    chosen = [(step, sent) for step, sent in asking if _due(trace, sent) and sent.via != "api"]
    free = [step for step in trace.steps if _needs_no_model(step)]
    if not chosen and not free:
        return not_exercised("this flow sends nothing from a directory with a model of its own")
    findings = [
        *(found for step in free for found in _kept_waiting(trace, step)),
        *(found for step, sent in chosen for found in _of_prompt(trace, step, sent)),
    ]
    evidence = sum(len(carriers(trace, sent)) for _, sent in chosen) + len(free)
    return judge(evidence, findings, lacking="no prompt from a directory with a choice was seen")


def _needs_no_model(step: Step) -> bool:
    """Whether the person did what no model takes part in while only the model was missing.

    A shell line may have to wait for other reasons: behind a turn, or behind what waits.
    """
    missing = not step.before.readiness.local_model and step.before.readiness.can_act
    if isinstance(step.action, SendPrompt):
        return missing and any(sent.kind == "shell" for sent in step.sends)
    return missing and isinstance(step.action, StopTurn | Revert | Restore)


def _kept_waiting(trace: Trace, step: Step) -> Iterator[Finding]:
    posts = (e for e in step.observation.exchanges if e.method == "POST")
    if any(exchange.path.endswith(CLICKED[step.action.name]) for exchange in posts):
        return
    yield finding(
        ID,
        trace,
        step,
        causes=["click waited for the model"],
        summary="nothing was asked of the server while the model was not known",
        expected=f"{step.action.name} needs no model and does not wait",
        observed="no request left",
    )


def _due(trace: Trace, sent: Sent) -> str | None:
    """The model that a prompt must ask for; None where any will do."""
    return sent.model or trace.traits.default_model


def _of_prompt(trace: Trace, step: Step, sent: Sent) -> Iterator[Finding]:
    due = _due(trace, sent)
    chosen = "was chosen for" if sent.model else "is the default in"
    of_session = sent.model and trace.traits.model_of == "session"
    where = "the session" if of_session else sent.execution.directory
    for prompt in carriers_of_submit(trace, step, sent):
        if prompt.model != due:
            asked = prompt.model or "no model, so the server's own default"
            yield finding(
                ID,
                trace,
                trace.step_of(prompt) or step,
                causes=["sent with another model" if prompt.model else "sent without its model"],
                t=prompt.t,
                summary=f"“{sent.text}” asked for {asked}, though {due} {chosen} {where}",
                expected=due or "",
                observed=asked,
                evidence=(f"exchange {prompt.exchange}",),
            )
