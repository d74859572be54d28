"""A plan of yesterday on the model of today: what no longer applies is told, step by step."""

from typing import Any

import pytest

from harness.errors import UsageError
from harness.replaying import fitted, plan_for, plan_of
from harness.targets.reference import TRAITS
from specs.replaying.cases import SMALL, case, changed

ASK: dict[str, Any] = {"name": "send-prompt", "text": "Ask."}


@pytest.mark.parametrize(
    ("action", "name", "why"),
    [
        (
            {"name": "enter-workshop"},
            "enter-workshop",
            "the model has no such action; the nearest name is enter-worktree",
        ),
        ({"name": "xyzzy"}, "xyzzy", "the model has no such action"),
        ({}, "no name", "it names no action"),
        ("send", "no name", "it names no action"),
        ({**ASK, "colour": "red"}, "send-prompt", "it takes no argument “colour”"),
        (
            {"name": "send-prompt", "txt": "Ask."},
            "send-prompt",
            "it lacks its argument “text” and it takes no argument “txt”",
        ),
        (
            {**ASK, "via": "pigeon"},
            "send-prompt",
            "its argument “via” cannot be 'pigeon': Input should be 'composer' or 'api'",
        ),
        ({"name": "exit-worktree"}, "exit-worktree", "the agent is in no worktree"),
    ],
)
def test_a_step_that_no_longer_applies_is_told_with_its_reason(
    action: object, name: str, why: str
) -> None:
    stale_case = changed(case(), step2=action)
    plan, (stale,) = fitted(stale_case, TRAITS)
    assert str(stale).startswith(f"step 2 ({name}) no longer applies: {why}")
    assert plan
    assert [each.name for each in plan.actions] == ["open-session", "enter-worktree", "reload"]
    with pytest.raises(UsageError, match="leave out what is stale with --skip-stale") as refused:
        plan_for(stale_case, TRAITS, skip_stale=False)
    assert str(refused.value).startswith(str(stale))
    assert plan_for(stale_case, TRAITS, skip_stale=True) == (plan, (stale,))


def test_what_fits_is_the_plan_itself() -> None:
    assert fitted(case(), TRAITS) == (SMALL, ())


def test_what_builds_on_a_stale_step_goes_with_it() -> None:
    """Nothing is on screen, so none of the later steps is allowed."""
    plan, stale = fitted(changed(case(), step1={"name": "gone"}), TRAITS)
    assert plan is None
    assert [each.step for each in stale] == [1, 2, 3, 4]
    with pytest.raises(UsageError, match="no step of the plan applies any more: step 1"):
        plan_for(changed(case(), step1={"name": "gone"}), TRAITS, skip_stale=True)


def test_an_app_that_cannot_do_a_step_says_so() -> None:
    moving = TRAITS.model_copy(update={"enters_by": ("tool",)})
    _, (stale,) = fitted(case(), moving)
    said = "step 3 (enter-worktree) no longer applies: this app enters a worktree by tool, "
    assert str(stale) == said + "not by move"


def test_what_the_plan_starts_from_must_be_known() -> None:
    there = case()
    strange = there.model_copy(update={"plan": {**there.plan, "seeded": "many"}})
    with pytest.raises(UsageError, match="starts from what the model does not know: seeded: "):
        fitted(strange, TRAITS)
    without = there.model_copy(update={"plan": {"name": "x"}})
    with pytest.raises(UsageError, match="has no actions"):
        fitted(without, TRAITS)


def test_of_an_app_that_has_not_started_only_what_is_written_is_refused() -> None:
    elsewhere = case().model_copy(update={"target": "opencode"})
    untimely = changed(elsewhere, step2={"name": "exit-worktree"})
    assert plan_of(untimely, skip_stale=False).actions[1].name == "exit-worktree"
    with pytest.raises(UsageError, match=r"^step 2 \(gone\) no longer applies"):
        plan_of(changed(elsewhere, step2={"name": "gone"}), skip_stale=False)
