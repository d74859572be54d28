"""The reading model that all writers share: one run, its flows and their steps."""

from pydantic import JsonValue

from harness.journal import Finding, MatrixRow, PropertyJudged, RunStarted, RunVerdict
from harness.observations import Frame, Observation
from harness.values import Value


class StepStory(Value):
    """One action and what came of it; `observation` is None if the run died in it."""

    number: int
    title: str
    action: JsonValue = None
    by_hand: str = ""
    started: float
    ended: float | None = None
    predicted: JsonValue = None
    observation: Observation | None = None
    screenshot: str | None = None


class FlowStory(Value):
    """One flow: its steps in order and a verdict for each property. Times are epoch ms."""

    flow: str
    title: str
    plan: JsonValue = None
    names: dict[str, str]
    by_hand: tuple[str, ...] = ()
    started: float
    ended: float
    verdict: RunVerdict
    reason: str = ""
    steps: tuple[StepStory, ...] = ()
    judged: tuple[PropertyJudged, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What broke, in the order of the steps."""
        found = (finding for judged in self.judged for finding in judged.findings)
        return tuple(sorted(found, key=lambda finding: (finding.step, finding.t or 0)))

    @property
    def frames(self) -> tuple[Frame, ...]:
        """Every sample of the flow in order of time."""
        seen = (step.observation for step in self.steps)
        frames = (frame for one in seen if one for frame in one.capture.frames)
        return tuple(sorted(frames, key=lambda frame: frame.t))

    def step(self, number: int) -> StepStory | None:
        """The step of that number, if it was begun."""
        return next((step for step in self.steps if step.number == number), None)


class Run(Value):
    """A whole run. `started` is None if not even the first line could be read.

    The run of a kill matrix has rows in place of flows; `untried` are the faults it did not come
    to.
    """

    started: RunStarted | None
    ended: float | None = None
    flows: tuple[FlowStory, ...] = ()
    not_run: tuple[str, ...] = ()
    matrix: tuple[MatrixRow, ...] = ()
    untried: tuple[str, ...] = ()
    verdict: RunVerdict
    reason: str = ""
    damage: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What broke, flow by flow."""
        return tuple(finding for flow in self.flows for finding in flow.findings)

    @property
    def is_matrix(self) -> bool:
        """Whether this is the run of a kill matrix."""
        return bool(self.matrix or (self.started and self.started.faults))

    @property
    def properties(self) -> tuple[str, ...]:
        """The ids of all properties judged, in the order in which they first appear."""
        return tuple(dict.fromkeys(one.property for flow in self.flows for one in flow.judged))
