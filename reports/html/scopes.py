"""The lanes of the model's state: what it expects above, what the app or its server told below."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from pydantic import JsonValue

from harness.values import Value
from reports.html.axis import Axis
from reports.html.lanes import Bar, Lane, captures
from reports.naming import bare
from reports.story import FlowStory, StepStory

_COMPONENTS = ("cache", "status", "commands", "provider", "local_model")
_READY: tuple[JsonValue, ...] = ("ready", "true", True)


class Span(Value):
    """Something that held from one moment to another, epoch ms."""

    start: float
    end: float
    text: str
    key: str  # what tells two of the same lane apart

    def bar(self, axis: Axis, y: float, kind: str, by: str) -> Bar:
        """The span in a lane, in its upper or lower half."""
        x = axis.x(self.start)
        width = round(max(axis.x(self.end) - x, 0.3), 3)
        title = f"{by}: {self.text}"
        return Bar(x=x, width=width, y=y, height=46, kind=kind, title=title, text=self.text)


def scope_lanes(flow: FlowStory, axis: Axis) -> tuple[Lane, ...]:
    """SessionScope, ExecutionScope and readiness, as far as the journal knows them."""
    lanes = (
        _lane(axis, "session", "Session", _expected(flow, axis, _session), _screens(flow, axis)),
        _lane(axis, "execution", "Works in", _expected(flow, axis, _execution), _records(flow)),
        _readiness(flow, axis),
    )
    return tuple(lane for lane in lanes if lane.bars)


def _lane(axis: Axis, kind: str, label: str, model: Iterable[Span], app: Iterable[Span]) -> Lane:
    wanted, seen = list(_joined(model)), list(_joined(app))
    above = (span.bar(axis, 2, "model", "model") for span in wanted)
    below = (span.bar(axis, 52, _kind(span, wanted), "observed") for span in seen)
    changes = len(wanted) - 1
    said = f"changes {changes} times" if changes > 1 else "changes once" if changes else "the same"
    return Lane(kind=kind, label=label, summary=f"{said}; model, app", bars=(*above, *below))


def _kind(span: Span, wanted: list[Span]) -> str:
    """Red where the model expected something else at the end of what was observed."""
    due = next((one for one in wanted if one.start < span.end <= one.end), None)
    return "differs" if due and due.key != span.key else "app"


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans that say the same one after another, as one."""
    for _, alike in groupby(spans, key=lambda span: (span.key, span.text)):
        held = list(alike)
        yield held[0].model_copy(update={"end": held[-1].end})


def _expected(
    flow: FlowStory, axis: Axis, read: Callable[[Mapping[str, JsonValue]], tuple[str, str] | None]
) -> Iterator[Span]:
    """What the model predicts, from the beginning of each step to that of the next."""
    ends = (*(step.started for step in flow.steps[1:]), axis.end)
    for step, end in zip(flow.steps, ends, strict=bool(flow.steps)):
        told = read(step.predicted) if isinstance(step.predicted, dict) else None
        if told is not None:
            yield Span(start=step.started, end=end, key=told[0], text=told[1])


def _session(world: Mapping[str, JsonValue]) -> tuple[str, str] | None:
    scope = world.get("session_scope")
    if not isinstance(scope, dict):
        return None
    return _named(scope.get("session_id"), scope.get("server_key"))


def _execution(world: Mapping[str, JsonValue]) -> tuple[str, str] | None:
    scope = world.get("execution_scope")
    if not isinstance(scope, dict) or "directory" not in scope:
        return None
    directory = bare(str(scope["directory"]))
    return directory, f"{directory}, epoch {scope.get('epoch', '?')}"


def _named(session: JsonValue, server: JsonValue) -> tuple[str, str]:
    name = bare(str(session))
    return name, f"{name} on {bare(str(server))}"


def _screens(flow: FlowStory, axis: Axis) -> Iterator[Span]:
    """The session that the page's address named."""
    seen = [one for step in flow.steps if step.observation for one in step.observation.screens]
    ends = (*(one.t for one in seen[1:]), axis.end)
    for screen, end in zip(seen, ends, strict=bool(seen)):
        scope = screen.scope
        key, text = _named(scope.session_id, scope.server_key) if scope else ("", "no session")
        yield Span(start=screen.t, end=end, key=key, text=text)


def _records(flow: FlowStory) -> Iterator[Span]:
    """The directory that the server's own record named, step by step."""
    for step in flow.steps:
        directory = _held(step)
        if directory is not None and step.ended is not None:
            name = bare(directory)
            yield Span(start=step.started, end=step.ended, key=name, text=name)


def _held(step: StepStory) -> str | None:
    if step.observation is None or not isinstance(step.predicted, dict):
        return None
    scope = step.predicted.get("session_scope")
    wanted = bare(str(scope.get("session_id"))) if isinstance(scope, dict) else ""
    records = step.observation.records
    own = [one for one in records if bare(one.scope.session_id or "") == wanted]
    chosen = own or records
    return chosen[-1].active_directory if len(chosen) == 1 or own else None


def _readiness(flow: FlowStory, axis: Axis) -> Lane:
    """Where the app said that a component of its readiness was missing."""
    signs = [
        sign for capture in captures(flow) for sign in capture.signs if sign.name == "readiness"
    ]
    ends = (*(sign.t for sign in signs[1:]), axis.end)
    told = [
        Span(start=sign.t, end=end, key=" ".join(lacks), text=", ".join(lacks))
        for sign, end in zip(signs, ends, strict=bool(signs))
        if isinstance(sign.value, dict)
        for lacks in [_missing(sign.value)]
    ]
    bars: list[Bar] = []
    for span in _joined(told):
        text = f"waits for {span.text}" if span.key else "ready"
        kind = "waits" if span.key else "app"
        bars.append(span.model_copy(update={"text": text}).bar(axis, 27, kind, "observed"))
    waits = sum(bar.kind == "waits" for bar in bars)
    summary = "always ready" if not waits else f"waits {waits} times" if waits > 1 else "waits once"
    return Lane(kind="readiness", label="Readiness", summary=summary, bars=tuple(bars))


def _missing(told: Mapping[str, JsonValue]) -> list[str]:
    known = {key.replace("-", "_"): value for key, value in told.items()}
    return [name for name in _COMPONENTS if name in known and known[name] not in _READY]
