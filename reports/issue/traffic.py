"""Where prompts went, and which answers of the server were kept back until when."""

import re
from collections.abc import Iterator, Sequence

from pydantic import JsonValue

from harness.journal import Finding
from harness.observations import Exchange, Witness
from harness.values import Value
from reports.figures import cut
from reports.sends import Send, heard, sends
from reports.steered import is_steered
from reports.story import FlowStory, StepStory

Prompt = dict[str, JsonValue]  # as the model predicted it

_NAMED = re.compile(r"\bexchange (\d+)")
_MOST = 6


class Kept(Value):
    """A request whose answer was kept back or refused: its steps, and how it ended."""

    exchange: Exchange
    asked: int
    answered: int | None = None


def kept_back(steps: Sequence[StepStory]) -> tuple[Kept, ...]:
    """Every request that was kept back in some steps, in the order of asking."""
    found: dict[int, Kept] = {}
    for step in steps:
        for exchange in step.observation.exchanges if step.observation else ():
            if exchange.streaming or not is_steered(exchange):
                continue
            over = step.number if exchange.outcome != "open" else None
            known = found.get(exchange.id)
            asked = known.asked if known else step.number
            found[exchange.id] = Kept(exchange=exchange, asked=asked, answered=over)
    return tuple(found.values())


def answers_table(kept: Sequence[Kept], step: int) -> list[list[str]]:
    """The answers that came in a step, and those that were still awaited then."""
    due = [one for one in kept if one.answered in {None, step}][:_MOST]
    rows = [
        [
            request(one.exchange),
            one.exchange.scope.directory or "not said",
            f"in step {one.asked}",
            "not yet" if one.answered is None else f"in step {one.answered}, {_ended(one)}",
        ]
        for one in due
    ]
    return [["request", "for the directory", "asked", "answered"], *rows] if rows else []


def request(exchange: Exchange) -> str:
    """`GET /vcs/diff`."""
    return cut(f"{exchange.method} {exchange.path}", 120)


def _ended(kept: Kept) -> str:
    return f"status {kept.exchange.status}" if kept.exchange.status else kept.exchange.outcome


def prompts_table(flow: FlowStory, finding: Finding, until: int) -> list[list[str]]:
    """The prompts of a finding: where each was meant to go, and where it went by each witness."""
    steps = [step for step in flow.steps if step.number <= until]
    rows = [_row(send, flow, steps) for send in _concerned(finding, steps)][:_MOST]
    head = [
        "prompt",
        "meant for",
        "the request named",
        "the agent was told",
        "its shell printed",
        "answer",
    ]
    return [head, *rows] if rows else []


def _concerned(finding: Finding, steps: Sequence[StepStory]) -> tuple[Send, ...]:
    """Those that the evidence names, else those that the finding quotes, else those of its step."""
    passed = {x.id: x for step in steps if step.observation for x in step.observation.exchanges}
    named = [int(n) for line in finding.evidence for n in _NAMED.findall(line)]
    if found := sends(passed[n] for n in named if n in passed):
        return found
    everything = sends(passed.values())
    said = f"{finding.summary} {finding.expected} {finding.observed}"
    if quoted := tuple(send for send in everything if send.text and f"“{send.text}”" in said):
        return quoted
    began = next((step.started for step in steps if step.number == finding.step), 0.0)
    return tuple(send for send in everything if send.t >= began)


def _row(send: Send, flow: FlowStory, steps: Sequence[StepStory]) -> list[str]:
    predicted = _prediction(send, steps)
    seen = _witness(heard(predicted) if predicted else send.text, steps)
    session = f"session {send.scope.session_id or 'not said'}"
    return [
        f"{send.verb} “{cut(send.text, 80)}”",
        (_meant(predicted, flow) if predicted else "") or "nothing: nobody submitted it then",
        f"{send.scope.directory or 'no directory'}, {session}",
        (seen.told if seen else None) or "not known",
        (seen.printed if seen else None) or "not known",
        f"status {send.status}" if send.status else "none",
    ]


def _prediction(send: Send, steps: Sequence[StepStory]) -> Prompt | None:
    alike = (p for p in _predicted(steps) if str(p.get("text", "")).strip() == send.text.strip())
    return next(alike, None)


def _meant(prompt: Prompt, flow: FlowStory) -> str:
    word = str(prompt.get("directory", ""))
    return f"<{word}>" if word in flow.names else word


def _predicted(steps: Sequence[StepStory]) -> Iterator[Prompt]:
    """What had to be sent by the end of the latest step that tells it."""
    worlds = [step.predicted for step in steps if isinstance(step.predicted, dict)]
    due = worlds[-1].get("sent") if worlds else None
    for prompt in due if isinstance(due, list) else ():
        if isinstance(prompt, dict):
            yield prompt


def _witness(words: str, steps: Sequence[StepStory]) -> Witness | None:
    seen = (one for step in steps if step.observation for one in step.observation.witnesses)
    return next((one for one in seen if one.prompt.strip() == words.strip()), None)


def messages_table(step: StepStory | None) -> list[list[str]]:
    """The last messages on screen beside those that the server holds, at the end of a step."""
    if step is None or step.observation is None:
        return []
    shown = [f"{row.key}: {cut(row.text, 80)}" for row in step.observation.capture.shown[-4:]]
    records = step.observation.records
    last = records[-1].messages[-4:] if records else ()
    held = [f"{one.id}: {cut(one.text, 80)}" for one in last]
    longest = max(len(shown), len(held))
    filled = (["", *([""] * (longest - len(side))), *side] for side in (shown, held))
    rows = [list(pair) for pair in zip(*filled, strict=True)][1:]
    return (
        [["on screen, the last ones", "held by the server, the last ones"], *rows] if rows else []
    )
