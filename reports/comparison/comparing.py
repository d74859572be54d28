"""What is otherwise in one run than in another: rule by rule and flow by flow, by causes."""

from collections.abc import Iterator
from typing import Literal

from harness.journal import Finding, Outcome, PropertyJudged
from harness.values import Value
from reports.figures import counted
from reports.story import FlowStory, Run

Turn = Literal["worse", "better", "changed", "unclear", "same"]
WORDS: dict[Turn, str] = {
    "worse": "got worse",
    "better": "got better",
    "changed": "broken otherwise",
    "unclear": "cannot be compared",
    "same": "as before",
}
UNNAMED = "a finding of a journal without causes"


class Side(Value):
    """One rule in one flow in one of the two runs; None where the flow was not judged by it."""

    outcome: Outcome | None = None
    reason: str = ""
    evidence: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def causes(self) -> frozenset[str]:
        """What was wrong, in words that stay the same from run to run."""
        named = (finding.causes or (UNNAMED,) for finding in self.findings)
        return frozenset(cause for causes in named for cause in causes)

    @property
    def tells(self) -> bool:
        """Whether it says if the rule held."""
        return self.outcome in {"pass", "violated"}


class Line(Value):
    """One rule in one flow, before and after."""

    flow: str
    title: str
    rule: str
    before: Side
    after: Side

    @property
    def new(self) -> tuple[str, ...]:
        """The causes that came."""
        return tuple(sorted(self.after.causes - self.before.causes))

    @property
    def gone(self) -> tuple[str, ...]:
        """The causes that went."""
        return tuple(sorted(self.before.causes - self.after.causes))

    @property
    def turn(self) -> Turn:
        """Which way it went; only what both runs tell can be compared.

        A finding is one also where there is doubt beside it, so a rule that is violated after it
        told nothing is unclear, not worse: it may have been broken before.
        """
        if not (self.before.tells and self.after.tells):
            return "same" if self.before.outcome == self.after.outcome else "unclear"
        if self.new and self.gone:
            return "changed"
        if self.new:
            return "worse"
        return "better" if self.gone else "same"


class Comparison(Value):
    """Two runs side by side, `before` being the older."""

    before: Run
    after: Run
    lines: tuple[Line, ...]

    def of(self, *turns: Turn) -> tuple[Line, ...]:
        """The lines that went one of these ways."""
        return tuple(line for line in self.lines if line.turn in turns)

    @property
    def turn(self) -> Turn:
        """The whole: worse where anything is; unclear where nothing can be compared."""
        if self.of("worse", "changed"):
            return "worse"
        if not any(line.before.tells and line.after.tells for line in self.lines):
            return "unclear"
        return "better" if self.of("better") else "same"


def compared(before: Run, after: Run) -> Comparison:
    """Compare two runs; a flow or rule of only one of them stands against nothing."""
    old, new = _flows(before), _flows(after)
    lines = (line for flow in {**old, **new} for line in _lines(flow, old.get(flow), new.get(flow)))
    return Comparison(before=before, after=after, lines=tuple(lines))


def name_of(run: Run) -> str:
    """A run in a few words: target and release, with the fault if it had one."""
    if run.started is None:
        return "a run without a beginning"
    fault = f" with {run.started.fault}" if run.started.fault else ""
    return f"{run.started.target} {run.started.app_version}{fault}"


def _flows(run: Run) -> dict[str, FlowStory]:
    return {flow.flow: flow for flow in run.flows}


def _lines(name: str, old: FlowStory | None, new: FlowStory | None) -> Iterator[Line]:
    before, after = _judged(old), _judged(new)
    title = next(flow.title for flow in (new, old) if flow)
    for rule in {**before, **after}:
        old_side, new_side = _side(before.get(rule)), _side(after.get(rule))
        yield Line(flow=name, title=title, rule=rule, before=old_side, after=new_side)


def _judged(flow: FlowStory | None) -> dict[str, PropertyJudged]:
    return {each.property: each for each in flow.judged} if flow else {}


def _side(judged: PropertyJudged | None) -> Side:
    if judged is None:
        return Side()
    return Side(
        outcome=judged.outcome,
        reason=judged.reason or judged.doubt,
        evidence=counted(judged.evidence, judged.unit),
        findings=judged.findings,
    )
