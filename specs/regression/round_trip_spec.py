"""The main job: enter-worktree, exit-worktree, follow-up, on the app that --target names."""

import pytest

from harness.flow_fixtures import RunFlow

FLOWS = (
    "round-trip-in-place-history",
    "round-trip-in-place-bottom",
    "round-trip-address-history",
    "round-trip-address-bottom",
    "round-trip-address-warm-history",
)


@pytest.mark.parametrize("flow", FLOWS)
def test_round_trip(run_flow: RunFlow, flow: str) -> None:
    result = run_flow(flow)
    if result.verdict != "pass":
        pytest.fail(str(result), pytrace=False)
