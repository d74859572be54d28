"""send-once: each submit arrives once, in order, with its text intact."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from harness.actions import SendPrompt
from harness.journal import Finding
from harness.observations import Exchange, Prompt
from harness.properties.judgement import Judgement, finding, inconclusive, judge, not_exercised
from harness.properties.send_target import carriers, submits
from harness.readiness import Submission
from harness.requests import Spoken
from harness.trace import Step, Trace
from harness.world import Sent

ID = "send-once"


def send_once(trace: Trace) -> Judgement:
    """Every prompt submitted in the composer leaves the page once, unchanged and in order.

    What was sent does not stay in the composer, and nothing leaves that nobody submitted there.
    White space around a prompt is not part of it. A request that the server has not answered by
    the end of the flow is neither an arrival nor a loss; of one that ended with its page, which was
    loaded anew, the server's record says which it is.

    Source: seed "follow-up sends against the intended execution directory", of which losing or
    doubling the prompt is the plainest failure.
    """
    composed = [(step, sent) for step, sent in submits(trace) if sent.via != "api"]
    tried = {attempt.text.strip() for step in trace.steps for attempt in _attempts(step)}
    strangers = list(_strangers(trace, tried | {sent.text.strip() for _, sent in composed}))
    early = list(_too_early(trace))
    if not composed and not tried and not strangers and not early:
        return not_exercised("this flow submits nothing in the composer")
    open_still = [sent.text for _, sent in composed if _unanswered(trace, sent)]
    findings = [
        *(found for step, sent in composed for found in _of_prompt(trace, step, sent)),
        *strangers,
        *early,
        *_never_left(trace),
        *_disorder(trace, composed),
    ]
    # Of what the network keeps back to the end it is known that it left, as it should.
    kept = {pending.said.text.strip() for pending in trace.steps[-1].after.pending("send")}
    evidence = len(composed) or len(kept & {prompt.text.strip() for prompt in trace.prompts})
    judged = judge(evidence, findings, lacking="nothing was submitted in the composer")
    return inconclusive(judged, [f"“{text}” was not answered by the server" for text in open_still])


def _attempts(step: Step) -> tuple[Spoken, ...]:
    """What left in a step without arriving: the network keeps it back, and may fail it."""
    kept_before = step.before.pending("send")
    new = (kept for kept in step.after.pending("send") if kept not in kept_before)
    return tuple(pending.said for pending in new)


def _never_left(trace: Trace) -> Iterator[Finding]:
    """A prompt that nothing holds up in the page, for the network to keep back, and that stayed.

    It leaves at the latest when the person goes to another session: from there nothing of its own
    may leave by itself. What is tried again after it came to nothing leaves again.
    """
    seen = [(prompt.text.strip(), trace.step_of(prompt)) for prompt in trace.prompts]
    tried: Counter[str] = Counter()
    for step in trace.steps:
        for said in _attempts(step):
            text, until = said.text.strip(), _gone(trace, step)
            tried[text] += 1
            left = sum(text == other and at is not None and at.index <= until for other, at in seen)
            if left < tried[text] and not step.after.offline:
                fate = "did not leave the page again" if left else "never left the page"
                yield finding(
                    ID,
                    trace,
                    step,
                    causes=["prompt not sent"],
                    summary=f"the prompt “{said.text}” {fate}",
                    expected="a request with this very text, which the network keeps back",
                    observed=f"no {'further' if left else 'such'} request as long as its session"
                    " was on screen",
                )


def _gone(trace: Trace, step: Step) -> int:
    """The first step that ends with another session on screen than this one, or the last step."""
    here = step.after.view and step.after.view.session
    later = (each for each in trace.steps if each.index > step.index)
    away = (each.index for each in later if not each.after.view or each.after.view.session != here)
    return next(away, trace.steps[-1].index)


def _too_early(trace: Trace) -> Iterator[Finding]:
    """A prompt that had to wait, for a running turn or for the person, and left all the same."""
    left: Counter[str] = Counter()
    allowed: Counter[str] = Counter()
    for step in trace.steps:
        waits = {item.text.strip() for item in step.after.waiting}
        stays = {text for text, kind in _refused(step).items() if kind != "command"}
        allowed.update(said.text.strip() for said in _attempts(step))
        seen = (prompt for prompt in step.observation.prompts if trace.step_of(prompt) == step)
        for prompt in seen:
            text = prompt.text.strip()
            left[text] += 1
            if text in waits | stays and left[text] > allowed[text]:
                yield finding(
                    ID,
                    trace,
                    step,
                    causes=["sent though it had to wait"],
                    t=prompt.t,
                    summary=f"“{prompt.text}” left though it had to wait",
                    expected=f"it stays in its {'queue' if text in waits else 'composer'}",
                    observed=f"a {prompt.kind} to {prompt.scope.session_id}",
                    evidence=(f"exchange {prompt.exchange}",),
                )


def _refused(step: Step) -> dict[str, Submission]:
    """What was submitted too early to leave, and stays in the composer, with its kind.

    A command among them is a matter of `command-gate`.
    """
    action, view = step.action, step.after.view
    if not isinstance(action, SendPrompt) or view is None or action.via != "composer":
        return {}
    stays = not step.sends and step.after.draft(view.session) == action.text
    return {action.text.strip(): action.said.kind} if stays else {}


def _unanswered(trace: Trace, sent: Sent) -> bool:
    waiting = {exchange.id for exchange in trace.exchanges if exchange.outcome == "open"}
    return any(p.exchange in waiting and not p.accepted for p in carriers(trace, sent))


def _left_behind(trace: Trace, sent: Sent) -> bool:
    """Whether a request ended unanswered with its page: some answer only at the end of the turn."""
    ended = {e.id for e in trace.exchanges if e.outcome == "abandoned" and e.status is None}
    return any(prompt.exchange in ended for prompt in carriers(trace, sent))


def _of_prompt(trace: Trace, step: Step, sent: Sent) -> Iterator[Finding]:
    arrived = _needed(trace, carriers(trace, sent))
    held, left = _held(trace, step, sent), _left_over(step, sent)
    stored_all_the_same = held == 1 and _left_behind(trace, sent)
    unsure = stored_all_the_same or _unanswered(trace, sent)
    once = len(arrived) == 1 or (not arrived and unsure)
    if once and held in {None, 1} and not left:
        return
    stays = f", and the composer still holds “{left}”" if left else ""
    stored = "" if held is None else f"; the server holds it {_times(held)}"
    yield finding(
        ID,
        trace,
        (trace.step_of(arrived[1]) if arrived[1:] else None) or step,
        causes=_causes(len(arrived) if not once else 1, held, left),
        t=arrived[-1].t if arrived else None,
        summary=f"the prompt “{sent.text}” {_fate(len(arrived))}{stored}{stays}",
        expected="one accepted request with this very text, and an empty composer",
        observed=f"{len(arrived)} requests that count{stored}{stays}",
        evidence=tuple(f"exchange {prompt.exchange} at {prompt.t:.1f}" for prompt in arrived),
    )


def _causes(arrivals: int, held: int | None, left: str) -> Iterator[str]:
    if arrivals != 1:
        yield "prompt sent again" if arrivals else "prompt not sent"
    if held not in {None, 1}:
        yield "prompt stored again" if held else "prompt not stored"
    if left:
        yield "prompt left in the composer"


def _left_over(step: Step, sent: Sent) -> str:
    """What stands in the composer though it should be empty; a draft is no left-over."""
    view = step.after.view
    if view is None or view.session != sent.session:
        return ""
    draft, unsent = step.after.draft(view.session), step.observation.unsent.strip()
    stays = sent.text.strip() in unsent and sent.text.strip() not in draft
    return unsent if stays or not draft else ""


def _needed(trace: Trace, sent: tuple[Prompt, ...]) -> list[Prompt]:
    """The accepted requests, and those that left though an earlier one had not failed.

    A second request is right only after the first came to nothing; that the server refuses a
    double by its id does not make it right to send one.
    """
    failed = {e.id: e.t_end for e in trace.exchanges if _came_to_nothing(e)}
    needless = [
        later
        for place, later in enumerate(sent)
        if any((failed.get(earlier.exchange) or later.t + 1) > later.t for earlier in sent[:place])
    ]
    return [prompt for prompt in sent if prompt.accepted or prompt in needless]


def _came_to_nothing(exchange: Exchange) -> bool:
    answered = exchange.status is not None
    return not exchange.taken and (answered or exchange.outcome in {"failed", "cut", "abandoned"})


def _fate(arrivals: int) -> str:
    return f"arrived {_times(arrivals)}" if arrivals else "never arrived"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _held(trace: Trace, step: Step, sent: Sent) -> int | None:
    """How often the server's record has the prompt; None when it is not known.

    It is not where another session is on screen. A step that did not come to rest may have been
    recorded before the prompt was stored.
    """
    if step.record is None or not trace.is_on(step.record.scope, sent.session):
        return None
    users = (m for m in step.record.messages if m.role == "user")
    count = sum(m.text.strip() == sent.spoken.strip() for m in users)
    return count if count or step.observation.settled.quiet else None


def _strangers(trace: Trace, known: set[str]) -> Iterator[Finding]:
    for prompt in trace.prompts:
        step = trace.step_of(prompt)
        waits = [item.text.strip() for item in step.after.waiting] if step else []
        if step is None or prompt.text.strip() in {*known, *waits, *_refused(step)}:
            continue  # what waits was submitted: it left too early, which is told as such
        yield finding(
            ID,
            trace,
            step,
            causes=["sent though nobody submitted it"],
            t=prompt.t,
            summary=f"the page sent “{prompt.text[:80]}”, which nobody submitted",
            expected="only submitted prompts leave, with their text intact",
            observed=f"a {prompt.kind} with the text “{prompt.text[:200]}”",
            evidence=(f"exchange {prompt.exchange}",),
        )


def _disorder(trace: Trace, composed: list[tuple[Step, Sent]]) -> Iterator[Finding]:
    firsts = [(step, sent, _needed(trace, carriers(trace, sent))[:1]) for step, sent in composed]
    starts = [(step, sent, went[0].t) for step, sent, went in firsts if went]
    for (_, earlier, t), (step, later, u) in pairwise(starts):
        if u < t:
            yield finding(
                ID,
                trace,
                step,
                causes=["prompts out of order"],
                t=u,
                summary=f"“{later.text}” left before “{earlier.text}”",
                expected="prompts leave in the order of their submits",
                observed="the order was reversed",
            )
