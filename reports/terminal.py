"""The end of a run in the terminal: a table of verdicts and the findings, in plain words.

Rich leaves out colour where the output is no terminal and where NO_COLOR is set.
"""

from collections import Counter
from itertools import groupby

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from harness.journal import Finding, PropertyJudged
from reports.acceptance import accepting, grants, notes, passed_with, shown_as
from reports.figures import counted, cut, visible
from reports.matrix_terminal import matrix_parts
from reports.plot import plots
from reports.story import FlowStory, Run
from reports.verdicts import SIGN, headline, listed, place

NAMED = 3  # rules without evidence for one reason that are named before they are counted
STYLE = {
    "pass": "green",
    "violated": "bold red",
    "inconclusive": "yellow",
    "not applicable": "dim",
    "infrastructure": "bold magenta",
    "accepted": "yellow",
}


def show(run: Run, console: Console) -> None:
    """Print the verdict table, the findings and the verdict of a run."""
    for part in matrix_parts(run):
        console.print(part)
    if run.flows:
        console.print(_table(run))
    for part in _left_out(run):
        console.print(part)
    for flow in run.flows:
        for part in _told(flow):
            console.print(part)
    console.print(_verdict(run))
    for note in (*notes(run), *run.damage):
        console.print(_words(note, "yellow"))


def _table(run: Run) -> Table:
    """A line a flow: verdict, steps, rules that held, evidence."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("flow", no_wrap=True)
    table.add_column("verdict")
    table.add_column("steps", justify="right")
    table.add_column("rules held", justify="right")
    table.add_column("evidence", overflow="fold")
    for flow in run.flows:
        table.add_row(
            _words(flow.flow),
            _words(f"{SIGN[flow.verdict]} {flow.verdict}", STYLE[flow.verdict]),
            str(len(flow.steps)),
            _held(flow),
            _evidence(flow),
        )
    return table


def _left_out(run: Run) -> list[Text]:
    """The flows that were not tried, by what the app has no way to do."""
    left = run.started.left_out if run.started else {}
    by_reason: dict[str, list[str]] = {}
    for flow, why in left.items():
        by_reason.setdefault(why, []).append(flow)
    return [
        _words(f"{SIGN['not applicable']} {listed(flows)}: not applicable, {why}", "dim")
        for why, flows in by_reason.items()
    ]


def _held(flow: FlowStory) -> str:
    shown = Counter(shown_as(flow, one) for one in flow.judged)
    accepted = f", {shown['accepted']} accepted" if shown["accepted"] else ""
    return f"{shown['pass']} of {shown.total() - shown['not applicable']}{accepted}"


def _evidence(flow: FlowStory) -> Text:
    units: dict[str, int] = {}
    for one in flow.judged:
        units[one.unit] = max(units.get(one.unit, 0), one.evidence)
    return _words(", ".join(counted(count, unit) for unit, count in units.items() if count))


def _told(flow: FlowStory) -> list[RenderableType]:
    """What broke, a step at a time, what is accepted, and the rules that found no evidence."""
    parts: list[RenderableType] = []
    for _, found in groupby(flow.broken, key=lambda finding: finding.step):
        parts += _broken(flow, list(found))
    if flow.broken and flow.replays:
        parts.append(_words(f"  {flow.replays}", "" if flow.replays.reproducible else "yellow"))
    parts += _accepted(flow)
    doubtful: dict[str, list[str]] = {}
    for one in flow.judged:
        if flow.outcome_of(one) == "inconclusive":
            doubtful.setdefault(_doubt(one), []).append(one.property)
    return parts + [_unproved(flow, reason, rules) for reason, rules in doubtful.items()]


def _accepted(flow: FlowStory) -> list[RenderableType]:
    """The rules with accepted findings: from which causes, why, and how long."""
    if not flow.accepted:
        return []
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    for grant in grants(accepting(flow)):
        told = Text.assemble(_words(", ".join(grant.causes)), "\n", _words(grant.terms, "dim"))
        table.add_row(_words(grant.property, STYLE["accepted"]), told)
    count = counted(len(flow.accepted), "accepted findings")
    return [_words(f"\n{SIGN['accepted']} {flow.title}, {count}"), table]


def _broken(flow: FlowStory, found: list[Finding]) -> list[RenderableType]:
    """The findings of one step: each rule with its first sentence, and what moved."""
    sentences = Table(box=None, show_header=False, padding=(0, 1, 0, 2))
    sentences.add_column(no_wrap=True)
    sentences.add_column()
    for rule, count in Counter(finding.property for finding in found).items():
        first = next(finding.summary for finding in found if finding.property == rule)
        more = f" (and {count - 1} more)" if count > 1 else ""
        sentences.add_row(_words(rule, STYLE["violated"]), _words(f"{first}{more}"))
    head = _words(f"\n{SIGN['violated']} {flow.title}, {place(flow, found[0])}")
    return [head, sentences, *(_words(f"  {line}", "dim") for line in plots(flow, found[0]))]


def _doubt(judged: PropertyJudged) -> str:
    return judged.reason or judged.doubt or f"only {counted(judged.evidence, judged.unit)}"


def _unproved(flow: FlowStory, reason: str, rules: list[str]) -> Text:
    """A step that did not come to rest leaves all rules without evidence, for one reason."""
    more = f" and {len(rules) - NAMED} more rules" if len(rules) > NAMED + 1 else ""
    named = ", ".join(rules[: NAMED if more else None])
    return _words(
        f"\n{SIGN['inconclusive']} {named}{more} in {flow.title}: {reason}",
        STYLE["inconclusive"],
    )


def _verdict(run: Run) -> Text:
    top = headline(run)
    sign = (f"\n{SIGN[run.verdict]} {run.verdict}{passed_with(run)}", STYLE[run.verdict])
    return Text.assemble(sign, f"  {visible(top.title)}. {visible(top.detail)}")


def _words(text: str, style: str = "") -> Text:
    """Foreign text: no markup is read in it, nothing in it steers the terminal."""
    return Text(cut(visible(text), 600), style=style)
