"""Interleavings are generated: all that the model allows, each once, the others with a reason."""

from collections import Counter

from harness.actions import Release
from harness.explorer import Bounds, Interleaving, interleavings
from harness.explorer.interleavings import LAST, REQUESTS, orders, switches
from harness.plans import LONG, predict
from specs.model.acting import ABLE

ONE = Bounds(in_flight=1)
FOUND = tuple(interleavings(ONE, ABLE))
SEND, REVERT = REQUESTS[0], REQUESTS[3]
THERE, AND_BACK = switches(ONE)[:2]


def plans_of(request: str, switch: str) -> list[Interleaving]:
    return [each for each in FOUND if (each.requests, each.switch) == ((request,), switch)]


def test_every_kind_meets_every_switch() -> None:
    assert {(each.requests[0], each.switch) for each in FOUND} == {
        (request.name, switch.name) for request in REQUESTS for switch in switches(ONE)
    }
    assert [switch.name for switch in switches(ONE)] == [
        "A → B",
        "A → B → A",
        "other session",
        "other server",
        "reload",
    ]


def test_each_is_a_plan_that_the_model_allows_or_has_a_reason() -> None:
    for each in FOUND:
        assert (each.plan is None) == (each.lack is not None)
        if each.plan:
            world = predict(each.plan, ABLE)[-1]
            assert (world.held, world.refused, world.in_flight) == ((), (), ())
            assert world.view
            assert (world.view.session, world.sent[-1].text) == (LONG, LAST.text)


def test_a_click_under_way_is_lost_with_its_page_and_says_so() -> None:
    (lost,) = plans_of("revert", "reload")
    assert lost.lack == "reload: the page still waits for what was clicked"


def test_an_answer_comes_at_each_stop() -> None:
    assert len(plans_of("send", "A → B")) == 1
    first, second = plans_of("send", "A → B → A")
    assert [action.name for action in first.order] == ["enter-worktree", "release", "exit-worktree"]
    assert [action.name for action in second.order][-1] == "release"


def test_two_answers_come_in_either_order_at_each_stop() -> None:
    assert len(list(orders((SEND, REVERT), THERE))) == 2
    both = list(orders((SEND, REVERT), AND_BACK))
    assert len(set(both)) == len(both) == 6


def test_two_requests_share_what_must_be_done_before() -> None:
    wanted = {"revert", "artifacts"}
    pair = next(
        each for each in interleavings(Bounds(), ABLE) if {*each.requests} == wanted and each.plan
    )
    assert pair.plan
    names = Counter(action.name for action in pair.plan.actions)
    assert (names["hold"], names["release"], names["open-review"]) == (2, 2, 1)
    assert names["send-prompt"] == 2  # what is taken back, and the last
    assert {action.what for action in pair.order if isinstance(action, Release)} == wanted


def test_bounds_say_how_many_are_in_flight_and_where_one_can_go() -> None:
    assert list(interleavings(Bounds(in_flight=0), ABLE)) == []
    alone = interleavings(Bounds(servers=1, sessions=1, in_flight=1), ABLE)
    assert {each.switch for each in alone} == {"A → B", "A → B → A", "reload"}
