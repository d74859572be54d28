"""What a property says of one flow, and how properties are declared."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from harness.journal import Finding, Outcome, PropertyJudged
from harness.trace import Step, Trace
from harness.values import Value

# Which of the actions of one name a step is; beyond these they are not told apart.
_NTH = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WHICH = re.compile(r" after (?:the \w+|a later) (?=[\w-]+$)")


class Wrong(NamedTuple):
    """One thing that is not as it must be: what is said of it here, and what it is in any run."""

    said: str
    cause: str


class Judgement(Value):
    """An outcome with the count of the evidence that was looked at, and what failed."""

    outcome: Outcome
    evidence: int
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    doubt: str = ""  # why it would be inconclusive without its findings


class Property(Value):
    """A rule: its id, the words of the seed that it comes from, and the function that judges."""

    id: str
    source: str
    unit: str  # what its evidence counts
    check: Callable[[Trace], Judgement]

    def judged(self, trace: Trace) -> PropertyJudged:
        """Judge one flow, as a journal entry."""
        found = _unless_restless(self.check(trace), trace)
        return PropertyJudged(
            flow=trace.flow,
            property=self.id,
            outcome=found.outcome,
            evidence=found.evidence,
            unit=self.unit,
            reason=found.reason,
            findings=found.findings,
            doubt=found.doubt,
        )


def _unless_restless(found: Judgement, trace: Trace) -> Judgement:
    """A pass on a flow in which a step did not come to rest is not known to be one."""
    restless = next((step for step in trace.steps if not step.observation.settled.quiet), None)
    if restless is None:
        return found
    moving = ", ".join(restless.observation.settled.moving)
    reason = f"{restless.action.name} (step {restless.index}) did not come to rest: {moving}"
    return inconclusive(found, [reason])


def judge(evidence: int, findings: Sequence[Finding], *, lacking: str, lost: int = 0) -> Judgement:
    """Violated with a finding; inconclusive without evidence or with some of it lost; else pass.

    Args:
        evidence: how many frames, prompts or messages were looked at.
        findings: what failed, in the order of the steps.
        lacking: the reason to give when there was nothing to look at.
        lost: samples that the recorder dropped: what they showed is not known.
    """
    overflowed = [f"the recorder's ring overflowed and {lost} samples were lost"] if lost else []
    if findings:
        found = Judgement(outcome="violated", evidence=evidence, findings=tuple(findings))
        return inconclusive(found, overflowed)
    if not evidence:
        return Judgement(outcome="inconclusive", evidence=0, reason=lacking)
    return inconclusive(Judgement(outcome="pass", evidence=evidence), overflowed)


def not_exercised(reason: str) -> Judgement:
    """The flow has nothing that the rule speaks of."""
    return Judgement(outcome="not applicable", evidence=0, reason=reason)


def inconclusive(found: Judgement, doubts: Sequence[str]) -> Judgement:
    """The judgement, or inconclusive with the first doubt when it would be a pass.

    Beside findings the doubt is kept: they may be accepted, and then it is all that is known.
    """
    if found.outcome == "violated" and doubts and not found.doubt:
        return found.model_copy(update={"doubt": doubts[0]})
    if found.outcome != "pass" or not doubts:
        return found
    return found.model_copy(update={"outcome": "inconclusive", "reason": doubts[0]})


def finding(  # noqa: PLR0913  a finding has as many parts
    property_id: str,
    trace: Trace,
    step: Step,
    *,
    causes: Iterable[str],
    summary: str,
    expected: str,
    observed: str,
    t: float | None = None,
    evidence: tuple[str, ...] = (),
) -> Finding:
    """A finding of one step; `summary` goes on from "after <action> …".

    Each of the `causes` is told before "after <action>". It is one of a few that the rule knows, in
    words without figures, names of the plan or texts of a person: whoever accepts it is to meet
    the same one in the next run.
    """
    return Finding(
        property=property_id,
        flow=trace.flow,
        step=step.index,
        causes=tuple(f"{cause} after {_told(trace, step)}" for cause in dict.fromkeys(causes)),
        t=t,
        summary=f"after {step.action.name} {summary}",
        expected=expected,
        observed=observed,
        evidence=evidence,
    )


def _told(trace: Trace, step: Step) -> str:
    """The action of a step, told from those of the same name before it: `the second send-prompt`.

    Not the step's number: steps that come before it in another release leave the cause as it is.
    """
    name = step.action.name
    earlier = sum(each.action.name == name for each in trace.steps if each.index < step.index)
    if not earlier:
        return name
    return f"the {_NTH[earlier - 1]} {name}" if earlier <= len(_NTH) else f"a later {name}"


def unnumbered(cause: str) -> str:
    """A cause without which of the actions of one name it was.

    Where steps are left out, or others come before, `after the second reload` is `after reload`.
    """
    return _WHICH.sub(" after ", cause)
