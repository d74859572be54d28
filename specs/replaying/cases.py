"""A counterexample as exploring writes it, and ways to change its file."""

from datetime import date
from pathlib import Path
from typing import Any, cast

from harness.actions import EnterWorktree, OpenSession, Reload, SendPrompt
from harness.journal import Finding
from harness.plans import Other, Plan
from harness.replaying import Counterexample, Origin, counterexample_of
from harness.run import RunOptions

SMALL = Plan(
    name="found-1-timeline-mounted",
    title="after reload the timeline was a new element",
    seeded=30,
    others=(Other(session="short"),),
    actions=(
        OpenSession(),
        SendPrompt(text="Say “hello”."),
        EnterWorktree(by="move", via="nobody"),
        Reload(),
    ),
)
FOUND = Finding(
    property="timeline-mounted",
    flow="walk-3",
    step=4,
    causes=("timeline replaced after reload",),
    summary="after reload the timeline was a new element",
    expected="the same node",
    observed="another",
)
ORIGIN = Origin(harness_version="0.1.0", day=date(2026, 11, 26), seed=7, walk="walk-3", actions=14)


def case(
    plan: Plan = SMALL, finding: Finding = FOUND, options: RunOptions | None = None
) -> Counterexample:
    given = options or RunOptions()
    return counterexample_of(finding, plan, given, app_version="0.1.0", found=ORIGIN)


def changed(counterexample: Counterexample, **changes: object) -> Counterexample:
    """With other data in place of the actions of these steps."""
    steps = cast("list[Any]", counterexample.plan["actions"]).copy()
    for step, change in changes.items():
        steps[int(step.removeprefix("step")) - 1] = change
    return counterexample.model_copy(update={"plan": {**counterexample.plan, "actions": steps}})


def written(folder: Path, counterexample: Counterexample) -> Path:
    path = folder / "found.json"
    path.write_text(counterexample.written(), encoding="utf-8")
    return path
