"""What was found is tried first the next time, until it is found no more."""

from pathlib import Path

import pytest
from hypothesis.database import DirectoryBasedExampleDatabase

from fixtures.faults import fault_named
from harness.actions import (
    EnterWorktree,
    OpenSession,
    ReadHistory,
    ReadLatest,
    Reload,
    Revert,
    SendPrompt,
)
from harness.exploring import Campaign, Episode
from harness.exploring.episodes import Opened
from harness.exploring.examples import FOLDER, Examples
from harness.plans import Plan
from harness.run import RunOptions
from harness.targets.reference import TRAITS
from specs.replaying.cases import FOUND

WALK = Plan(name="walk-1", title="Walk 1", actions=(OpenSession(), SendPrompt(text="a"), Reload()))
SMALL = WALK.model_copy(update={"actions": (OpenSession(), Reload())})
BEFORE = SMALL.model_copy(update={"name": "before-1", "title": "Found before"})
FINDING = FOUND.model_copy(update={"flow": "walk-1", "step": 2})


@pytest.fixture
def options(tmp_path: Path) -> RunOptions:
    return RunOptions(reports=tmp_path)


def campaign(options: RunOptions, *episodes: Episode) -> Campaign:
    """A campaign that has drawn its first plan, and then took these episodes."""
    told = Campaign(options, seed=0, heard=lambda _: None, examples=Examples(options))
    told.open(Opened(app_version="1", traits=TRAITS))
    next(told.plans())
    for each in episodes:
        told.take(each)
    return told


def met(plan: Plan, smallest: Plan | None) -> Episode:
    return Episode(
        plan=plan,
        steps=3,
        verdict="violated",
        findings=(FINDING,),
        smallest=smallest,
        unknown=FINDING,
    )


def kept(options: RunOptions) -> tuple[Plan, ...]:
    return Examples(options).plans(TRAITS)


def test_what_was_found_is_tried_first_and_is_small_already(options: RunOptions) -> None:
    campaign(options, met(WALK, SMALL))
    again = Campaign(options, seed=0, heard=lambda _: None, examples=Examples(options))
    again.open(Opened(app_version="1", traits=TRAITS))
    plans = again.plans()
    assert next(plans) == (BEFORE, True)
    walk, small = next(plans)
    assert (walk.name, small) == ("walk-1", False)


def test_it_is_said_to_be_found_before_and_stays(options: RunOptions) -> None:
    (first,) = campaign(options, met(WALK, SMALL)).found
    (second,) = campaign(options, met(BEFORE, BEFORE)).found
    assert (first.before, second.before) == (False, True)
    assert kept(options) == (BEFORE,)


@pytest.mark.parametrize(
    ("episode", "stays"),
    [
        (Episode(plan=BEFORE, steps=2, verdict="pass"), False),
        (Episode(plan=BEFORE, steps=1, verdict="inconclusive", reason="it did not rest"), True),
        (Episode(plan=BEFORE, steps=1, verdict="infrastructure", reason="the app ended"), True),
    ],
    ids=["mended", "not done to its end", "broken down"],
)
def test_what_meets_nothing_any_more_is_forgotten(
    options: RunOptions, episode: Episode, *, stays: bool
) -> None:
    campaign(options, met(WALK, SMALL))
    campaign(options, episode)
    assert bool(kept(options)) is stays


def test_of_two_that_meet_the_same_the_smaller_stays(options: RunOptions) -> None:
    longer = WALK.model_copy(update={"name": "before-2", "title": "Found before"})
    for plan in (SMALL, WALK):
        Examples(options).keep(plan)
    assert kept(options) == (BEFORE, longer)
    campaign(options, met(BEFORE, BEFORE), met(longer, longer))
    assert kept(options) == (BEFORE,)


def test_what_did_not_occur_again_is_not_kept(options: RunOptions) -> None:
    campaign(options, met(WALK, None))
    assert kept(options) == ()


def test_each_app_and_each_fault_has_its_own(options: RunOptions) -> None:
    Examples(options).keep(SMALL)
    fault = {"fault": fault_named("double-send")}
    for other in (fault, {"target": "opencode"}):
        assert kept(options.model_copy(update=other)) == ()


def test_what_the_app_cannot_do_is_left_for_one_that_can(options: RunOptions) -> None:
    enters = SMALL.model_copy(update={"actions": (OpenSession(), EnterWorktree(by="tool"))})
    Examples(options).keep(enters)
    other = TRAITS.model_copy(update={"enters_by": ("move",)})
    assert Examples(options).plans(other) == ()
    assert len(kept(options)) == 1


def test_what_the_model_says_too_little_of_is_not_tried(options: RunOptions) -> None:
    there = SendPrompt(text="Ask.", reply="So."), ReadHistory(rows=30)
    for back in ((Revert(text="Ask."),), (ReadLatest(), Revert(text="Ask."))):
        actions = (OpenSession(), *there, *back)
        Examples(options).keep(SMALL.model_copy(update={"actions": actions}))
    assert [plan.actions[3] for plan in kept(options)] == [ReadLatest()]


def test_a_plan_of_another_model_is_left_alone(options: RunOptions) -> None:
    Examples(options).keep(SMALL)
    (path,) = (each for each in (options.reports / FOLDER).rglob("*") if b"reload" in _in(each))
    path.write_bytes(_in(path).replace(b'"name":"reload"', b'"name":"load-anew"'))
    assert kept(options) == ()
    assert path.exists()


def _in(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def test_what_an_older_model_wrote_can_be_forgotten_too(options: RunOptions) -> None:
    database = DirectoryBasedExampleDatabase(options.reports / FOLDER)
    older = BEFORE.model_dump_json(exclude={"sides"}).encode()
    database.save(b"reference ", older)
    assert kept(options) == kept(options) == (BEFORE,)
    Examples(options).keep(SMALL)
    database.save(b"reference ", older)
    assert kept(options) == (BEFORE,)
    Examples(options).forget(BEFORE)
    assert kept(options) == ()
