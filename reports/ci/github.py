"""GitHub: annotations on the checks page, and Markdown for the summary of a step."""

from reports.ci.cases import cases
from reports.figures import counted, cut, duration, visible
from reports.issue.markdown import prose, table
from reports.story import Run
from reports.verdicts import SIGN, headline

_MOST_ANNOTATIONS = 10  # of each kind, for one step: GitHub shows no more
_MOST_LINES = 50
_LEVEL = {"failed": "error", "other": "warning"}


def annotations(run: Run) -> tuple[str, ...]:
    """Workflow commands, a line each: an error for a rule that broke, a warning for no verdict."""
    lines: dict[str, list[str]] = {"error": [], "warning": []}
    for case in cases(run):
        if level := _LEVEL.get(case.status):
            title = _property(f"{case.name} in {case.flow}")
            said = _data(cut(case.message or case.outcome, 400))
            lines[level].append(f"::{level} title={title}::{said}")
    return tuple(line for kind in lines.values() for line in kind[:_MOST_ANNOTATIONS])


def step_summary(run: Run) -> str:
    """The verdict, what broke, and a table of flows, in Markdown."""
    top = headline(run)
    parts = [f"## {SIGN[run.verdict]} {prose(top.title)}", prose(top.detail)]
    if run.started:
        about = f"{run.started.target} {run.started.app_version}"
        took = f", {duration(run.ended - run.started.t)}" if run.ended else ""
        parts.append(prose(f"{about}, run {run.started.run_id}{took}."))
    broken = [case for case in cases(run) if case.status in _LEVEL]
    if broken:
        rows = [
            (case.outcome, case.name, case.flow, cut(case.message, 240))
            for case in broken[:_MOST_LINES]
        ]
        parts.append(table(("verdict", "rule", "flow", "what was seen"), rows))
    if len(broken) > _MOST_LINES:
        parts.append(f"And {counted(len(broken) - _MOST_LINES, 'lines')} more in the report.")
    parts += [prose(f"{flow.title}: {flow.replays}") for flow in run.flows if flow.replays]
    if run.flows:
        rows = [
            (
                f"{SIGN[flow.verdict]} {flow.verdict}",
                flow.title,
                str(len(flow.steps)),
                duration(flow.ended - flow.started),
            )
            for flow in run.flows
        ]
        held = table(("verdict", "flow", "steps", "took"), rows)
        count = counted(len(run.flows), "flows")
        parts.append(f"<details><summary>{count}</summary>\n\n{held}\n\n</details>")
    return "\n\n".join(parts) + "\n"


def _data(text: str) -> str:
    """A text as a workflow command carries it: none of it ends the line or begins a command."""
    shown = visible(text.replace("\r", " ").replace("\n", " "))
    return shown.replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
