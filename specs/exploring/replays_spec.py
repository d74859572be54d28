"""Whether what was found is met again on a fresh app, each time that it is tried."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from subprocess import CalledProcessError

import pytest

from harness.errors import AppError, SetupError
from harness.exploring.episodes import Episode, Errand
from harness.exploring.replays import Perform, Replaying
from harness.exploring.search import Means
from harness.journal import FlowEnded, RunVerdict
from harness.plans import Plan
from harness.replays import Replays
from specs.exploring.episodes_spec import LOST, TORN, WALK, App, Late, mark
from specs.exploring.made_up import judged


class Fresh:
    """An app that is started to replay what another one met.

    Args:
        app: what runs already; its journal is that of both.
        cause: of its faults; "" is none.
        times: how often it has them.
        verdict: of a plan that meets none.
        ends: the app ends as it is given this plan, by its number.
    """

    def __init__(
        self,
        app: App,
        cause: str = TORN,
        times: int = 1000,
        verdict: RunVerdict = "pass",
        ends: int = 1000,
    ) -> None:
        self.performed: list[Plan] = []
        self.starts = 0
        self._app = app
        self._cause = cause
        self._times = times
        self._verdict: RunVerdict = verdict
        self._ends = ends

    def perform(self, plan: Plan) -> None:
        self.performed.append(plan)
        if len(self.performed) == self._ends:
            raise AppError("the app ended with signal SIGKILL")
        met = len(self.performed) <= self._times
        self._app.heard += [
            *([judged(plan, 2, self._cause)] if met else []),
            FlowEnded(flow=plan.name, t=9.0, verdict="violated" if met else self._verdict),
        ]

    @contextmanager
    def started(self) -> Generator[Perform]:
        self.starts += 1
        yield self.perform

    def replayed(self, errand: Errand, times: int = 5) -> tuple[Episode, list[Replays]]:
        """What comes of a walk, and what is known after each replay of what it found."""
        explorer = self._app.explorer(Means(replaying=Replaying(times, self.started)))
        episode = explorer.episode(errand)
        return episode, [*explorer.replays(episode)]


def test_what_is_met_each_time_on_one_fresh_app_is_reproducible() -> None:
    app = App()
    fresh = Fresh(app)
    episode, known = fresh.replayed(Errand(plan=WALK))
    assert episode.replays == Replays(asked=5)
    assert [(each.met, each.tried, each.over) for each in known] == [
        *((n, n, False) for n in range(1, 5)),
        (5, 5, True),
    ]
    assert (known[-1].reproducible, fresh.starts) == (True, 1)
    assert episode.smallest is not None
    assert fresh.performed == [episode.smallest] * 5
    assert fresh.performed[0] in app.performed
    assert str(known[-1]) == "Replayed on a fresh app: 5 of 5 times."


@pytest.mark.parametrize(
    ("met", "said"),
    [
        (0, "it was not met."),
        (1, "it was met once and not the 2nd time."),
        (2, "it was met 2 times and not the 3rd time."),
        (4, "it was met 4 times and not the 5th time."),
    ],
)
def test_the_first_miss_ends_it_and_it_is_not_reproducible(met: int, said: str) -> None:
    fresh = Fresh(App(), times=met)
    _, known = fresh.replayed(Errand(plan=WALK))
    assert len(known) == len(fresh.performed) == met + 1
    assert (known[-1].met, known[-1].tried, known[-1].over) == (met, met + 1, True)
    assert known[-1].reproducible is False
    assert str(known[-1]) == f"Not reproducible: on a fresh app {said}"


@pytest.mark.parametrize(
    ("cause", "reproducible"),
    [(TORN, True), (LOST, False), (f"{TORN} after the second reload", False)],
)
def test_another_cause_is_a_miss(cause: str, *, reproducible: bool) -> None:
    _, known = Fresh(App(), cause).replayed(Errand(plan=WALK))
    assert known[-1].reproducible is reproducible


def test_it_is_what_the_smallest_plan_gave_that_is_to_be_met() -> None:
    twice = WALK.model_copy(update={"actions": (*WALK.actions, WALK.actions[4])})
    episode, known = Fresh(Late(), f"{TORN} after reload").replayed(Errand(plan=twice))
    assert episode.unknown
    assert episode.unknown.causes == (f"{TORN} after the second reload",)
    assert known[-1].reproducible


def test_what_was_made_small_before_is_replayed_where_it_finds_something() -> None:
    fresh = Fresh(App())
    _, known = fresh.replayed(Errand(plan=WALK, small=True), times=2)
    assert (fresh.performed, known[-1].met) == ([WALK] * 2, 2)
    calm = Fresh(App(times=0))
    episode, known = calm.replayed(Errand(plan=WALK, small=True))
    assert (episode.replays, known, calm.starts) == (None, [], 0)


def test_what_did_not_occur_again_is_replayed_as_the_whole_walk() -> None:
    fresh = Fresh(App(times=1), times=0)
    episode, known = fresh.replayed(Errand(plan=WALK))
    assert (episode.smallest, fresh.performed, known[-1].reproducible) == (None, [WALK], False)


def test_what_is_known_is_not_replayed_and_nothing_is_where_nobody_asks() -> None:
    fresh = Fresh(App())
    known = frozenset([mark(TORN), mark(LOST)])
    assert fresh.replayed(Errand(plan=WALK, known=known))[1] == []
    assert fresh.starts == 0
    explorer = App().explorer()
    episode = explorer.episode(Errand(plan=WALK))
    assert episode.smallest
    assert (episode.replays, [*explorer.replays(episode)]) == (None, [])


def test_where_no_other_app_can_be_it_is_replayed_on_the_same() -> None:
    app = App()

    @contextmanager
    def same() -> Generator[Perform]:
        yield app.perform

    explorer = app.explorer(Means(replaying=Replaying(3, same, fresh=False)))
    episode = explorer.episode(Errand(plan=WALK))
    *_, last = explorer.replays(episode)
    assert app.performed[-3:] == [episode.smallest] * 3
    assert str(last) == "Replayed on the same app: 3 of 3 times."


@pytest.mark.parametrize("error", [SetupError, OSError, CalledProcessError])
def test_an_app_that_cannot_be_started_again_loses_no_finding(error: type[Exception]) -> None:
    raised = error(1, "app") if error is CalledProcessError else error("port 4096 is taken.")

    class Once(Fresh):
        @contextmanager
        def started(self) -> Generator[Perform]:
            raise raised
            yield self.perform

    episode, (known,) = Once(App()).replayed(Errand(plan=WALK))
    assert episode.smallest
    assert (known.tried, known.over, known.reproducible) == (0, True, None)
    assert str(known) == f"Could not be replayed: {str(raised).rstrip('.')}."


def _dies(app: App) -> Fresh:
    return Fresh(app, ends=3)


def _gone(app: App) -> Fresh:
    return Fresh(app, times=2, verdict="infrastructure")


@pytest.mark.parametrize(
    ("made", "why"), [(_dies, "the app ended with signal SIGKILL"), (_gone, "the app was gone")]
)
def test_an_app_that_ends_meanwhile_is_no_miss(made: Callable[[App], Fresh], why: str) -> None:
    _, known = made(App()).replayed(Errand(plan=WALK))
    assert (known[-1].met, known[-1].tried, known[-1].over) == (2, 2, True)
    assert known[-1].reproducible is None
    assert str(known[-1]) == (
        f"Replayed on a fresh app: 2 of 2 times; the 3rd could not be done: {why}."
    )


def test_what_came_to_no_verdict_is_a_miss() -> None:
    _, known = Fresh(App(), times=1, verdict="inconclusive").replayed(Errand(plan=WALK))
    assert known[-1].reproducible is False


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (Replays(asked=5), "Not replayed on a fresh app yet."),
        (
            Replays(asked=5, tried=3, met=3),
            "Replayed on a fresh app: 3 of 3 times; the other 2 were not tried.",
        ),
        (
            Replays(asked=5, tried=2, met=1, lack="it was late"),
            "Not reproducible: on a fresh app it was met once and not the 2nd time: it was late.",
        ),
    ],
)
def test_what_was_cut_off_or_not_judged_is_said(known: Replays, said: str) -> None:
    assert str(known) == said
