"""The run as lines of JSON, written as it happens; reports are made from these lines alone.

Every line is one entry with a `kind`. `SCHEMA` changes when a reader of older lines would
misunderstand newer ones.
"""

import re
from datetime import date
from typing import Annotated, Literal, TextIO

from pydantic import AfterValidator, Field, JsonValue

from harness.coverage import (
    Covered,
    FlowCovered,
    ModelExplored,
    ModelTold,
    SliceExplored,
)
from harness.masking import LineMask
from harness.observations import Observation
from harness.replays import FlowReplayed
from harness.values import Value

SCHEMA = 2  # 2: findings have causes, baselines accept them

Outcome = Literal["pass", "violated", "inconclusive", "not applicable"]
RunVerdict = Literal["pass", "violated", "inconclusive", "infrastructure"]
# Flows or plans; every fault; walks drawn by lot; the model alone, without an app.
Doing = Literal["gate", "prove", "explore", "cover"]

_IN_WORDS = re.compile(r"[a-z]+([ -][a-z]+)*")


def _of_words(cause: str) -> str:
    if not _IN_WORDS.fullmatch(cause):
        raise ValueError("a cause is lower-case words alone, with no figures, ids or paths")
    return cause


# What a finding comes from, such as “composer replaced after the second open-address”: the same in
# every run, so it has no figures.
Cause = Annotated[str, AfterValidator(_of_words)]


class Finding(Value):
    """A property that failed, in words a person understands.

    The causes are each thing that was wrong, in words that stay the same from run to run; a journal
    of an older schema has none.
    """

    property: str
    flow: str
    step: int
    causes: tuple[Cause, ...] = ()
    t: float | None = None  # the frame or request that shows it, epoch ms
    summary: str
    expected: str
    observed: str
    evidence: tuple[str, ...] = ()

    def is_of(self, rule: str, cause: str) -> bool:
        """Whether it is one of this rule, from this cause; "" is that of a journal without any."""
        return self.property == rule and cause in (self.causes or ("",))


class RunStarted(Value):
    """The first line: who ran what against what."""

    kind: Literal["run-started"] = "run-started"
    schema_version: int = SCHEMA
    doing: Doing = "gate"
    masked: bool = True  # whether secrets and home directories are taken out
    run_id: str
    t: float
    harness_version: str
    target: str
    app_version: str
    fault: str | None = None
    flows: tuple[str, ...]
    left_out: dict[str, str] = Field(default_factory=dict)  # flow -> what the app has no way to do
    baseline: str = ""  # the file of accepted findings
    faults: tuple[str, ...] = ()  # of a kill matrix: what is tried beside the app as it is
    environment: dict[str, str] = Field(default_factory=dict)
    again: tuple[str, ...] = ()  # what `harness gate` takes beside a plan to run against the same


class FlowStarted(Value):
    """A flow begins; `plan` is what `harness gate --plan` takes to run it again."""

    kind: Literal["flow-started"] = "flow-started"
    flow: str
    title: str
    t: float
    plan: JsonValue
    names: dict[str, str] = Field(
        default_factory=dict
    )  # the plan's words for sessions and directories -> the real ones
    by_hand: tuple[str, ...] = ()  # what a person needs who tries it without the harness


class StepStarted(Value):
    """An action is about to be performed."""

    kind: Literal["step-started"] = "step-started"
    flow: str
    step: int
    title: str
    action: JsonValue
    t: float
    by_hand: str = ""  # what a person does who tries it without the harness


class StepObserved(Value):
    """The step came to rest: what the model predicts, and what the probes saw."""

    kind: Literal["step-observed"] = "step-observed"
    flow: str
    step: int
    t: float
    predicted: JsonValue
    observation: Observation
    screenshot: str | None = None  # file name beside the journal


class PropertyJudged(Value):
    """One property's verdict on one flow, with the evidence it looked at."""

    kind: Literal["property-judged"] = "property-judged"
    flow: str
    property: str
    outcome: Outcome
    evidence: int
    unit: str  # what is counted: "frames", "prompts", ...
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    doubt: str = ""  # why it would be inconclusive without its findings


class Acceptance(Value):
    """A cause of findings that a person has accepted for a while."""

    flow: str
    property: str
    cause: Cause
    reason: str = Field(min_length=1)
    until: date  # the last day on which it holds, in UTC


class BaselineApplied(Value):
    """What a baseline says of one flow, after every property has judged it."""

    kind: Literal["baseline-applied"] = "baseline-applied"
    flow: str
    strict: bool = False  # whether what is mended fails, too
    accepted: tuple[Acceptance, ...] = ()  # what was found
    mended: tuple[Acceptance, ...] = ()  # what was looked for and not found
    expired: tuple[Acceptance, ...] = ()  # what is over, and accepts nothing

    def accepting(self, finding: Finding) -> tuple[Acceptance, ...]:
        """What accepts each cause of a finding; nothing where one of them is not accepted."""
        known = {each.cause: each for each in self.accepted if each.property == finding.property}
        all_known = all(cause in known for cause in finding.causes)
        return tuple(known[cause] for cause in finding.causes) if all_known else ()

    def outcome_of(self, judged: PropertyJudged) -> Outcome:
        """A property's outcome once its accepted findings count no more."""
        if judged.outcome != "violated" or not all(map(self.accepting, judged.findings)):
            return judged.outcome
        return "inconclusive" if judged.doubt else "pass"


class FlowRecorded(Value):
    """What Playwright recorded of a flow: names of files beside the journal, "" for none."""

    kind: Literal["flow-recorded"] = "flow-recorded"
    flow: str
    trace: str = ""  # for Playwright's trace viewer
    video: str = ""


class WalkEnded(Value):
    """A walk of an exploration is over; what it found stands as a flow of its own."""

    kind: Literal["walk-ended"] = "walk-ended"
    walk: str
    t: float
    verdict: RunVerdict
    reason: str = ""
    actions: int  # that were performed, those of making it small too
    seconds: float
    covered: Covered


class FlowEnded(Value):
    """A flow is over."""

    kind: Literal["flow-ended"] = "flow-ended"
    flow: str
    t: float
    verdict: RunVerdict
    reason: str = ""


class MatrixRow(Value):
    """One row of the kill matrix: a fault, or the app as it is, judged over all flows."""

    kind: Literal["matrix-row"] = "matrix-row"
    t: float  # when the row was done
    fault: str = ""  # empty for the app as it is
    title: str = ""  # what goes wrong, as a person would tell it
    tied_to: str = ""  # the property that must catch it
    found: dict[str, int] = Field(default_factory=dict)  # property -> its findings in all flows
    doubts: dict[str, str] = Field(default_factory=dict)  # property -> why it was inconclusive
    complaint: str = ""  # what is not as it must be
    flows: tuple[str, ...] = ()  # that were performed: the others do not execute what is changed
    caught_in: str = ""  # the first flow in which its own property caught it
    seconds: float = 0.0

    @property
    def caught_by(self) -> tuple[str, ...]:
        """The properties with a finding."""
        return tuple(name for name, count in self.found.items() if count)


class RunEnded(Value):
    """The last line; a journal without it belongs to a run that died."""

    kind: Literal["run-ended"] = "run-ended"
    t: float
    verdict: RunVerdict
    reason: str = ""


Entry = Annotated[
    RunStarted
    | FlowStarted
    | StepStarted
    | StepObserved
    | PropertyJudged
    | BaselineApplied
    | FlowRecorded
    | ModelTold
    | FlowCovered
    | WalkEnded
    | SliceExplored
    | ModelExplored
    | FlowEnded
    | FlowReplayed
    | MatrixRow
    | RunEnded,
    Field(discriminator="kind"),
]


class Journal:
    """Appends entries to a file, one line each, flushed at once so that a crash loses nothing.

    Args:
        stream: the file, which is passed on and kept.
        mask: takes out of a line what is nobody's business there.
        masked: whether it does.
    """

    def __init__(
        self, stream: TextIO, mask: LineMask | None = None, *, masked: bool = True
    ) -> None:
        self._stream = stream
        self._mask = (mask or LineMask.this()) if masked else None

    def write(self, entry: Entry) -> None:
        """Append one entry, masked, and flush it."""
        line = entry.model_dump_json()
        self._stream.write((self._mask.line(line) if self._mask else line) + "\n")
        self._stream.flush()
