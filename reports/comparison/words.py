"""A comparison as one headline and one sentence, for the terminal and the page."""

from reports.comparison.comparing import Comparison, Turn, name_of
from reports.figures import counted
from reports.verdicts import Headline, listed

SIGN: dict[Turn, str] = {"worse": "✕", "better": "✓", "changed": "✕", "unclear": "?", "same": "="}


def headline(comparison: Comparison) -> Headline:
    """What became of the app from one run to the other."""
    worse, better = comparison.of("worse", "changed"), comparison.of("better")
    unclear = comparison.of("unclear")
    parts = [
        f"{counted(len(lines), 'rules')} {said}"
        for lines, said in ((worse, "got worse"), (better, "got better"))
        if lines
    ]
    nothing = {"unclear": "Nothing can be compared"}.get(comparison.turn, "Nothing has changed")
    title = listed(parts) or nothing
    left = f" {counted(len(unclear), 'rules')} cannot be compared." if unclear else ""
    return Headline(title=title, detail=f"{_between(comparison)}.{left}{_died(comparison)}")


def _between(comparison: Comparison) -> str:
    flows = {line.flow for line in comparison.lines}
    over = counted(len(flows), "flows")
    return f"From {name_of(comparison.before)} to {name_of(comparison.after)}, over {over}"


def _died(comparison: Comparison) -> str:
    ends = (("first", comparison.before), ("second", comparison.after))
    return "".join(
        f" The {which} run did not finish: {run.reason}"
        for which, run in ends
        if run.verdict == "infrastructure"
    )
