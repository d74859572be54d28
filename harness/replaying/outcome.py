"""What came of a counterexample that was run again."""

from collections.abc import Sequence
from typing import NamedTuple

from harness.journal import Entry, Finding, FlowEnded, PropertyJudged
from harness.replaying.counterexample import Counterexample, Expected
from harness.replaying.fitting import Stale


class Replayed(NamedTuple):
    """What came of one run.

    Attributes:
        flow: its name in the journal.
        met: the findings of the counterexample that came again.
        findings: all of them, in the order of the steps.
        doubt: why nothing is known where none of them came; empty where they are gone.
        down: whether the app, the browser or a hook was gone.
    """

    flow: str
    met: tuple[Expected, ...]
    findings: tuple[Finding, ...]
    doubt: str = ""
    down: bool = False

    @property
    def step(self) -> int | None:
        """After how many actions the first of what came again was met; None where nothing was."""
        same = (
            each for each in self.findings for met in self.met if met.met_by(each, loosely=True)
        )
        return next((each.step for each in same), None)

    def __str__(self) -> str:
        """What came of it, in a sentence."""
        if self.met:
            return f"reproduced: {_told(self.findings, self.met[0])}"
        if self.doubt:
            return f"not known: {self.doubt}"
        others = len({(each.property, each.causes) for each in self.findings})
        if others:
            first = self.findings[0]
            more = f", and {others - 1} more" if others > 1 else ""
            return f"not this finding, but another: {first.property}, {first.summary}{more}"
        return "not reproduced: everything held"


class Outcome(NamedTuple):
    """What came of all runs.

    Attributes:
        left_out: the steps that no longer apply.
        runs: one after another.
        smaller: the counterexample with a smaller plan, where one was looked for and found.
        sure: whether it was met each time when it was found; else nobody knows that it is gone.
    """

    left_out: tuple[Stale, ...]
    runs: tuple[Replayed, ...]
    smaller: Counterexample | None = None
    sure: bool = True

    @property
    def times_met(self) -> int:
        """How many runs gave a finding of the counterexample."""
        return sum(bool(run.met) for run in self.runs)

    @property
    def exit_code(self) -> int:
        """By the conventions of the gate: 1 with a finding, 0 where it is known to be gone."""
        if any(run.findings for run in self.runs):
            return 1
        if any(run.down for run in self.runs):
            return 3
        return 2 if self._doubtful or not self.sure else 0

    @property
    def _doubtful(self) -> bool:
        return any(run.doubt or run.down for run in self.runs)

    def __str__(self) -> str:
        """What came of it, in a sentence."""
        count = len(self.runs)
        if self.times_met:
            often = f" in {self.times_met} of {count} runs" if count > 1 else ""
            return f"Reproduced{often}."
        if self.exit_code == 1:
            return "Not reproduced, but something else broke."
        if self._doubtful:
            return "Not known."
        why = "it is gone" if self.sure else "it was not met each time when it was found, either"
        return f"Not reproduced{f' in {count} runs' if count > 1 else ''}: {why}."


def replayed(
    case: Counterexample, flow: str, entries: Sequence[Entry], *, loosely: bool = False
) -> Replayed:
    """What the journal's entries of one flow say of a counterexample.

    Args:
        case: what is looked for.
        flow: its name.
        entries: of that flow.
        loosely: steps were left out; see `Expected.met_by`.
    """
    judged = [entry for entry in entries if isinstance(entry, PropertyJudged)]
    (ended,) = (entry for entry in entries if isinstance(entry, FlowEnded))
    found = sorted((each for one in judged for each in one.findings), key=lambda each: each.step)
    met = case.met_in(found, loosely=loosely)
    return Replayed(
        flow=flow,
        met=met,
        findings=tuple(found),
        doubt="" if met else ended.reason or _unjudged(case, judged),
        down=ended.verdict == "infrastructure",
    )


def _unjudged(case: Counterexample, judged: Sequence[PropertyJudged]) -> str:
    """Why a rule of the counterexample does not say whether its finding is gone."""
    by_rule = {one.property: one for one in judged}
    for expected in case.findings:
        one = by_rule.get(expected.property)
        if one is None or one.outcome not in {"pass", "violated"}:
            why = (one.reason or one.doubt) if one else "nothing was performed"
            return f"{expected.property} has judged nothing: {why}"
    return ""


def _told(findings: Sequence[Finding], expected: Expected) -> str:
    same = [each for each in findings if expected.met_by(each, loosely=True)]
    return f"{expected.property}, {same[0].summary if same else expected.summary}"
