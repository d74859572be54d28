"""A request that is answered only at the end of its turn does not hold up what comes meanwhile."""

import pytest

from harness.actions import FinishTurn, OpenSession, SendPrompt, WriteDraft
from harness.flow_fixtures import RunFlow
from harness.plans import Plan

COMMAND = SendPrompt(text="/greet all", heard="Greet all kindly.", held=True)
TYPING = Plan(
    name="typing-while-a-command-runs",
    title="Type while the agent is at work on a command",
    actions=(OpenSession(), COMMAND, WriteDraft(text="later"), FinishTurn()),
)
LEAVING = Plan(
    name="leaving-while-a-command-runs",
    title="Load the page anew while the agent is at work on a command",
    actions=(OpenSession(), COMMAND, OpenSession(), FinishTurn()),
)


@pytest.mark.parametrize("plan", [TYPING, LEAVING], ids=lambda plan: plan.name)
def test_nothing_is_lost_while_a_command_runs(run_flow: RunFlow, plan: Plan) -> None:
    result = run_flow(plan)
    if result.verdict != "pass":
        pytest.fail(str(result), pytrace=False)
