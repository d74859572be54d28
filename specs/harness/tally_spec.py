"""What its flows make of a run: the worst verdict, and each action of the model taken."""

import pytest

from harness.flows import flows
from harness.run import RunOptions, Tally, is_whole
from harness.targets.reference import TRAITS


def tally_of(*left_out: str, whole: bool = True) -> Tally:
    """A run of all flows that hold, but for some."""
    tally = Tally(whole=whole)
    for plan in flows(TRAITS):
        if plan.name not in left_out:
            tally.add("pass", "", plan)
    return tally


def test_every_action_of_the_model_is_taken_by_the_flows() -> None:
    assert (tally_of().verdict, tally_of().reason) == ("pass", "")


def test_an_action_that_no_flow_takes_fails_a_whole_run_by_its_name() -> None:
    tally = tally_of("queue-paused")
    assert tally.verdict == "inconclusive"
    assert "no flow takes resume-queue and retry-queued" in tally.reason


def test_a_part_of_the_flows_need_not_take_every_action() -> None:
    tally = tally_of("queue-paused", whole=False)
    assert (tally.verdict, tally.reason) == ("pass", "")


def test_what_ended_a_run_is_told_first() -> None:
    tally = tally_of("queue-paused")
    tally.add("infrastructure", "the app died")
    assert (tally.verdict, tally.reason) == ("infrastructure", "the app died")


def test_a_run_without_flows_is_inconclusive() -> None:
    assert Tally().verdict == "inconclusive"


@pytest.mark.parametrize(
    ("options", "whole"),
    [
        (RunOptions(), True),
        (RunOptions(only=("send-target",)), False),
        (RunOptions(plans=flows(TRAITS)[:1]), False),
        (RunOptions(target="opencode"), False),
    ],
)
def test_only_the_reference_app_with_all_flows_is_whole(
    options: RunOptions, *, whole: bool
) -> None:
    assert is_whole(options) == whole
