"""The journal's entries about flows and steps."""

from collections.abc import Sequence

from pydantic import JsonValue

from harness.coverage import FlowCovered
from harness.explorer import covered
from harness.journal import FlowStarted, StepObserved, StepStarted
from harness.names import Names
from harness.plans import Plan
from harness.runner.verdicts import now
from harness.targets.protocol import Deed
from harness.trace import Step
from harness.world import Sent, World


def flow_started(plan: Plan, names: Names) -> FlowStarted:
    """A flow begins."""
    return FlowStarted(
        flow=plan.name,
        title=plan.title,
        t=now(),
        plan=plan.model_dump(mode="json"),
        names=names.flat(),
        by_hand=plan.by_hand,
    )


def step_started(plan: Plan, index: int, deed: Deed) -> StepStarted:
    """An action is about to be performed."""
    return StepStarted(
        flow=plan.name,
        step=index,
        title=deed.action.title,
        action=deed.action.model_dump(mode="json"),
        t=now(),
        by_hand=deed.action.by_hand,
    )


def step_observed(plan: Plan, step: Step, screenshot: str | None) -> StepObserved:
    """A step came to rest."""
    return StepObserved(
        flow=plan.name,
        step=step.index,
        t=now(),
        predicted=predicted(step.after),
        observation=step.observation,
        screenshot=screenshot,
    )


def flow_covered(plan: Plan, performed: Sequence[Step]) -> FlowCovered:
    """What of the model the steps exercised; one that failed has no effect, but was taken."""
    worlds = (performed[0].before, *(step.after for step in performed))
    exercised = covered([step.action for step in performed], worlds)
    return FlowCovered(flow=plan.name, covered=exercised)


def predicted(world: World) -> JsonValue:
    """The model's state as plain data, as the journal keeps it."""
    view = world.view
    if view is None:
        return {"session_scope": None}
    return {
        "session_scope": view.session.model_dump(),
        "execution_scope": view.execution.model_dump(),
        "address": view.address,
        "reader": view.reader,
        "sent": [_sent(prompt) for prompt in world.sent],
    }


def _sent(prompt: Sent) -> dict[str, JsonValue]:
    """Where a prompt left; what the agent hears is told where that are other words."""
    where = prompt.execution
    told: dict[str, JsonValue] = {
        "text": prompt.text,
        "directory": where.directory,
        "epoch": where.epoch,
    }
    return told | ({"heard": prompt.heard} if prompt.heard else {})
