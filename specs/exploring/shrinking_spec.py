"""From a long plan to the few actions that a finding needs."""

import time
from collections.abc import Callable

import pytest

from harness.actions import (
    Action,
    AnyAction,
    EnterWorktree,
    ExitWorktree,
    OpenSession,
    ReadHistory,
    ReadLatest,
    Reload,
    Revert,
    SendPrompt,
    WriteDraft,
)
from harness.errors import AppError
from harness.exploring import shrunk
from harness.exploring.simplifying import simplified
from harness.plans import Other, Plan, allowed, predict
from harness.targets.reference import TRAITS

ENTER = EnterWorktree(by="tool", via="composer", text="In.", reply="I am in.")
EXIT = ExitWorktree(by="tool", via="composer", text="Out.", reply="I am out.")
ASK = SendPrompt(text="Ask.")
DRAFT = WriteDraft(text="draft")
LONG = (OpenSession(), ReadHistory(rows=30), ReadLatest(), ASK, ENTER, DRAFT, EXIT, Reload(), DRAFT)
PLAN = Plan(name="long", title="Long", others=(Other(session="short"),), actions=LONG)


class Oracle:
    """Meets the finding after the last of these actions; refuses what the model refuses."""

    def __init__(self, *needed: type[Action]) -> None:
        self.needed = needed
        self.asked: list[Plan] = []

    def __call__(self, plan: Plan) -> int | None:
        predict(plan, TRAITS)
        self.asked.append(plan)
        return self.met(plan)

    def met(self, plan: Plan) -> int | None:
        step = 0
        rest = enumerate(plan.actions, start=1)
        for kind in self.needed:
            step = next((n for n, each in rest if isinstance(each, kind)), None)
        return step


@pytest.mark.parametrize(
    ("needed", "left"),
    [
        ((ExitWorktree,), ("open-session", "enter-worktree", "exit-worktree")),
        ((Reload,), ("open-session", "reload")),
        (
            (ReadHistory, ExitWorktree),
            ("open-session", "read-history", "enter-worktree", "exit-worktree"),
        ),
        ((OpenSession,), ("open-session",)),
    ],
    ids=["what it builds on stays", "one action", "two that are apart", "the first alone"],
)
def test_what_is_not_needed_is_left_out(
    needed: tuple[type[Action], ...], left: tuple[str, ...]
) -> None:
    smallest = shrunk(PLAN, TRAITS, Oracle(*needed))
    assert tuple(action.name for action in smallest.actions) == left
    assert smallest.others == ()


def test_where_nothing_smaller_meets_it_the_plan_stays() -> None:
    assert shrunk(PLAN, TRAITS, lambda _: None) == PLAN


def test_no_plan_is_performed_twice() -> None:
    oracle = Oracle(ExitWorktree)
    shrunk(PLAN, TRAITS, oracle)
    assert len(oracle.asked) == len({plan.model_dump_json() for plan in oracle.asked})


def test_what_needs_its_last_action_alone_is_small_at_once() -> None:
    """Besides the guess, the plan without another session is tried."""
    oracle = Oracle(Reload)
    shrunk(PLAN.model_copy(update={"actions": LONG[:8]}), TRAITS, oracle)
    assert [len(plan.actions) for plan in oracle.asked] == [2, 2]


def test_what_comes_before_the_action_that_met_it_is_not_tried() -> None:
    oracle = Oracle(WriteDraft)
    shrunk(PLAN, TRAITS, oracle)
    ends = [plan for plan in oracle.asked if oracle.met(plan) == len(plan.actions)]
    assert ends
    for plan in ends:
        begun = [plan.actions[:count] for count in range(len(plan.actions))]
        later = oracle.asked[oracle.asked.index(plan) :]
        assert not [each for each in later if each.actions in begun]


def test_other_sessions_that_nobody_needs_go_at_once() -> None:
    others = (Other(session="short"), Other(server="workspace"))
    oracle = Oracle(Reload)
    shrunk(PLAN.model_copy(update={"actions": LONG[:8], "others": others}), TRAITS, oracle)
    assert [len(plan.others) for plan in oracle.asked] == [2, 0]


def test_no_more_is_performed_than_is_allowed() -> None:
    oracle = Oracle(ReadHistory, ExitWorktree)
    smallest = shrunk(PLAN, TRAITS, oracle, worth=1)
    assert oracle.asked
    assert sum(len(plan.actions) for plan in oracle.asked) <= len(PLAN.actions)
    assert oracle.met(smallest)


class Clock:
    """Goes on by a second with each plan that is performed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        monkeypatch.setattr(time, "monotonic", lambda: self.now)

    def ticking(self, meets: Callable[[Plan], int | None]) -> Callable[[Plan], int | None]:
        def met(plan: Plan) -> int | None:
            self.now += 1
            return meets(plan)

        return met


@pytest.mark.parametrize("seconds", [0.0, 3.0, 5.0])
def test_no_plan_is_tried_once_the_time_is_over(
    monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    clock, oracle = Clock(monkeypatch), Oracle(ReadHistory, ExitWorktree)
    late: list[float] = []
    meets = clock.ticking(oracle)
    smallest = shrunk(PLAN, TRAITS, meets, seconds=seconds, late=lambda: late.append(clock.now))
    assert len(oracle.asked) == seconds
    assert oracle.met(smallest)
    assert {*late} == {seconds}


def test_what_ends_in_time_is_not_late() -> None:
    late: list[bool] = []
    shrunk(PLAN, TRAITS, Oracle(Reload), seconds=60.0, late=lambda: late.append(True))
    assert not late


def test_there_is_time_for_the_sessions_that_nobody_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it could go by with the parts of what does not become smaller."""
    actions = (OpenSession(), *(WriteDraft(text=f"draft {number}") for number in range(14)))
    plan = PLAN.model_copy(update={"actions": actions})
    meets = Clock(monkeypatch).ticking(lambda each: 15 if len(each.actions) == 15 else None)
    smallest = shrunk(plan, TRAITS, meets, worth=1000, seconds=30.0)
    assert (smallest.others, len(smallest.actions)) == ((), 15)


def test_what_is_found_is_met_by_the_oracle_itself() -> None:
    oracle = Oracle(WriteDraft, Reload)
    smallest = shrunk(PLAN, TRAITS, oracle)
    assert smallest in oracle.asked
    assert oracle.met(smallest)


@pytest.mark.parametrize("error", [SystemExit(143), KeyboardInterrupt(), AppError("it ended")])
def test_what_a_performance_raises_ends_the_search(error: BaseException) -> None:
    """Hypothesis would take a stop, or the end of the app, for a finding to be made small."""
    asked: list[Plan] = []

    def breaks(plan: Plan) -> int | None:
        asked.append(plan)
        raise error

    with pytest.raises(type(error)) as raised:
        shrunk(PLAN, TRAITS, breaks)
    assert (raised.value, len(asked)) == (error, 1)


TAKEN_BACK = (ReadHistory(rows=30), ReadLatest(), Revert(text="Ask."))
IN_HISTORY = (ReadHistory(rows=30), Revert(text="Ask."), Reload())


@pytest.mark.parametrize(
    ("actions", "left"),
    [
        (TAKEN_BACK, ("open-session", "send-prompt", "read-history", "read-latest", "revert")),
        (IN_HISTORY, ("open-session", "send-prompt", "read-history", "revert")),
    ],
    ids=["what the model knows stays so", "where it never did, less is tried"],
)
def test_the_model_goes_on_knowing_what_it_knew(
    actions: tuple[AnyAction, ...], left: tuple[str, ...]
) -> None:
    """Whoever takes a prompt back while reading in history scrolls first."""
    plan = PLAN.model_copy(update={"actions": (OpenSession(), ASK, *actions)})
    smallest = shrunk(plan, TRAITS, Oracle(ReadHistory, Revert))
    assert tuple(action.name for action in smallest.actions) == left


def test_it_stays_one_minimal() -> None:
    """No single action can be left out of what it answers with."""
    oracle = Oracle(ReadHistory, WriteDraft, Reload)
    smallest = shrunk(PLAN, TRAITS, oracle)
    for place in range(len(smallest.actions)):
        rest = (*smallest.actions[:place], *smallest.actions[place + 1 :])
        less = allowed(smallest, rest, TRAITS)
        assert less is None or oracle.met(less) is None


def test_what_comes_after_it_was_met_goes_at_once() -> None:
    asked: list[Plan] = []
    needed = ["read-history", "send-prompt", "write-draft"]

    def meets(plan: Plan) -> int | None:
        asked.append(plan)
        names = [action.name for action in plan.actions]
        return names.index("write-draft") + 1 if {*needed} <= {*names} else None

    smallest = shrunk(PLAN, TRAITS, meets)
    assert [each.name for each in smallest.actions] == ["open-session", *needed]
    first = next(n for n, plan in enumerate(asked) if meets(plan))
    assert asked[first + 1].actions == asked[first].actions[: meets(asked[first])]


def test_several_actions_go_that_cannot_go_one_by_one() -> None:
    """With either of the drafts alone nothing is met, without both it is."""

    def meets(plan: Plan) -> int | None:
        names = [action.name for action in plan.actions]
        there = names[-1] == "reload" and {"read-history", "exit-worktree"} <= {*names}
        return len(names) if there and names.count("write-draft") != 1 else None

    actions = (LONG[0], LONG[1], DRAFT, ENTER, WriteDraft(text="more"), EXIT, Reload())
    smallest = shrunk(PLAN.model_copy(update={"actions": actions}), TRAITS, meets)
    left = ["open-session", "read-history", "enter-worktree", "exit-worktree", "reload"]
    assert [each.name for each in smallest.actions] == left


def test_what_has_many_parts_still_loses_the_sessions_that_it_does_not_need() -> None:
    actions = (OpenSession(), *(WriteDraft(text=f"draft {number}") for number in range(14)))
    plan = PLAN.model_copy(update={"actions": actions})
    asked: list[Plan] = []

    def meets(each: Plan) -> int | None:
        asked.append(each)
        return 15 if len(each.actions) == 15 else None

    smallest = shrunk(plan, TRAITS, meets)
    assert (smallest.others, len(smallest.actions)) == ((), 15)
    assert sum(len(each.actions) for each in asked) < 40 * 15


def ever(_: Plan) -> bool:
    return True


def never(_: Plan) -> bool:
    return False


def twelve_rows(plan: Plan) -> bool:
    """What is met only where the person reads at one place."""
    return ReadHistory(rows=12) in plan.actions


SPECIAL = (
    OpenSession(),
    ReadHistory(rows=12),
    EnterWorktree(via="api", text="In, 4.", reply="I am in, 4."),
)
SIMPLE = EnterWorktree(via="api")  # a choice is none of what becomes simpler


@pytest.mark.parametrize(
    ("meets", "left", "asked"),
    [
        (ever, (ReadHistory(), SIMPLE), 1),
        (twelve_rows, (ReadHistory(rows=12), SIMPLE), 4),
        (never, SPECIAL[1:], 4),
    ],
    ids=["all at once", "one by one", "none"],
)
def test_arguments_become_those_that_an_action_has_by_itself(
    meets: Callable[[Plan], bool], left: tuple[AnyAction, ...], asked: int
) -> None:
    plans: list[Plan] = []

    def still(plan: Plan) -> Plan | None:
        plans.append(plan)
        return plan if meets(plan) else None

    simplest = simplified(PLAN.model_copy(update={"actions": SPECIAL}), TRAITS, still)
    assert simplest.actions[1:] == left
    assert len(plans) == asked
    assert all(predict(each, TRAITS) for each in plans)


def test_arguments_that_another_action_needs_stay() -> None:
    """Two prompts of the same words are not told apart: the model does not allow the second."""
    twice = (OpenSession(), EnterWorktree(text="Move."), EXIT, EnterWorktree(text="Move again."))
    plan = PLAN.model_copy(update={"actions": twice})
    asked: list[Plan] = []

    def still(each: Plan) -> Plan | None:
        asked.append(each)
        return each if predict(each, TRAITS) else None

    simplest = simplified(plan, TRAITS, still)
    assert len(asked) == 1  # as many as go together, at once
    assert [getattr(each, "text", "") for each in simplest.actions] == [
        *("", "Move.", "Please leave the worktree.", EnterWorktree().text),
    ]


def test_what_the_app_makes_of_a_command_stays() -> None:
    """It says the same without the plan's knowing: the plan would wait for other words."""
    greet = SendPrompt(text="/greet 1", heard="Greet 1 kindly.", reply="Hello, 1.")
    here = SendPrompt(text="/here 2", heard="Look around, 2.", of="root", reply="Seen, 2.")
    plan = PLAN.model_copy(update={"actions": (OpenSession(), greet, here)})
    simplest = simplified(plan, TRAITS, lambda each: each)
    plain = SendPrompt.model_fields["reply"].default
    assert simplest.actions == (
        OpenSession(),
        greet.model_copy(update={"reply": plain}),
        here.model_copy(update={"reply": plain}),
    )
