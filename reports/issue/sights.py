"""The page before a finding, when it was seen, and at the end of its step."""

from collections.abc import Callable, Sequence

from pydantic import Field, JsonValue

from harness.journal import Finding
from harness.observations import Frame, Observation
from harness.values import Value
from reports.figures import cut, number
from reports.issue.rules import Matter
from reports.story import FlowStory

_HAIR = 1.0  # ms: what is told of one frame is not stamped at one time


class Sight(Value):
    """What was seen at one moment; what is not known is None, or has no sign."""

    name: str
    frame: Frame | None = None
    signs: dict[str, JsonValue] = Field(default_factory=dict)
    unsent: str | None = None
    readiness: dict[str, bool] | None = None


Reader = Callable[[Sight], str | None]


def sights(flow: FlowStory, finding: Finding) -> tuple[Sight, ...]:
    """The moments of a finding, as far as the journal has them, in the order of time."""
    step, before = flow.step(finding.step), flow.step(finding.step - 1)
    now = step.observation if step else None
    found: list[Sight] = []
    if before and before.observation:
        found.append(_at_rest("before the step", before.observation))
    elif now:
        found.append(_at(now, "when the step began", None))
    if now and step and finding.t is not None:
        passed = max(0.0, finding.t - step.started)
        found.append(_at(now, f"when it broke, {passed:,.0f} ms into the step", finding.t))
    if now:
        found.append(_at_rest("at the end of the step", now))
    return tuple(found)


def table_of(matters: Sequence[Matter], seen: Sequence[Sight]) -> list[list[str]]:
    """Head and rows of the table of these matters; empty where nothing is known of them."""
    readers = [pair for matter in matters for pair in READERS.get(matter, ())]
    rows = [[label, *(read(sight) or "" for sight in seen)] for label, read in readers]
    known = [row for row in rows if any(row[1:])]
    if not known:
        return []
    wanted = [0, *_telling(known)]
    return [[line[n] for n in wanted] for line in (["", *(s.name for s in seen)], *known)]


def _telling(rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns that tell something: of three moments one may be like the first or the last."""
    if len(rows[0]) == 2:  # noqa: PLR2004  one moment
        return [1]
    before, *later = zip(*(row[1:] for row in rows), strict=True)
    new = [n for n, column in enumerate(later, start=2) if n == 2 or column != later[n - 3]]  # noqa: PLR2004
    if len(new) > 1 and (later[0] == before or not any(later[0])):
        new = new[1:]
    return [1, *new]


def _at(seen: Observation, name: str, t: float | None) -> Sight:
    """At a moment; without one, at the first that is known."""
    frames, signs = seen.capture.frames, seen.capture.signs
    first = min((frame.t for frame in frames), default=0.0) if t is None else t
    until = [frame for frame in frames if frame.t <= first + _HAIR]
    told = {sign.name: sign.value for sign in signs if sign.t <= first + _HAIR}
    return Sight(name=name, frame=until[-1] if until else None, signs=told)


def _at_rest(name: str, seen: Observation) -> Sight:
    frames = seen.capture.frames
    return Sight(
        name=name,
        frame=frames[-1] if frames else None,
        signs={sign.name: sign.value for sign in seen.capture.signs},
        unsent=seen.unsent,
        readiness=seen.readiness,
    )


def _of_frame(read: Callable[[Frame], str]) -> Reader:
    return lambda sight: read(sight.frame) if sight.frame else None


def _element(part: str) -> Reader:
    def read(frame: Frame) -> str:
        node = getattr(frame, part)
        return "none" if node is None else f"no. {node}"

    return _of_frame(read)


def _sign(name: str, key: str = "") -> Reader:
    """What the app itself tells; of several facts the one of that key."""

    def read(sight: Sight) -> str | None:
        value = sight.signs.get(name)
        if isinstance(value, dict) and key:
            value = value.get(key)
        return _said(value) if name in sight.signs else None

    return read


def _said(value: JsonValue) -> str:
    match value:
        case None | [] | "":
            return "nothing"
        case True | False:
            return "yes" if value else "no"
        case list():
            return cut(", ".join(_said(one) for one in value), 200)
        case dict():
            return cut(", ".join(f"{name}: {_said(one)}" for name, one in value.items()), 200)
        case _:
            return cut(str(value), 200)


def _composer(sight: Sight) -> str | None:
    told = _sign("draft")(sight)
    if told is not None or sight.unsent is None:
        return told
    return _said(sight.unsent)


def _readiness(sight: Sight) -> str | None:
    if told := sight.signs.get("readiness"):
        parts = told if isinstance(told, dict) else {}
        return _said({name: value for name, value in parts.items() if name != "component"})
    if sight.readiness is None:
        return None
    words = {True: "ready", False: "pending"}
    return ", ".join(f"{name}: {words[ready]}" for name, ready in sight.readiness.items())


def _anchor(frame: Frame) -> str:
    return frame.anchor.key if frame.anchor else "none"


def _edge(frame: Frame) -> str:
    return f"{frame.anchor.offset:,.1f} px" if frame.anchor else ""


READERS: dict[Matter, tuple[tuple[str, Reader], ...]] = {
    "elements": (
        ("timeline element", _element("timeline")),
        ("scrolling element", _element("viewport")),
        ("composer element", _element("composer")),
    ),
    "rows": (("messages rendered", _of_frame(lambda frame: str(frame.rows))),),
    "height": (("content height", _of_frame(lambda f: f"{number(f.scroll_height)} px")),),
    "scroll": (
        ("scroll position (scrollTop)", _of_frame(lambda f: f"{number(f.scroll_top)} px")),
        ("distance from the end", _of_frame(lambda f: f"{number(f.from_bottom)} px")),
    ),
    "anchor": (
        ("first message in view", _of_frame(_anchor)),
        ("its top edge, from that of the view", _of_frame(_edge)),
    ),
    "address": (("the page's address", _sign("address")),),
    "directory": (("directory that the app shows", _sign("execution", "directory")),),
    "changes": (("files listed as changed", _sign("diff")),),
    "artifacts": (("artifacts listed", _sign("artifacts")),),
    "composer": (("text in the composer", _composer),),
    "queue": (("prompts shown as waiting", _sign("queue")),),
    "busy": (("shown as busy", _sign("busy")),),
    "readiness": (("shown as ready", _readiness),),
}
