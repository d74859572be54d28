"""Short plans that end as a long one does: nothing is in them that the model does not ask for."""

import pytest

from harness.actions import (
    AnyAction,
    EnterWorktree,
    ExitWorktree,
    Hold,
    OpenReview,
    OpenSession,
    ReadHistory,
    Release,
    Reload,
    SendPrompt,
    ShowSession,
    WriteDraft,
)
from harness.exploring.slices import guesses, parts, slices
from harness.plans import Other, Plan, predict
from harness.targets.reference import TRAITS

OPEN, READ, DRAFT = OpenSession(), ReadHistory(rows=30), WriteDraft(text="draft")
ENTER = EnterWorktree(by="tool", via="composer", text="In.", reply="I am in.")
EXIT = ExitWorktree(by="tool", via="composer", text="Out.", reply="I am out.")
RACE = (OPEN, READ, Hold(what="diff"), OpenReview(), ShowSession(session="short"))


def plan(*actions: AnyAction) -> Plan:
    return Plan(name="long", title="Long", others=(Other(session="short"),), actions=actions)


@pytest.mark.parametrize(
    ("actions", "first", "second"),
    [
        ((OPEN, READ, DRAFT, Reload()), (OPEN, Reload()), (OPEN, READ, Reload())),
        (
            (OPEN, READ, ENTER, DRAFT, EXIT),
            (OPEN, ENTER, EXIT),
            (OPEN, READ, ENTER, EXIT),
        ),
        (
            (*RACE, Release(what="diff")),
            (OPEN, RACE[2], RACE[3], Release(what="diff")),
            (OPEN, READ, RACE[2], RACE[3], Release(what="diff")),
        ),
    ],
    ids=["one needs nothing", "one goes back", "one lets go what was held"],
)
def test_the_last_action_comes_alone_and_then_with_one_other(
    actions: tuple[AnyAction, ...], first: tuple[AnyAction, ...], second: tuple[AnyAction, ...]
) -> None:
    long = plan(*actions)
    short = [each.actions for each in slices(long, TRAITS)]
    assert short[:2] == [first, second]
    assert len(short) == len(set(short)) == len(long.actions) - len(first) + 1
    for each in short:
        assert each[-1] == actions[-1]
        assert predict(plan(*each), TRAITS)


def test_of_as_many_actions_what_changes_the_directory_comes_first() -> None:
    send = SendPrompt(text="a")
    first, second, third, *_ = slices(plan(OPEN, READ, DRAFT, ENTER, send), TRAITS)
    assert first.actions == (OPEN, send)
    assert second.actions == (OPEN, ENTER, send)
    assert third.actions == (OPEN, READ, send)


def test_where_all_is_needed_there_is_nothing_to_guess() -> None:
    assert not [*slices(plan(OPEN, ENTER, EXIT), TRAITS)]
    assert not [*slices(plan(OPEN), TRAITS)]


def test_its_last_actions_are_guessed_between_the_last_alone_and_its_other_slices() -> None:
    drafts = tuple(WriteDraft(text=f"draft {number}") for number in range(20))
    long = plan(OPEN, *drafts)
    short = [each.actions for each in guesses(long, TRAITS)]
    assert short[1:4] == [(OPEN, *drafts[-many:]) for many in (4, 8, 16)]
    assert [short[0], *short[4:]] == [each.actions for each in slices(long, TRAITS)]


def test_a_part_is_every_choice_that_the_model_allows_the_fewest_first() -> None:
    some = [each.actions for each in parts(plan(OPEN, READ, ENTER, EXIT), TRAITS)]
    assert some == [(OPEN, ENTER, EXIT)]  # nobody leaves where they did not enter
    some = [each.actions for each in parts(plan(OPEN, READ, ENTER, DRAFT), TRAITS)]
    least, first, second, *more = some
    assert (least, first) == ((OPEN, DRAFT), (OPEN, ENTER, DRAFT))
    assert (second, more) == ((OPEN, READ, DRAFT), [])
