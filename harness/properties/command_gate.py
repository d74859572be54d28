"""command-gate: a /custom-command waits for the directory's command list; nothing else does."""

from collections.abc import Iterator

from harness.actions import OpenSession, Reload, SendPrompt
from harness.journal import Finding
from harness.observations import Prompt
from harness.properties.judgement import Judgement, finding, judge, not_exercised
from harness.properties.send_target import carriers, submits
from harness.scopes import ExecutionScope
from harness.trace import Step, Trace
from harness.world import Sent

ID = "command-gate"
LIST = "/command"
_NAMES = {"prompt": "plain text", "shell": "shell line", "command": "command"}


def command_gate(trace: Trace) -> Judgement:
    """A command leaves as a command, after its directory's list; everything else leaves at once.

    One that waits where there is no such command leaves as nothing else; nor does one leave that
    must stay in the composer, where nothing waits by itself. Evidence is each command, and each
    plain text or shell line that was submitted while the list was kept back.

    Source: seed "Block /custom-command submit until command hydration is ready"; "Directory switch
    followed by immediate /custom-command must not send command text as a normal prompt before
    command.list hydrates".
    """
    sends = [(step, sent) for step, sent in submits(trace) if sent.kind == "command"]
    commands = [
        *((step, sent.text, sent.execution) for step, sent in sends),
        *((step, text, scope) for step in trace.steps for text, scope in _stays(step)),
    ]
    plain = [(step, sent) for step, sent in submits(trace) if _passes_by(step, sent)]
    if not commands and not plain:
        return not_exercised("this flow submits no command")
    findings = [
        *(found for each in commands for found in _of_command(trace, *each)),
        *(found for step, sent in plain for found in _of_plain(trace, step, sent)),
        *_of_waiting(trace),
    ]
    return judge(len(commands) + len(plain), findings, lacking="no command was submitted")


def _passes_by(step: Step, sent: Sent) -> bool:
    """Whether plain text, or a shell line, was submitted while a command would have to wait."""
    late = not step.before.readiness.commands
    return sent.kind != "command" and sent.via == "composer" and late


def _stays(step: Step) -> Iterator[tuple[str, ExecutionScope]]:
    """A command that was submitted too early, and stays in the composer."""
    action, view = step.action, step.before.view
    if not isinstance(action, SendPrompt) or view is None or action.said.kind != "command":
        return
    if not step.sends and step.after.draft(view.session) == action.text:
        yield action.text, view.execution


def _of_command(
    trace: Trace, step: Step, text: str, execution: ExecutionScope
) -> Iterator[Finding]:
    for prompt in trace.prompts:
        if prompt.text.strip() != text.strip():
            continue
        known = _listed_at(trace, execution, trace.step_of(prompt) or step)
        early = known is None or prompt.t < known
        mistaken = [f"command sent as a {prompt.kind}"] if prompt.kind != "command" else []
        if mistaken or early:
            yield finding(
                ID,
                trace,
                trace.step_of(prompt) or step,
                causes=[*mistaken, *(["command sent before its list"] if early else [])],
                t=prompt.t,
                summary=f"the command “{text}” was sent as a {prompt.kind}"
                + (" before the command list of its directory had come" if early else ""),
                expected="it waits for the command list and is sent as a command",
                observed=f"a {prompt.kind} left, and the list {_came(prompt.t, known)}",
                evidence=(f"exchange {prompt.exchange}",),
            )


def _of_waiting(trace: Trace) -> Iterator[Finding]:
    """Commands that must wait still, and left as something else."""
    waiting = trace.steps[-1].after.waiting
    waits = {item.text.strip() for item in waiting if item.kind == "command"}
    for prompt in trace.prompts:
        step = trace.step_of(prompt)
        if step and prompt.kind != "command" and prompt.text.strip() in waits:
            yield finding(
                ID,
                trace,
                step,
                causes=[f"command sent as a {prompt.kind}"],
                t=prompt.t,
                summary=f"the command “{prompt.text.strip()}” was sent as a {prompt.kind}, "
                "in a directory that has no such command",
                expected="it waits for the person",
                observed=f"a {prompt.kind} left",
                evidence=(f"exchange {prompt.exchange}",),
            )


def _came(left: float, known: float | None) -> str:
    if known is None:
        return "never came"
    later = known - left
    return f"came {abs(later):,.0f} ms {'later' if later > 0 else 'before'}"


def _listed_at(trace: Trace, execution: ExecutionScope, left_in: Step) -> float | None:
    """When the list of the directory in which the command ran had first reached this very page.

    That is the end of the exchange: an answer that is kept back has left the server long before.
    """
    place = (execution.server_key, trace.names.directory(execution.directory))
    of_older_pages = _before_this_page(trace, left_in)
    for exchange in trace.exchanges:
        asked = exchange.method == "GET" and exchange.path == LIST
        there = (exchange.scope.server_key, exchange.scope.directory) == place
        if asked and there and exchange.outcome == "done" and exchange.id not in of_older_pages:
            return exchange.t_end
    return None


def _before_this_page(trace: Trace, step: Step) -> set[int]:
    """The exchanges of the pages that were loaded before the one that a step is on."""
    loads = (s.index for s in trace.steps if isinstance(s.action, OpenSession | Reload))
    loaded = max((index for index in loads if index <= step.index), default=0)
    older = (s for s in trace.steps if s.index < loaded)
    return {exchange.id for s in older for exchange in s.observation.exchanges}


def _of_plain(trace: Trace, step: Step, sent: Sent) -> Iterator[Finding]:
    left: tuple[Prompt, ...] = carriers(trace, sent)
    late = [prompt for prompt in left if _left_in(trace, prompt, step) > step.index]
    if left and not late and left[0].kind == sent.kind:
        return
    if left and not late:
        yield _mistaken(trace, step, sent, left[0])
        return
    yield finding(
        ID,
        trace,
        step,
        causes=[f"{_NAMES[sent.kind]} {'sent late' if late else 'not sent'}"],
        t=late[0].t if late else None,
        summary=f"the {_NAMES[sent.kind]} “{sent.text}” "
        + ("waited for the command list" if late else "did not leave while that list was late"),
        expected="nothing but a command waits for commands",
        observed="it left in a later step" if late else "it did not leave",
    )


def _left_in(trace: Trace, prompt: Prompt, otherwise: Step) -> int:
    return (trace.step_of(prompt) or otherwise).index


def _mistaken(trace: Trace, step: Step, sent: Sent, prompt: Prompt) -> Finding:
    return finding(
        ID,
        trace,
        step,
        causes=[f"{_NAMES[sent.kind]} sent as a {prompt.kind}"],
        t=prompt.t,
        summary=f"the {_NAMES[sent.kind]} “{sent.text}” was sent as a {prompt.kind}",
        expected=f"it is sent as a {sent.kind}",
        observed=f"a {prompt.kind} left",
        evidence=(f"exchange {prompt.exchange}",),
    )
