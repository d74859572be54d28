"""Since when a finding is there: new, since some run, or one that comes and goes."""

from collections.abc import Sequence

from harness.journal import Finding, PropertyJudged
from reports.figures import counted
from reports.history.points import Point, streak


def since(seen: Sequence[Point], finding: Finding) -> str:
    """In a few words, such as `since run 4 (…)`; nothing where no earlier run tells.

    Args:
        seen: the finding's flow in the last runs, as `points` gives it.
        finding: one of the last of them; the same is one of the same rule with its causes.
    """
    told = [(point, known) for point in seen if (known := _found(point, finding)) is not None]
    if len(told) < 2:  # noqa: PLR2004 - there is nothing to compare with
        return ""
    held = [known for _, known in told]
    length, times = streak(held), sum(held)
    first = told[-length][0]
    if length == len(told):
        return f"at least since {first.name}"
    before = told[-length - 1][0]
    if times > length:
        return f"comes and goes: in {times} of {counted(len(told), 'runs')}, not in {before.name}"
    if length == 1:
        return f"new: not in {before.name}"
    return f"since {first.name}"


def _found(point: Point, finding: Finding) -> bool | None:
    """Whether a run found the same; None where it does not tell."""
    judged = _judged(point, finding.property)
    if judged is None or judged.outcome not in {"pass", "violated"}:
        return None
    causes = {cause for each in judged.findings for cause in each.causes}
    return bool(judged.findings) and causes.issuperset(finding.causes)


def _judged(point: Point, rule: str) -> PropertyJudged | None:
    return next((each for each in reversed(point.flow.judged) if each.property == rule), None)
