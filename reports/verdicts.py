"""The words and signs of verdicts, and a run's verdict as one headline and one sentence."""

from collections import Counter
from collections.abc import Callable

from harness.journal import Doing, Finding
from harness.values import Value
from reports import matrix, modelled
from reports.figures import counted, cut
from reports.story import FlowStory, Run

SIGN = {
    "pass": "✓",
    "violated": "✕",
    "inconclusive": "?",
    "not applicable": "-",
    "infrastructure": "!",
    "accepted": "~",
}
# What a run of another kind than a gate came to: in a few words, and in a sentence or two.
_WORDS: dict[Doing, tuple[Callable[[Run], str], Callable[[Run], str]]] = {
    "prove": (matrix.headline, matrix.detail),
    "explore": (modelled.explored, modelled.drawn),
    "cover": (modelled.covered, modelled.packed),
}


class Headline(Value):
    """`title` in a few words, `detail` in one or two sentences."""

    title: str
    detail: str


def headline(run: Run) -> Headline:
    """What the run came to, for the top of every report."""
    if run.verdict == "infrastructure":
        return Headline(title="The run did not finish", detail=_died(run))
    if run.doing != "gate":
        title, detail = _WORDS[run.doing]
        return Headline(title=title(run), detail=detail(run))
    if run.verdict == "violated" and run.mended and not run.broken:
        return Headline(title="The baseline is out of date", detail=_stale(run))
    if run.verdict == "violated":
        return Headline(title=_broke(run), detail=_where(run))
    if run.verdict == "inconclusive":
        return Headline(title="No verdict: evidence is missing", detail=_missing(run))
    title = "Nothing new broke" if run.accepted else "Everything held"
    return Headline(title=title, detail=_checked(run))


def evidence(run: Run) -> str:
    """All that was looked at, counted by unit: `1,204 frames and 8 prompts`."""
    most: Counter[tuple[str, str]] = Counter()
    for flow in run.flows:
        for one in flow.judged:  # several properties look at the same frames: count them once
            most[flow.flow, one.unit] = max(most[flow.flow, one.unit], one.evidence)
    units: Counter[str] = Counter()
    for (_, unit), count in most.items():
        units[unit] += count
    return listed([counted(count, unit) for unit, count in units.items() if count])


def listed(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def place(flow: FlowStory, finding: Finding) -> str:
    """Where a finding stands: `step 4 “agent exits the worktree”`."""
    step = flow.step(finding.step)
    return f"step {finding.step} “{step.title}”" if step else f"step {finding.step}"


def _checked(run: Run) -> str:
    steps = sum(len(flow.steps) for flow in run.flows)
    return (
        f"{counted(_judged(run), 'rules')} over {counted(len(run.flows), 'flows')} and "
        f"{counted(steps, 'steps')}, judged on {evidence(run) or 'no evidence'}."
    )


def _judged(run: Run) -> int:
    """How many rules were judged in any flow; one that none exercises is not counted."""
    judged = (one for flow in run.flows for one in flow.judged)
    return len({one.property for one in judged if one.outcome != "not applicable"})


def _broke(run: Run) -> str:
    flows = sum(flow.verdict == "violated" for flow in run.flows)
    rules = len({finding.property for finding in run.broken})
    return f"{counted(rules, 'rules')} broke in {flows} of {counted(len(run.flows), 'flows')}"


def _where(run: Run) -> str:
    places: dict[tuple[str, int], str] = {}
    for flow in run.flows:
        for finding in flow.broken:
            step = flow.step(finding.step)
            places.setdefault((flow.flow, finding.step), step.title if step else "")
    if not places:
        return run.reason
    rules = list(dict.fromkeys(finding.property for finding in run.broken))
    title = cut(next(iter(places.values())), 80)
    at = f"at “{title}”." if len(places) == 1 else f"at {len(places)} steps, first at “{title}”."
    rest = f" {counted(len(run.accepted), 'other findings')} accepted." if run.accepted else ""
    return cut(f"Broken: {listed(rules)} {at}", 400) + rest


def _stale(run: Run) -> str:
    first = run.mended[0]
    more = f" and {len(run.mended) - 1} more of it" if len(run.mended) > 1 else ""
    return (
        f"What it accepts no longer occurs: “{first.cause}”{more}. Bring it up to date with:"
        " harness baseline update."
    )


def _missing(run: Run) -> str:
    poor = {
        judged.property
        for flow in run.flows
        for judged in flow.judged
        if flow.outcome_of(judged) == "inconclusive"
    }
    return run.reason or f"No or too little evidence for {listed(sorted(poor)) or 'the rules'}."


def _died(run: Run) -> str:
    if run.is_matrix:
        return f"{_sentence(run.reason)} {matrix.so_far(run)}"
    if run.doing == "explore":
        return f"{_sentence(run.reason)} Before that, {modelled.walked(run)}"
    found = len(run.findings)
    known = f" Before that, {counted(found, 'findings')}." if found else ""
    return f"{_sentence(run.reason)}{known}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].removesuffix('.')}."
