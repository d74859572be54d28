"""What a campaign makes of its walks: each finding once, its smallest plan kept."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.actions import EnterWorktree, OpenSession, Reload, SendPrompt
from harness.cli.explore import kept
from harness.cli.explore import told as said_of
from harness.exploring import Campaign, Care, Episode, Record, found_plan
from harness.exploring.episodes import Opened, TriedAgain
from harness.exploring.examples import Examples
from harness.exploring.search import Mark
from harness.journal import Finding, RunVerdict
from harness.plans import Plan
from harness.replaying import load_counterexample, plan_in
from harness.replays import Replays
from harness.run import RunOptions
from harness.targets.reference import TRAITS

WALK = Plan(name="walk-1", title="Walk 1", actions=(OpenSession(), SendPrompt(text="a"), Reload()))
SMALL = WALK.model_copy(update={"actions": (OpenSession(), Reload())})


def finding(cause: str = "timeline replaced", rule: str = "timeline-mounted") -> Finding:
    return Finding(
        property=rule,
        flow="walk-1",
        step=3,
        causes=(cause,),
        summary=f"after reload the {cause}",
        expected="the same node",
        observed="another",
    )


def episode(
    *found: Finding,
    smallest: Plan | None = None,
    verdict: RunVerdict = "pass",
    reason: str = "",
    replays: Replays | None = None,
) -> Episode:
    return Episode(
        plan=WALK,
        steps=3,
        verdict="violated" if found else verdict,
        reason=reason,
        findings=found,
        smallest=smallest,
        unknown=found[0] if found else None,
        performed=9,
        replays=replays,
    )


def campaign(*episodes: Episode) -> Campaign:
    told = Campaign(RunOptions(), seed=0, heard=lambda _: None)
    for each in episodes:
        told.take(each)
    return told


def test_a_finding_is_kept_once_with_its_smallest_plan(tmp_path: Path) -> None:
    told = campaign(*(episode(finding(), smallest=SMALL) for _ in range(2)))
    (found,) = told.found
    assert (found.plan, found.again, told.verdict) == (SMALL, True, "violated")
    assert (told.episodes, told.actions) == (2, 18)
    (path,) = kept(told, tmp_path, RunOptions())
    plan = plan_in(path)
    assert (plan.actions, plan.title) == (SMALL.actions, "after reload the timeline replaced")
    assert path.stem == plan.name
    assert re.fullmatch("found-1-timeline-mounted-[0-9a-f]{6}", plan.name)


@pytest.mark.parametrize("cut_short", [False, True])
def test_it_is_told_where_fewer_actions_may_do(tmp_path: Path, *, cut_short: bool) -> None:
    walked = episode(finding(), smallest=SMALL).model_copy(update={"cut_short": cut_short})
    told = campaign(walked)
    (path,) = kept(told, tmp_path, RunOptions())
    case = load_counterexample(path)
    assert case.found.cut_short is cut_short
    lines = " ".join(said_of(told.found[0], path))
    assert ("Fewer actions may do" in lines) is cut_short


def test_findings_of_one_rule_that_other_actions_meet_have_other_names(tmp_path: Path) -> None:
    (one,) = kept(campaign(episode(finding(), smallest=SMALL)), tmp_path, RunOptions())
    (same,) = kept(campaign(episode(finding(), smallest=SMALL)), tmp_path, RunOptions())
    (other,) = kept(campaign(episode(finding(), smallest=WALK)), tmp_path, RunOptions())
    assert one.name == same.name != other.name


def test_what_is_being_made_small_is_known_and_kept_once_it_is() -> None:
    told = Campaign(RunOptions(), seed=0, heard=lambda _: None)
    told.meet(Mark.of(finding()))
    assert [*told.known] == [Mark.of(finding())]
    for _ in range(2):
        told.take(episode(finding(), smallest=SMALL))
    (found,) = told.found
    assert (found.plan, [*told.known]) == (SMALL, [Mark.of(finding())])


def test_after_the_first_finding_no_walk_is_begun_though_it_is_not_small_yet() -> None:
    told = Campaign(RunOptions(), seed=0, heard=lambda _: None)
    told.open(Opened(app_version="1", traits=TRAITS))
    errands = told.errands(60.0, 2, first=True)
    assert [next(errands), next(errands)] == [None, None]
    assert next(errands)
    told.meet(Mark.of(finding()))
    assert [*errands] == []


@pytest.mark.parametrize(("first", "left"), [(True, 1), (False, 2)])
def test_an_exploration_to_the_first_finding_waits_for_no_other(
    *, first: bool, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def results(_crew: object, _tasks: object) -> Iterator[Opened | Episode]:
        yield Opened(app_version="1", traits=TRAITS)
        yield from (episode(finding(cause), smallest=SMALL) for cause in ("one", "other"))

    monkeypatch.setattr("harness.exploring.campaign.Crew.results", results)
    told = Campaign(RunOptions(), seed=0, heard=lambda _: None)
    told.run(60.0, workers=2, first=first)
    assert len(told.found) == left


def test_another_cause_is_another_finding() -> None:
    told = campaign(*(episode(finding(cause), smallest=SMALL) for cause in ("one", "other")))
    assert len(told.found) == 2


def test_the_same_after_a_later_action_of_that_name_is_the_same_finding() -> None:
    causes = (
        "replaced after reload",
        "replaced after the third reload",
        "replaced after a later reload",
    )
    told = campaign(*(episode(finding(cause), smallest=SMALL) for cause in causes))
    assert [found.finding.causes for found in told.found] == [("replaced after reload",)]


def test_what_did_not_occur_again_is_kept_as_the_whole_walk() -> None:
    (found,) = campaign(episode(finding())).found
    assert (found.plan, found.again) == (WALK, False)


@pytest.mark.parametrize(
    ("episodes", "verdict"),
    [
        ((), "inconclusive"),
        ((episode(),), "pass"),
        (
            (episode(), episode(verdict="inconclusive", reason="it did not come to rest")),
            "inconclusive",
        ),
        ((episode(verdict="infrastructure", reason="the app ended"),), "infrastructure"),
        (
            (episode(finding()), episode(verdict="infrastructure", reason="the app ended")),
            "violated",
        ),
    ],
    ids=["nothing done", "clean", "not done to the end", "broken down", "found"],
)
def test_the_verdict_is_by_the_conventions_of_the_gate(
    episodes: tuple[Episode, ...], verdict: RunVerdict
) -> None:
    assert campaign(*episodes).verdict == verdict


def test_why_walks_could_not_go_on_is_counted() -> None:
    told = campaign(*(episode(verdict="inconclusive", reason="stuck") for _ in range(3)))
    assert told.unfinished == {"stuck": 3}


def test_of_plans_that_are_given_each_is_performed_once_as_far_as_the_app_can() -> None:
    queued = (OpenSession(), SendPrompt(text="a", held=True), SendPrompt(text="b"))
    moved = WALK.model_copy(update={"actions": (*queued, EnterWorktree(), Reload())})
    told = Campaign(RunOptions(plans=(WALK, moved)), seed=0, heard=lambda _: None)
    assert [*told.plans()] == []
    traits = TRAITS.model_copy(update={"enters_by": ()})
    told.open(Opened(app_version="1", traits=traits))
    able = moved.model_copy(update={"actions": (*queued, Reload())})
    assert [*told.plans()] == [(WALK, False), (able, False)]


ASKED = Replays(asked=5)
MET = ASKED.model_copy(update={"tried": 5, "met": 5})
MISSED = ASKED.model_copy(update={"tried": 4, "met": 3})
GONE = ASKED.model_copy(update={"lack": "port 4096 is taken"})


def tried(replays: Replays, walk: str = "walk-1") -> TriedAgain:
    return TriedAgain(walk=walk, replays=replays)


@pytest.mark.parametrize(
    ("outcome", "said", "examples"),
    [
        (MET, "  Replayed on a fresh app: 5 of 5 times.", [SMALL.actions]),
        (
            MISSED,
            f"  [yellow]{MISSED}[/]",
            [],
        ),
        (GONE, "  [yellow]Could not be replayed: port 4096 is taken.[/]", [SMALL.actions]),
        (ASKED, "  [yellow]Not replayed on a fresh app yet.[/]", [SMALL.actions]),
    ],
    ids=["met each time", "missed once", "not started again", "stopped before"],
)
def test_whether_a_finding_replays_is_said_and_kept(
    outcome: Replays, said: str, examples: list[object], tmp_path: Path
) -> None:
    options = RunOptions(reports=tmp_path)
    campaign = Campaign(options, seed=0, heard=lambda _: None, examples=Examples(options))
    campaign.take(episode(finding(), smallest=SMALL, replays=ASKED))
    (found,) = campaign.found
    for known in (ASKED.model_copy(update={"tried": 1, "met": 1}), outcome):
        campaign.learn(tried(known))
    assert campaign.found == [found._replace(replays=outcome)]  # found when it was found
    assert (campaign.verdict, campaign.episodes) == ("violated", 1)
    (path,) = kept(campaign, tmp_path, options)
    assert load_counterexample(path).found.replays == outcome
    assert said in [*said_of(campaign.found[0], path)]
    assert [plan.actions for plan in Examples(options).plans(TRAITS)] == examples


def test_where_nobody_asks_whether_it_replays_nothing_is_said_of_it(tmp_path: Path) -> None:
    unasked = campaign(episode(finding(), smallest=SMALL))
    (path,) = kept(unasked, tmp_path, RunOptions())
    assert "replays" not in path.read_text("utf-8")
    assert not any("eplayed" in line for line in said_of(unasked.found[0], path))


def test_the_replays_of_what_another_walk_had_found_are_of_no_account() -> None:
    known = campaign(episode(finding(), smallest=SMALL, replays=ASKED))
    known.learn(tried(MISSED, walk="walk-2"))
    assert [found.replays for found in known.found] == [ASKED]


def test_the_journal_tells_each_replay_of_a_finding() -> None:
    class Kept(Record):
        def __init__(self) -> None:
            self.told: list[tuple[str, Replays]] = []

        def walk(self, episode: Episode) -> None:
            del episode

        def found(self, plan: Plan, shown: object) -> None:
            del plan, shown

        def replayed(self, plan: Plan, replays: Replays) -> None:
            self.told.append((plan.name, replays))

    recorded = Campaign(RunOptions(), seed=0, heard=lambda _: None)
    recorded.record = record = Kept()
    recorded.take(episode(finding(), smallest=SMALL, replays=ASKED))
    recorded.learn(tried(MISSED))
    name = found_plan(recorded.found[0], 1).name
    assert record.told == [(name, ASKED), (name, MISSED)]


@pytest.mark.parametrize("outcome", [MET, MISSED, GONE])
def test_an_exploration_to_the_first_finding_ends_when_its_replays_do(
    outcome: Replays, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []

    def results(_crew: object, _tasks: object) -> Iterator[Opened | Episode | TriedAgain]:
        yield Opened(app_version="1", traits=TRAITS)
        yield episode(finding(), smallest=SMALL, replays=ASKED)
        taken.append("a walk")
        yield tried(ASKED.model_copy(update={"tried": 1, "met": 1}))
        taken.append("a replay")
        yield tried(outcome)
        taken.append("too much")

    monkeypatch.setattr("harness.exploring.campaign.Crew.results", results)
    campaign = Campaign(RunOptions(), seed=0, heard=lambda _: None, care=Care(replays=5))
    campaign.run(60.0, workers=2, first=True)
    assert [found.replays for found in campaign.found] == [outcome]
    assert taken == ["a walk", "a replay"]
