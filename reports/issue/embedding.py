"""What the HTML report offers to copy: the command that meets a finding again, and its issue."""

from harness.values import Value
from reports.issue.again import command, last_step, plan_until
from reports.issue.choosing import Choice, choices
from reports.issue.page import issue_text
from reports.reading import Reading
from reports.story import Run

_MOST = 6  # issues in one page: each is a story told again, masked
_PLACES = 200  # plans in one page


class Filed(Value):
    """Of one finding: how to meet it again, and an issue about it where there is room.

    `doings` are the steps up to it for a person without the harness.
    """

    id: str
    command: str
    plan: str | None
    doings: tuple[str, ...]
    issue: str = ""


def filed(reading: Reading, run: Run) -> dict[int, Filed]:
    """By the number of the finding, for the first of each step that broke."""
    if not run.findings:
        return {}
    made: dict[int, Filed] = {}
    seen: set[tuple[int, int]] = set()
    for choice in choices(reading.entries):
        place = (choice.chapter, choice.finding.step)
        if place not in seen and len(made) < _PLACES:
            seen.add(place)
            issue = issue_text(reading, choice) if len(made) < _MOST else ""
            made[choice.number] = _filed(run, choice, issue)
    return made


def _filed(run: Run, choice: Choice, issue: str) -> Filed:
    flow = run.flows[choice.chapter]
    until = last_step(flow, choice.finding)
    steps = (step for step in flow.steps if step.number <= until)
    return Filed(
        id=choice.id,
        command=command(run.started),
        plan=plan_until(flow, until),
        doings=(*flow.by_hand, *(step.by_hand or f"{step.title}." for step in steps)),
        issue=issue,
    )
