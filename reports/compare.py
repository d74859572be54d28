"""What the model predicted for a step beside what the probes saw, one line a matter.

The lines help to read; they judge nothing. Properties have judged already.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import cast

from pydantic import JsonValue

from harness.values import Value
from reports.figures import cut
from reports.naming import bare
from reports.sends import Send, heard, sends
from reports.story import StepStory

_AT_BOTTOM = 4.0  # CSS pixels, as `reading-position-kept` counts it
_TOLD = {"execution_scope", "session_scope", "reader", "sent"}
_LIMIT = 160


class Line(Value):
    """One matter; `alike` is None where nothing was seen to compare with."""

    matter: str
    predicted: str
    observed: str = ""
    alike: bool | None = None


def compare(step: StepStory, before: StepStory | None) -> tuple[Line, ...]:
    """The lines of one step; `before` is the step that came before it in the flow."""
    if not isinstance(step.predicted, dict):
        return (
            ()
            if step.predicted is None
            else (Line(matter="state", predicted=_say(step.predicted)),)
        )
    world = step.predicted
    earlier = before.predicted if before and isinstance(before.predicted, dict) else {}
    return (
        *_where(step, world),
        *_reader(step, world),
        *_sent(step, world, earlier),
        *(
            Line(matter=key.replace("_", " "), predicted=_say(value))
            for key, value in world.items()
            if key not in _TOLD
        ),
    )


def _where(step: StepStory, world: Mapping[str, JsonValue]) -> Iterator[Line]:
    execution = _branch(world, "execution_scope")
    session = _branch(world, "session_scope")
    if "directory" in execution:
        yield _matched("works in", _say(execution["directory"]), _directory(step, session))
    if "epoch" in execution:
        yield Line(matter="epoch", predicted=_say(execution["epoch"]))
    if "session_id" in session:
        shown = f"{bare(_say(session['session_id']))} on {_say(session.get('server_key'))}"
        yield Line(matter="session", predicted=shown)


def _directory(step: StepStory, session: Mapping[str, JsonValue]) -> str | None:
    """The directory in which the server's own record says the session works."""
    records = step.observation.records if step.observation else ()
    wanted = session.get("session_id")
    named = [
        one for one in records if isinstance(wanted, str) and _same(one.scope.session_id, wanted)
    ]
    chosen = named or list(records)
    return chosen[-1].active_directory if len(chosen) == 1 or named else None


def _reader(step: StepStory, world: Mapping[str, JsonValue]) -> Iterator[Line]:
    frames = step.observation.capture.frames if step.observation else ()
    if isinstance(world.get("reader"), str):
        last = frames[-1] if frames else None
        seen = None if last is None else "bottom" if last.from_bottom <= _AT_BOTTOM else "history"
        yield _matched("reader at", _say(world["reader"]), seen)


def _sent(
    step: StepStory, world: Mapping[str, JsonValue], earlier: Mapping[str, JsonValue]
) -> Iterator[Line]:
    if "sent" not in world:
        return
    due, past = _list(world["sent"]), _list(earlier.get("sent"))
    new = due[len(past) :] if due[: len(past)] == past else due
    passed = step.observation.exchanges if step.observation else ()
    seen = (send for send in sends(passed) if send.t >= step.started)  # one in flight is told again
    for prompt, send in zip_longest(new, seen):
        yield _pair(prompt, send) if send else _witnessed(prompt, step)


def _pair(prompt: JsonValue, send: Send) -> Line:
    observed = _told(send.text, send.scope.directory)
    if not isinstance(prompt, dict):
        return Line(matter="sent", predicted="nothing", observed=observed, alike=False)
    text, where = _due(prompt)
    alike = send.text.strip() == text.strip()
    if where and send.scope.directory is not None:
        alike = alike and _same(send.scope.directory, where)
    return Line(matter="sent", predicted=_told(text, where), observed=observed, alike=alike)


def _witnessed(prompt: JsonValue, step: StepStory) -> Line:
    """A prompt that the page did not send itself, as the agent saw it arrive."""
    due = prompt if isinstance(prompt, dict) else {}
    (text, where), words = _due(due), heard(due).strip()
    seen = step.observation.witnesses if step.observation else ()
    told = next((one.told for one in reversed(seen) if one.prompt.strip() == words), None)
    predicted = _told(text, where)
    if told is None:
        return Line(matter="sent", predicted=predicted, observed="not by the page")
    observed = f"not by the page; the agent was told {bare(told)}"
    alike = _same(told, where) if where else None
    return Line(matter="sent", predicted=predicted, observed=observed, alike=alike)


def _due(prompt: Mapping[str, JsonValue]) -> tuple[str, str | None]:
    text, directory = prompt.get("text", ""), prompt.get("directory")
    return (
        text if isinstance(text, str) else _say(text),
        directory if isinstance(directory, str) else None,
    )


def _told(text: str, directory: str | None) -> str:
    return f"“{cut(text, _LIMIT)}”" + (f" in {bare(directory)}" if directory else "")


def _matched(matter: str, predicted: str, observed: str | None) -> Line:
    if observed is None:
        return Line(matter=matter, predicted=bare(predicted))
    return Line(
        matter=matter,
        predicted=bare(predicted),
        observed=bare(observed),
        alike=_same(observed, predicted),
    )


def _same(one: str | None, other: str) -> bool:
    return one is not None and bare(one) == bare(other)


def _branch(tree: Mapping[str, JsonValue], key: str) -> Mapping[str, JsonValue]:
    branch = tree.get(key)
    return branch if isinstance(branch, dict) else {}


def _list(value: JsonValue) -> Sequence[JsonValue]:
    return cast("list[JsonValue]", value) if isinstance(value, list) else []


def _say(value: JsonValue) -> str:
    return cut(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), _LIMIT)
