"""Hypothesis's stateful machine as anybody would write it over the same actions.

A rule for each kind of action, allowed where the model allows it; nothing steers them. A walk is
performed as a whole when it is drawn, and what breaks a rule is shrunk by Hypothesis.
"""

import sys
import tempfile
import time
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from harness.explorer.bounds import Bounds
from harness.explorer.moves import OFFERS, Move, moves
from harness.explorer.possible import impossible
from harness.exploring.bench.came import Came
from harness.exploring.campaign import LENGTH
from harness.exploring.episodes import Explorer
from harness.exploring.search import Mark
from harness.gate import Launch, opened_share
from harness.journal import Entry, Finding
from harness.plans import Plan
from harness.run import RunOptions
from harness.traits import Traits

TOOL = "plain Hypothesis"


class BrokenError(AssertionError):
    """A property is violated."""


class _Over(KeyboardInterrupt):
    """The time is over; Hypothesis would take any other exception for a failure."""


class Search:
    """What the walks of a machine meet, until the time is over."""

    def __init__(self, explorer: Explorer, traits: Traits, seconds: float) -> None:
        self.traits = traits
        self.bounds = Bounds()
        self.began = time.monotonic()
        self.smallest: Plan | None = None
        self.after_s = 0.0
        self.first: Finding | None = None
        self._explorer = explorer
        self._until = self.began + seconds
        self._answers: dict[Plan, bool] = {}

    def perform(self, moved: list[Move]) -> None:
        """Perform a walk that was drawn, once.

        Raises:
            BrokenError: it breaks the rule that the first walk with a finding broke.
        """
        plan = self.bounds.plan.model_copy(update={"actions": tuple(m.action for m in moved)})
        if plan not in self._answers:
            if time.monotonic() > self._until:
                raise _Over
            self._answers[plan] = self._meets(plan)
        if self._answers[plan]:
            raise BrokenError

    def _meets(self, plan: Plan) -> bool:
        found = self._explorer.findings(plan)
        self.first = self.first or next(iter(found), None)
        if self.first is None or Mark.of(self.first) not in map(Mark.of, found):
            return False
        if self.smallest is None or len(plan.actions) < len(self.smallest.actions):
            self.smallest, self.after_s = plan, time.monotonic() - self.began
        return True


class _Walk(RuleBasedStateMachine):
    """A walk that is drawn; performed as a whole when it is over."""

    search: Search

    def __init__(self) -> None:
        super().__init__()
        self.world = self.search.bounds.start(self.search.traits)
        self.moved: list[Move] = []

    @cached_property
    def offered(self) -> dict[str, list[Move]]:
        """What may be done now, by the kind of action."""
        by_kind: dict[str, list[Move]] = {}
        for move in moves(self.world, len(self.moved)):
            after = move.action.effect(self.world)
            lack = impossible(move.action, self.world, after, self.search.traits)
            if lack is None and self.search.bounds.passed(after) is None:
                by_kind.setdefault(move.action.name, []).append(move)
        return by_kind

    def take(self, data: st.DataObject, kind: str) -> None:
        """Do one action of a kind."""
        move = data.draw(st.sampled_from(self.offered[kind]))
        self.world = move.action.effect(self.world)
        self.moved.append(move)
        del self.offered

    def teardown(self) -> None:
        """Perform it, unless it could not be drawn to its end."""
        if self.moved and sys.exception() is None:
            self.search.perform(self.moved)


def machine(search: Search) -> type[_Walk]:
    """The machine whose walks are performed by a search: a rule for each kind of action."""
    rules = {kind.called().replace("-", "_"): _rule(kind.called()) for kind in OFFERS}
    return type("Walk", (_Walk,), {**rules, "search": search})


def _rule(kind: str) -> object:
    def take(self: _Walk, data: st.DataObject) -> None:
        self.take(data, kind)

    def may(self: _Walk) -> bool:
        return kind in self.offered

    take.__name__ = kind.replace("-", "_")
    return precondition(may)(rule(data=st.data())(take))


def tried(options: RunOptions, fault: str, seconds: float, seed_: int) -> Came:
    """Let Hypothesis look, and make small what it finds, until the time is over."""
    heard: list[Entry] = []
    with (
        tempfile.TemporaryDirectory(prefix="scope-harness-bench-") as folder,
        opened_share(options, Path(folder), Launch(tabs=True), heard.append, shots=None) as share,
    ):
        explorer = Explorer(share.perform, share.traits, heard)
        search = Search(explorer, share.traits, seconds)
        walks = seed(seed_)(machine(search))
        with suppress(BrokenError, _Over):
            run_state_machine_as_test(walks, settings=SETTINGS)
        took = time.monotonic() - search.began
    came = Came(TOOL, fault, actions=explorer.performed, seconds=took)
    if search.first is None or search.smallest is None:
        return came
    length = len(search.smallest.actions)
    return came._replace(rule=search.first.property, after_s=search.after_s, length=length)


SETTINGS = settings(
    max_examples=100_000,
    stateful_step_count=LENGTH,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    verbosity=Verbosity.quiet,
    report_multiple_bugs=False,
    suppress_health_check=(
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ),
)
