"""The reading model that all writers share: one run, its flows and their steps."""

from collections.abc import Collection
from typing import Self

from pydantic import JsonValue

from harness.coverage import Covered, Exercisable, ModelExplored, SliceExplored
from harness.journal import (
    Acceptance,
    BaselineApplied,
    Doing,
    Finding,
    FlowRecorded,
    MatrixRow,
    Outcome,
    PropertyJudged,
    RunStarted,
    RunVerdict,
    WalkEnded,
)
from harness.observations import Frame, Observation
from harness.replays import Replays
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
    baseline: BaselineApplied | None = None
    recorded: FlowRecorded | None = None
    replays: Replays | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found, in the order of the steps."""
        found = (finding for judged in self.judged for finding in judged.findings)
        return tuple(sorted(found, key=lambda finding: (finding.step, finding.t or 0)))

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The findings that nobody has accepted."""
        return tuple(finding for finding in self.findings if not self.accepting(finding))

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """The findings that the baseline accepts."""
        return tuple(finding for finding in self.findings if self.accepting(finding))

    def accepting(self, finding: Finding) -> tuple[Acceptance, ...]:
        """What accepts a finding, a cause each; nothing where it is not accepted."""
        return self.baseline.accepting(finding) if self.baseline else ()

    def outcome_of(self, judged: PropertyJudged) -> Outcome:
        """A property's outcome once its accepted findings count no more."""
        return self.baseline.outcome_of(judged) if self.baseline else judged.outcome

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
    to. That of an exploration has walks, and a flow for each finding; that of the model alone has
    slices. `covered` is what of the model was exercised, by the name of the flow or walk.
    """

    started: RunStarted | None
    ended: float | None = None
    flows: tuple[FlowStory, ...] = ()
    not_run: tuple[str, ...] = ()
    matrix: tuple[MatrixRow, ...] = ()
    untried: tuple[str, ...] = ()
    exercisable: Exercisable | None = None
    covered: tuple[tuple[str, Covered], ...] = ()
    walks: tuple[WalkEnded, ...] = ()
    slices: tuple[SliceExplored, ...] = ()
    explored: ModelExplored | None = None
    verdict: RunVerdict
    reason: str = ""
    damage: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found, flow by flow."""
        return tuple(finding for flow in self.flows for finding in flow.findings)

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The findings that nobody has accepted."""
        return tuple(finding for flow in self.flows for finding in flow.broken)

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """The findings that the baseline accepts."""
        return tuple(finding for flow in self.flows for finding in flow.accepted)

    @property
    def mended(self) -> tuple[Acceptance, ...]:
        """What is accepted and was not found any more."""
        applied = (flow.baseline for flow in self.flows if flow.baseline)
        return tuple(each for one in applied for each in one.mended)

    @property
    def expired(self) -> tuple[Acceptance, ...]:
        """What was accepted, up to a day that is over."""
        applied = (flow.baseline for flow in self.flows if flow.baseline)
        return tuple(each for one in applied for each in one.expired)

    def limited_to(self, flows: Collection[str]) -> Self:
        """The same run as if it had only these of its flows."""
        kept = tuple(flow for flow in self.flows if flow.flow in flows)
        return self.model_copy(update={"flows": kept})

    @property
    def doing(self) -> Doing:
        """What kind of run it is; one that is cut off tells by what it has."""
        if self.is_matrix:
            return "prove"
        return self.started.doing if self.started else "gate"

    @property
    def is_matrix(self) -> bool:
        """Whether this is the run of a kill matrix."""
        return bool(self.matrix or (self.started and self.started.faults))

    @property
    def properties(self) -> tuple[str, ...]:
        """The ids of all properties judged, in the order in which they first appear."""
        return tuple(dict.fromkeys(one.property for flow in self.flows for one in flow.judged))
