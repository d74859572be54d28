"""How a finding is met again: the plan up to its step, and the command that runs it."""

import json
import re
import shlex

from pydantic import JsonValue

from harness.journal import Finding, RunStarted
from reports.story import FlowStory

PLAN_FILE = "plan.json"
_UNSEEN = re.compile(
    "[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def last_step(flow: FlowStory, finding: Finding) -> int:
    """The step up to which a plan must go to show a finding: its own, or that of its evidence."""
    seen = finding.t
    begun = [step.number for step in flow.steps if seen is not None and step.started <= seen]
    return max(finding.step, *begun, 1)


def plan_until(flow: FlowStory, step: int) -> str | None:
    """The plan of a flow without what comes after a step, as JSON, an action a line.

    None where the journal has no plan.
    """
    if not isinstance(flow.plan, dict):
        return None
    actions = flow.plan.get("actions")
    if not isinstance(actions, list):
        return None
    rest = {key: value for key, value in flow.plan.items() if key != "actions"}
    lines = [f"  {_json(key)}: {_json(value)}," for key, value in rest.items()]
    cut = [f"    {_json(action)}" for action in actions[:step]]
    return "\n".join(("{", *lines, '  "actions": [', ",\n".join(cut), "  ]", "}"))


def command(started: RunStarted | None) -> str:
    """The command that runs the plan against the same app, from a shell."""
    if started is None:
        return f"harness gate --plan {PLAN_FILE}"
    # An older journal does not say; what it names is enough for a run on a release.
    again = started.again or _guessed(started)
    return shlex.join(("harness", "gate", *again[:2], "--plan", PLAN_FILE, *again[2:]))


def _guessed(started: RunStarted) -> tuple[str, ...]:
    version = () if started.target == "reference" else ("--app-version", started.app_version)
    fault = ("--fault", started.fault) if started.fault else ()
    return ("--target", started.target, *version, *fault)


def _json(value: JsonValue) -> str:
    """On one line, with what is not seen as an escape: it is the same plan."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
