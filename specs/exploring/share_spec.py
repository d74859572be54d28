"""A process that explores ends at a signal, also where what its handler raised was swallowed."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from types import SimpleNamespace

import pytest

from harness.actions import OpenSession
from harness.exploring.episodes import Care, Errand, TriedAgain, Word, prepared
from harness.gate import Launch, opening
from harness.journal import Entry, FlowEnded
from harness.plans import Plan
from harness.run import Begun, RunOptions
from harness.stopping import STOP, STOPS, hush
from harness.targets.reference import TRAITS
from specs.exploring.made_up import judged

WALK = Plan(name="walk-1", title="Walk 1", actions=(OpenSession(),))
FINDS = WALK.model_copy(update={"name": "finds"})


class Run:
    """Performs a plan without any app: it tells that the plan is over, and what one finds."""

    hurried = nullcontext

    def __init__(self, emit: Callable[[Entry], None]) -> None:
        self._emit = emit

    def perform(self, plan: Plan, _page: object) -> None:
        if plan == FINDS:
            self._emit(judged(plan, 1, "torn"))
        self._emit(FlowEnded(flow=plan.name, t=1.0, verdict="pass"))

    def end_when_violated(self) -> None:
        """Nothing breaks a rule here."""


@pytest.fixture
def listening() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in STOPS}
    STOP.listen()
    yield
    STOP.listen()  # it forgets the signal
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def no_app(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No app is started, and no browser; answers with what would have been."""
    starts: list[str] = []

    def ready(*_: object) -> AbstractContextManager[SimpleNamespace]:
        return nullcontext(SimpleNamespace(traits=TRAITS))

    def target(name: str) -> SimpleNamespace:
        starts.append(name)
        return SimpleNamespace(start=ready)

    def begin(*given: Callable[[Entry], None]) -> tuple[Run, Begun]:
        return Run(given[-1]), Begun()

    monkeypatch.setattr(opening, "opened_browser", ready)
    monkeypatch.setattr(opening, "workshop_for", ready)
    monkeypatch.setattr(opening, "target_named", target)
    monkeypatch.setattr(opening, "begin", begin)
    monkeypatch.setattr(opening, "named", str)
    return starts


@pytest.mark.usefixtures("listening", "no_app")
def test_a_lost_signal_ends_the_next_walk() -> None:
    said: list[Word] = []
    with prepared(RunOptions(), Launch(), Care(), said.append) as do:
        do(Errand(plan=WALK))
        with suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            do(Errand(plan=WALK))
    assert len(said) == 1


@pytest.mark.parametrize(
    ("options", "starts", "fresh"),
    [
        (RunOptions(), 2, True),
        (RunOptions(base_url="http://127.0.0.1:4096"), 1, False),
        (RunOptions(agent_port=4097), 1, False),
    ],
)
def test_what_is_found_is_replayed_on_another_app_where_there_can_be_one(
    options: RunOptions, starts: int, no_app: list[str], *, fresh: bool
) -> None:
    said: list[Word] = []
    with prepared(options, Launch(), Care(replays=2), said.append) as do:
        do(Errand(plan=FINDS, small=True))
    assert len(no_app) == starts
    known = [word.replays for word in said if isinstance(word, TriedAgain)]
    assert [(each.met, each.tried, each.fresh) for each in known] == [(1, 1, fresh), (2, 2, fresh)]


@pytest.mark.parametrize(
    ("raised", "told"), [(KeyboardInterrupt, 0), (SystemExit, 0), (ValueError, 1)]
)
def test_a_signal_in_a_finalizer_is_not_told_as_an_error(
    raised: type[BaseException], told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual: list[object] = []
    monkeypatch.setattr("sys.unraisablehook", usual.append)
    hush()
    sys.unraisablehook(SimpleNamespace(exc_type=raised))  # pyright: ignore[reportArgumentType]
    assert len(usual) == told
