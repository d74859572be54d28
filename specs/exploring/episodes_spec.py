"""From a walk with a finding to its smallest plan; an app of a few lines performs it."""

from collections.abc import Generator
from contextlib import contextmanager

import pytest

from harness.actions import AnyAction, OpenSession, ReadLatest, Reload, SendPrompt, WriteDraft
from harness.errors import AppError
from harness.exploring.episodes import Episode, Errand, Explorer
from harness.exploring.search import Mark, Means
from harness.journal import Entry, FlowEnded, PropertyJudged, StepObserved
from harness.observations import Observation
from harness.plans import Other, Plan
from harness.targets.reference import TRAITS
from specs.exploring.made_up import judged

WALK = Plan(
    name="walk-1",
    title="Walk 1",
    others=(Other(session="short"),),
    actions=(
        OpenSession(),
        ReadLatest(),
        SendPrompt(text="Say it."),
        WriteDraft(text="a"),
        Reload(),
        ReadLatest(),
    ),
)
TORN, LOST = "timeline replaced", "draft lost"


class App:
    """Has a fault at every reload, and another one where a draft was written before it.

    Args:
        times: how often the faults show; from then on it is sound.
        least: they show from this action on.
    """

    def __init__(self, times: int = 1000, least: int = 1) -> None:
        self.performed: list[Plan] = []
        self.heard: list[Entry] = []
        self._times = times
        self._least = least

    def perform(self, plan: Plan) -> None:
        self.performed.append(plan)
        names = [action.name for action in plan.actions]
        step = names.index("reload") + 1 if "reload" in names else 0
        shows = step >= self._least and len(self.performed) <= self._times
        causes = [TORN] * bool(shows) + [LOST] * bool(shows and "write-draft" in names[:step])
        self.heard += [
            *(observed(plan, number) for number in range(1, len(names) + 1)),
            *(judged(plan, step, cause) for cause in causes),
            FlowEnded(flow=plan.name, t=9.0, verdict="violated" if causes else "pass"),
        ]

    def explorer(self, means: Means | None = None) -> Explorer:
        return Explorer(self.perform, TRAITS, self.heard, means)


class Late(App):
    """Has its fault at the last reload."""

    def perform(self, plan: Plan) -> None:
        self.performed.append(plan)
        reloads = [n for n, each in enumerate(plan.actions, start=1) if each.name == "reload"]
        which = {1: "reload", 2: "the second reload"}.get(len(reloads), "a later reload")
        self.heard += [
            *(observed(plan, number) for number in range(1, len(plan.actions) + 1)),
            *(judged(plan, step, f"{TORN} after {which}") for step in reloads[-1:]),
            FlowEnded(flow=plan.name, t=9.0, verdict="violated" if reloads else "pass"),
        ]


def causes_of(entry: Entry) -> set[str]:
    findings = entry.findings if isinstance(entry, PropertyJudged) else ()
    return {cause for each in findings for cause in each.causes}


def observed(plan: Plan, step: int) -> StepObserved:
    return StepObserved(flow=plan.name, step=step, t=step, predicted={}, observation=Observation())


def mark(cause: str) -> Mark:
    return Mark(property="some-rule", cause=cause)


@pytest.mark.parametrize(
    ("known", "left"),
    [
        (frozenset[Mark](), (OpenSession(), Reload())),
        (frozenset([mark(TORN)]), (OpenSession(), WriteDraft(text="a"), Reload())),
    ],
    ids=["the first finding", "the first that is not known"],
)
def test_what_is_found_is_made_as_small_as_it_can_be(
    known: frozenset[Mark], left: tuple[AnyAction, ...]
) -> None:
    app = App()
    episode = app.explorer().episode(Errand(plan=WALK, known=known))
    assert episode.smallest
    assert (episode.smallest.actions, episode.smallest.others) == (left, ())
    assert episode.met
    assert episode.met.summary == f"at step {len(left)} of {len(left)}"
    assert episode.unknown
    assert episode.unknown.summary == "at step 5 of 6"
    assert (episode.steps, episode.verdict) == (6, "violated")
    assert episode.performed == sum(len(plan.actions) for plan in app.performed)


def test_a_finding_may_be_that_of_another_action_of_its_name_once_it_is_small() -> None:
    twice = WALK.model_copy(update={"actions": (*WALK.actions, Reload())})
    episode = Late().explorer().episode(Errand(plan=twice))
    assert episode.unknown
    assert episode.unknown.causes == (f"{TORN} after the second reload",)
    assert episode.smallest
    assert episode.smallest.actions == (OpenSession(), Reload())
    assert episode.met
    assert episode.met.causes == (f"{TORN} after reload",)


def test_what_is_found_is_told_though_the_app_ends_while_it_is_made_small() -> None:
    class Mortal(App):
        def perform(self, plan: Plan) -> None:
            if self.performed:
                raise AppError("the app ended with signal SIGKILL")
            super().perform(plan)

    episode = Mortal().explorer().episode(Errand(plan=WALK))
    assert episode.unknown
    assert episode.smallest is None
    assert [type(entry) for entry in episode.shown][-1:] == [FlowEnded]


def test_what_is_found_is_performed_once_more_with_pictures() -> None:
    app = App()
    taken: list[int] = []

    @contextmanager
    def photographing() -> Generator[None]:
        before = len(app.performed)
        yield
        taken.extend(range(before, len(app.performed)))

    episode = app.explorer(Means(photographing)).episode(Errand(plan=WALK))
    (last,) = taken
    assert last == len(app.performed) - 1
    assert app.performed[last] == episode.smallest
    assert [type(entry) for entry in episode.shown] == [type(entry) for entry in app.heard]


class Slow(App):
    """Some steps come late: where steps are hurried a draft is taken for lost without a reload."""

    def __init__(self) -> None:
        super().__init__()
        self.paces: list[float] = []
        self.hasty: list[bool] = []
        self._hasty = False

    @contextmanager
    def hurried(self, patience_s: float) -> Generator[None]:
        self.paces.append(patience_s)
        self._hasty = True
        yield
        self._hasty = False

    def perform(self, plan: Plan) -> None:
        self.hasty.append(self._hasty)
        names = [action.name for action in plan.actions]
        if self._hasty and "write-draft" in names and "reload" not in names:
            self.performed.append(plan)
            self.heard += [
                *(observed(plan, number) for number in range(1, len(names) + 1)),
                judged(plan, names.index("write-draft") + 1, LOST),
                FlowEnded(flow=plan.name, t=9.0, verdict="violated"),
            ]
        else:
            super().perform(plan)

    def searched(self, known: str) -> Episode:
        """What comes of the walk where one of its findings is known."""
        explorer = self.explorer(Means(hurried=self.hurried))
        return explorer.episode(Errand(plan=WALK, known=frozenset([mark(known)])))


def test_a_search_waits_no_longer_than_the_walk_has_shown_to_be_needed() -> None:
    app = Slow()
    episode = app.searched(known=LOST)
    assert episode.smallest
    assert episode.smallest.actions == (OpenSession(), Reload())
    # The walk itself, and the smallest plan at the end, are given all the time that there is.
    assert (app.hasty[0], all(app.hasty[1:-1]), app.hasty[-1]) == (False, True, False)
    assert app.performed[-1] == episode.smallest
    assert app.paces == [0.5]  # a step of the walk took no time at all


def test_what_is_met_in_a_hurry_only_is_searched_again_without() -> None:
    app = Slow()
    episode = app.searched(known=TORN)
    assert episode.smallest
    assert not episode.cut_short
    assert episode.smallest.actions == (OpenSession(), WriteDraft(text="a"), Reload())


def test_without_time_for_a_search_what_is_found_is_cut_where_it_is_met() -> None:
    app = Slow()
    episode = app.explorer(Means(hurried=app.hurried, seconds=0.0)).episode(Errand(plan=WALK))
    assert episode.smallest
    assert episode.cut_short
    assert episode.smallest.actions == WALK.actions[:5]
    # Met in a hurry, and then without.
    assert [plan.actions for plan in app.performed[1:]] == [WALK.actions[:5]] * 2


def test_what_is_found_is_told_before_it_is_made_small() -> None:
    app = App()
    told: list[tuple[Mark, int]] = []

    def met(what: Mark) -> None:
        told.append((what, len(app.performed)))

    app.explorer(Means(met=met)).episode(Errand(plan=WALK))
    assert told == [(mark(TORN), 1)]


def test_what_does_not_occur_again_is_shown_as_it_was_seen() -> None:
    app = App(times=1)
    episode = app.explorer().episode(Errand(plan=WALK))
    steps = [entry.step for entry in episode.shown if isinstance(entry, StepObserved)]
    assert steps == [1, 2, 3, 4, 5, 6]


def test_after_its_step_nothing_is_tried() -> None:
    app = App(least=5)
    app.explorer().episode(Errand(plan=WALK))
    assert app.performed[0] == WALK
    assert max(len(plan.actions) for plan in app.performed[1:]) == 5


def test_what_does_not_occur_again_has_no_smallest_plan() -> None:
    app = App(times=1)
    episode = app.explorer().episode(Errand(plan=WALK))
    assert (episode.smallest, episode.met) == (None, None)
    assert episode.unknown
    first, *later = (len(plan.actions) for plan in app.performed)
    assert first == 6
    assert [size for size in later if size >= 5] == [5, 6, 5, 6]  # for each of the two findings


def test_where_the_first_is_not_met_again_another_finding_of_the_walk_is_made_small() -> None:
    class Once(App):
        """Replaces the timeline in the walk alone, and loses the draft each time."""

        def perform(self, plan: Plan) -> None:
            super().perform(plan)
            gone = {TORN} if len(self.performed) > 1 else set[str]()
            self.heard[:] = [each for each in self.heard if not gone & causes_of(each)]

    said: list[Mark] = []
    episode = Once().explorer(Means(met=said.append)).episode(Errand(plan=WALK))
    assert said == [mark(TORN), mark(LOST)]
    assert episode.unknown
    assert Mark.of(episode.unknown) == mark(LOST)
    assert episode.smallest
    assert episode.smallest.actions == (OpenSession(), WriteDraft(text="a"), Reload())


@pytest.mark.parametrize(
    "errand",
    [
        Errand(plan=WALK, known=frozenset([mark(TORN), mark(LOST)])),
        Errand(plan=WALK, small=True),
    ],
    ids=["known", "made small before"],
)
def test_what_needs_no_search_is_performed_once(errand: Errand) -> None:
    app = App()
    episode = app.explorer().episode(errand)
    assert app.performed == [WALK]
    assert episode.smallest == (WALK if errand.small else None)
