"""What the probes saw during one step. Times are epoch milliseconds, lengths CSS pixels."""

from typing import Literal

from pydantic import Field, JsonValue

from harness.values import Value

Part = Literal["timeline", "viewport", "composer"]


class Anchor(Value):
    """The first visible message: its row key and where its top edge is below the viewport's."""

    key: str
    offset: float


class Frame(Value):
    """One sample, taken after paint. A node identity is None while the node is not in the page."""

    t: float
    step: int
    timeline: int | None
    viewport: int | None
    composer: int | None
    rows: int
    scroll_top: float
    scroll_height: float
    client_height: float
    anchor: Anchor | None
    repeats: int = 1  # consecutive frames alike to this one, itself included

    @property
    def from_bottom(self) -> float:
        """How far the viewport's lower edge is from the end of the content, in pixels."""
        return self.scroll_height - self.client_height - self.scroll_top


class RowChange(Value):
    """The row keys in the page, in document order, each time they changed."""

    t: float
    step: int
    keys: tuple[str, ...]


class Mount(Value):
    """A watched node entered or left the document."""

    t: float
    step: int
    part: Part
    node: int
    kind: Literal["mount", "unmount"]


class ShiftSource(Value):
    """One element that a layout shift moved; `dy` is how far down it went."""

    node: str
    in_timeline: bool
    dy: float


class Shift(Value):
    """One layout-shift entry of the browser (CLS units, no dimension)."""

    t: float
    step: int
    value: float
    recent_input: bool
    sources: tuple[ShiftSource, ...]


class ScrollWrite(Value):
    """A script moved the viewport: through which API, from where, by whose code."""

    t: float
    step: int
    api: str
    before: float
    value: float | None
    stack: tuple[str, ...]


class LongTask(Value):
    """The main thread was busy for `duration` milliseconds."""

    t: float
    step: int
    duration: float


class SignChange(Value):
    """What the app tells about itself, when it first stood so in a step and at each change.

    The names are the target's (`harness.probe.hooks.SignRule`); "address" is always among them.
    """

    t: float
    step: int
    name: str
    value: JsonValue = None


class ShownRow(Value):
    """A row as it stands at the end of a step; the text is cut after 400 characters."""

    key: str
    text: str


class Capture(Value):
    """All that the recorder held when it was drained."""

    frames: tuple[Frame, ...] = ()
    row_changes: tuple[RowChange, ...] = ()
    mounts: tuple[Mount, ...] = ()
    shifts: tuple[Shift, ...] = ()
    scroll_writes: tuple[ScrollWrite, ...] = ()
    long_tasks: tuple[LongTask, ...] = ()
    signs: tuple[SignChange, ...] = ()
    shown: tuple[ShownRow, ...] = ()  # the last rows only, at most twelve
    unsent: str = ""  # what stood in the composer when it was drained
    lost: int = 0  # samples that the ring had no room for
    sampled: int = 0  # frames sampled since the last drain, repeats included
    cost_ms: float = 0.0  # total time spent sampling them


class RequestScope(Value):
    """Where a request says it belongs; what it does not say is None."""

    server_key: str
    session_id: str | None = None
    directory: str | None = None


class Exchange(Value):
    """One request through the wire and what became of it."""

    id: int
    t_start: float
    t_response: float | None = None
    t_end: float | None = None
    method: str
    path: str
    query: str = ""
    scope: RequestScope
    body: str = ""
    status: int | None = None  # what the browser got
    server_status: int | None = None  # what the server said, also where a rule kept it back
    streaming: bool = False  # an event stream or a websocket: open for as long as the page
    outcome: Literal["open", "done", "failed", "cut", "abandoned"] = "open"
    rules: tuple[str, ...] = ()  # names of the wire rules that touched it

    @property
    def taken(self) -> bool:
        """Whether the server did what was asked, whatever the browser was told."""
        said = self.status if self.server_status is None else self.server_status
        return said is not None and said < 400  # noqa: PLR2004  HTTP


class Prompt(Value):
    """A prompt, command or shell line that left the page, as one exchange carried it."""

    exchange: int
    t: float
    kind: Literal["prompt", "command", "shell"]
    scope: RequestScope
    text: str
    model: str | None = None  # the "provider/model" that it asks for, if it says so
    accepted: bool  # the server answered with success


class ServerEvent(Value):
    """One server-sent event that passed the wire."""

    t: float
    scope: RequestScope
    type: str
    data: JsonValue = None
    busy: bool | None = None  # whether its session is at work, where it tells that


class Witness(Value):
    """What the agent itself saw of a prompt: the directory it was told and the one it printed."""

    t: float
    prompt: str
    told: str | None
    printed: str | None = None


class HeldMessage(Value):
    """A message in the server's own record."""

    id: str
    role: Literal["user", "assistant"]
    text: str
    directory: str | None = None
    complete: bool = True
    pieces: tuple[str, ...] = ()  # its words, cut where tool calls stand between them
    bare: bool = False  # neither words nor tool calls: some apps show nothing of it


class SessionRecord(Value):
    """What a server holds for one session at the end of a step."""

    scope: RequestScope
    active_directory: str | None
    messages: tuple[HeldMessage, ...]
    taken_back_from: str | None = None  # the message from which on all is taken back


class Settled(Value):
    """How a step came to rest. `moving` names what was still in motion at the deadline."""

    quiet: bool
    took_ms: float
    moving: tuple[str, ...] = ()


class Screen(Value):
    """The session that the page's address names, from a moment on; None where it names none."""

    t: float
    scope: RequestScope | None


class ShownReadiness(Value):
    """What an app tells of its readiness.

    Attributes:
        told: by the names of the model's components and of its answers: there, or allowed.
        waits_for: the components that it names to the person as missing before what stands in the
            composer may leave; None where it says nothing of that.
        problem: what it says of something that failed, "" for nothing; None where it cannot say.
    """

    told: dict[str, bool]
    waits_for: tuple[str, ...] | None = None
    problem: str | None = None


class Observation(Value):
    """Everything seen from the start of one step to the start of the next."""

    capture: Capture = Capture()
    exchanges: tuple[Exchange, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    # What the app tells of its readiness (see `ShownReadiness`); None where it does not.
    readiness: dict[str, bool] | None = None
    waits_for: tuple[str, ...] | None = None
    problem: str | None = None
    unsent: str = ""  # the text that stands in the composer at the end of the step
    screens: tuple[Screen, ...] = ()  # what the page's address showed, at each change
    events: tuple[ServerEvent, ...] = ()
    page_errors: tuple[str, ...] = ()  # exceptions that the app did not catch
    witnesses: tuple[Witness, ...] = ()
    records: tuple[SessionRecord, ...] = ()
    settled: Settled = Field(default=Settled(quiet=True, took_ms=0.0))
