"""send-target: a prompt reaches the server, session and directory of its submit."""

from collections.abc import Iterator

from harness.journal import Finding
from harness.observations import HeldMessage, Prompt, Witness
from harness.properties.judgement import (
    Judgement,
    Wrong,
    finding,
    inconclusive,
    judge,
    not_exercised,
)
from harness.trace import Step, Trace
from harness.world import Sent

ID = "send-target"


def send_target(trace: Trace) -> Judgement:
    """Every prompt goes to the ExecutionScope at submit, and the agent's tools ran there.

    Three witnesses are asked: the scope that the request declares on the wire, the server's own
    record, and what the agent was told and really printed. Where a prompt runs in the directory
    that the session holds (`Traits.declared_binds` is false) the declared one is not judged.

    What waited in a queue goes elsewhere by a rule of its own: `followup-target`.

    Source: seed "follow-up sends against the intended execution directory".
    """
    findings: list[Finding] = []
    doubts: list[str] = []
    evidence = 0
    prompts = [(step, sent) for step, sent in submits(trace) if sent.via != "queue"]
    if not prompts:
        return not_exercised("this flow sends nothing but what waited in a queue")
    for step, sent in prompts:
        seen = ran_somewhere(trace, step, sent)
        evidence += seen
        doubts += [] if seen else [f"no witness told where “{sent.text}” ran"]
        findings += misdirected(ID, trace, step, sent)
    judged = judge(evidence, findings, lacking=doubts[0] if doubts else "no prompt was sent")
    return inconclusive(judged, doubts)


def submits(trace: Trace) -> Iterator[tuple[Step, Sent]]:
    """Each prompt of the model with the step that sent it."""
    for step in trace.steps:
        for sent in step.sends:
            yield step, sent


def ran_somewhere(trace: Trace, step: Step, sent: Sent) -> bool:
    """Whether anybody told where a prompt ran: the agent, or the record where no agent can."""
    if sent.to_shell or trace.traits.witnessed_by == "record":
        return any(message.directory for message in _recorded(trace, step, sent))
    return any(witness.told or witness.printed for witness in _witnesses(trace, sent))


def carriers(trace: Trace, sent: Sent) -> tuple[Prompt, ...]:
    """The requests that carried this prompt's text out of the page."""
    return tuple(prompt for prompt in trace.prompts if prompt.text.strip() == sent.text.strip())


def carriers_of_submit(trace: Trace, step: Step, sent: Sent) -> tuple[Prompt, ...]:
    """Those of this submit: the same words may have left before, elsewhere, and come to nothing."""
    text = sent.text.strip()
    before = sum(failed.text.strip() == text for failed in step.before.failed)
    return carriers(trace, sent)[before:]


def _witnesses(trace: Trace, sent: Sent) -> Iterator[Witness]:
    """What the agent saw of a prompt, once for each time it ran."""
    for step in trace.steps:
        for witness in step.observation.witnesses:
            if witness.prompt.strip() == sent.spoken.strip():
                yield witness


def _wrong_places(trace: Trace, step: Step, sent: Sent) -> Iterator[Wrong]:
    for prompt in carriers_of_submit(trace, step, sent):
        yield from _declared_wrong(trace, sent, prompt)
    intended = trace.names.directory(sent.execution.directory)
    for message in _recorded(trace, step, sent):
        if message.directory not in {None, intended}:
            held = trace.names.word_for(message.directory)
            said = f"the server holds it for {held}, not {sent.execution.directory}"
            yield Wrong(said, "held for another directory")
    for seen in _witnesses(trace, sent):
        yield from _ran_wrong(trace, sent, seen)


def _recorded(trace: Trace, step: Step, sent: Sent) -> tuple[HeldMessage, ...]:
    """The prompt in the server's own record of the session on screen.

    That is the session of the prompt; where another one is on screen as the prompt arrives, the
    record is read when its own is on screen next.
    """
    said = sent.spoken.strip()
    for each in (later for later in trace.steps if later.index >= step.index):
        view = each.after.view
        if each.record and view and (each is step or view.session == sent.session):
            held = each.record.messages
            found = tuple(m for m in held if m.role == "user" and m.text.strip() == said)
            if found or view.session == sent.session:
                return found
    return ()


def _declared_wrong(trace: Trace, sent: Sent, prompt: Prompt) -> Iterator[Wrong]:
    scope, meant = prompt.scope, sent.execution
    if scope.server_key != meant.server_key:
        said = f"it went to server {scope.server_key}, not {meant.server_key}"
        yield Wrong(said, "sent to another server")
    session = trace.names.session(sent.session)
    if scope.session_id not in {None, session}:
        said = f"it went to session {scope.session_id}, not {session}"
        yield Wrong(said, "sent to another session")
    # A request that declares nothing leaves the choice to the server: the others say where it ran.
    allowed = {None, trace.names.directory(meant.directory)}
    if trace.traits.declared_binds and scope.directory not in allowed:
        declared = trace.names.word_for(scope.directory)
        said = f"the request declared {declared}, not {meant.directory}"
        yield Wrong(said, "another directory declared")


def _ran_wrong(trace: Trace, sent: Sent, seen: Witness) -> Iterator[Wrong]:
    if seen.told not in {None, trace.names.directory(sent.execution.directory)}:
        told = trace.names.word_for(seen.told)
        said = f"the agent was told {told}, not {sent.execution.directory}"
        yield Wrong(said, "agent told another directory")
    if seen.printed not in {None, trace.names.directory(sent.ends_in)}:
        printed = trace.names.word_for(seen.printed)
        said = f"the agent's shell ended in {printed}, not {sent.ends_in}"
        yield Wrong(said, "shell ended in another directory")


def misdirected(property_id: str, trace: Trace, step: Step, sent: Sent) -> Iterator[Finding]:
    """The finding of a prompt that went elsewhere than to the scopes of its submit, if it did."""
    wrong = list(_wrong_places(trace, step, sent))
    if not wrong:
        return
    went = next(iter(carriers_of_submit(trace, step, sent)), None)
    intended = sent.execution.directory
    path = trace.names.directory(intended)
    yield finding(
        property_id,
        trace,
        step,
        causes=[each.cause for each in wrong],
        t=went.t if went else None,
        summary=f"the prompt “{sent.text}” went astray: {wrong[0].said}",
        expected=f"server {sent.execution.server_key}, session {sent.session.session_id}, "
        f"directory {intended} ({path}), epoch {sent.execution.epoch}",
        observed="; ".join(each.said for each in wrong),
        evidence=(f"exchange {went.exchange}",) if went else (),
    )
