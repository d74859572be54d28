"""What a plan exercises is read from any plan as the generated interleavings are made."""

from itertools import pairwise

import pytest

from harness.actions import (
    AnyAction,
    Hold,
    OpenReview,
    OpenSession,
    Release,
    Reload,
    Revert,
    SendPrompt,
    ShowSession,
)
from harness.coverage import Covered
from harness.explorer import Bounds, covered, crossable, interleavings
from harness.explorer.bounds import ROWS
from harness.explorer.interleavings import REQUESTS
from harness.flows import flows
from harness.plans import Plan, predict
from specs.model.acting import ABLE, BACK, GO, OTHERS

ASK = SendPrompt(text="ask", reply="answer")
AWAY, HOME = ShowSession(session="short"), ShowSession()


def of(*actions: AnyAction) -> Covered:
    plan = Plan(
        name="any", title="Any", seeded=ROWS, others=OTHERS, actions=(OpenSession(), *actions)
    )
    return covered(plan.actions, predict(plan, ABLE))


def test_every_action_stands_with_the_situation_in_which_it_is_taken() -> None:
    path = of(GO, Hold(what="diff"), OpenReview()).path
    assert [step.action for step in path] == [
        *("open-session", "enter-worktree", "hold", "open-review")
    ]
    assert [step.situation for step in path] == [
        "",
        "server long in root",
        "server long in worktree",
        "server long in worktree; kept back: diff",
    ]


@pytest.mark.parametrize(
    ("actions", "switch", "order"),
    [
        ((GO, Release(what="diff")), "A → B", ("→ B", "diff")),
        ((GO, BACK, Release(what="diff")), "A → B → A", ("→ B", "→ A", "diff")),
        ((AWAY, Release(what="diff"), HOME), "other session", ("→ other session", "diff")),
        (
            (AWAY, HOME, Release(what="diff")),
            "other session",
            ("→ other session", "→ back", "diff"),
        ),
    ],
)
def test_a_request_in_flight_at_a_switch_is_a_crossing(
    actions: tuple[AnyAction, ...], switch: str, order: tuple[str, ...]
) -> None:
    (crossing,) = of(Hold(what="diff"), OpenReview(), *actions).crossings
    assert (crossing.requests, crossing.switch, crossing.order) == (("diff",), switch, order)


@pytest.mark.parametrize(
    "actions",
    [
        (Hold(what="diff"), OpenReview(), Release(what="diff"), GO),  # answered before
        (Hold(what="revert"), GO, Release(what="revert")),  # never asked
        (Hold(what="diff"), OpenReview(), GO),  # never answered
        (Hold(what="commands"), Release(what="commands"), Reload()),
    ],
    ids=["answered before", "never asked", "never answered", "no switch"],
)
def test_what_was_not_in_flight_at_a_switch_is_none(actions: tuple[AnyAction, ...]) -> None:
    assert of(*actions).crossings == ()


def test_two_in_flight_are_told_each_and_together_in_the_order_of_their_answers() -> None:
    kept = (ASK, Hold(what="revert"), Hold(what="diff"), Revert(text="ask"), OpenReview())
    crossings = of(*kept, GO, Release(what="diff"), Release(what="revert")).crossings
    assert [(each.requests, each.order) for each in crossings] == [
        (("revert",), ("→ B", "revert")),
        (("diff",), ("→ B", "diff")),
        (("revert", "diff"), ("→ B", "diff", "revert")),
    ]


def test_each_generated_interleaving_is_read_as_what_it_was_made_for() -> None:
    """But a send that waits for the event stream is not in flight beside it."""
    strange = {
        each.requests
        for each in interleavings(Bounds(), ABLE)
        if each.plan
        and not any(
            one.requests == each.requests
            for one in covered(each.plan.actions, predict(each.plan, ABLE)).crossings
        )
    }
    assert strange == {("send", "events"), ("send that fails", "events")}


def test_there_is_an_order_for_each_request_and_switch_or_a_reason() -> None:
    told = crossable(Bounds(in_flight=1), ABLE)
    assert len(told) == 5 * len(REQUESTS)
    assert {bool(each.orders) for each in told if each.lack} == {False}
    assert {each.orders for each in told if not each.lack} == {1}
    both = {each.requests: each for each in crossable(Bounds(), ABLE) if each.switch == "A → B → A"}
    assert both["diff", "artifacts"].orders == 4  # on the way there, one of them, or none


def test_the_flows_of_the_gate_meet_nothing_that_cannot_be() -> None:
    there_is = crossable(Bounds(), ABLE)
    able = {(each.requests, each.switch) for each in there_is if each.orders}
    for flow in flows(ABLE):
        worlds = predict(flow, ABLE)
        assert len([*pairwise(worlds)]) == len(covered(flow.actions, worlds).path)
        for each in covered(flow.actions, worlds).crossings:
            assert " + " in each.switch or (each.requests, each.switch) in able
