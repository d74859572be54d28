"""What a made-up performance of a plan says."""

from harness.journal import Finding, PropertyJudged
from harness.plans import Plan


def judged(plan: Plan, step: int, cause: str) -> PropertyJudged:
    """A violation in a step, for a cause."""
    finding = Finding(
        property="some-rule",
        flow=plan.name,
        step=step,
        causes=(cause,),
        summary=f"at step {step} of {len(plan.actions)}",
        expected="a",
        observed="b",
    )
    return PropertyJudged(
        flow=plan.name,
        property="some-rule",
        outcome="violated",
        evidence=1,
        unit="frames",
        findings=(finding,),
    )
