"""Walk after walk until the time is over: what was found, what was taken, how fast."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from harness.crew import FLOW_S, Crew
from harness.errors import AppError
from harness.exploring.episodes import Care, Episode, Errand, Opened, TriedAgain, Word, prepared
from harness.exploring.record import Record
from harness.exploring.search import Mark
from harness.exploring.steering import Steering
from harness.gate import Launch
from harness.journal import Finding, RunVerdict
from harness.plans import Plan, allowed
from harness.replays import Replays
from harness.run import RunOptions

if TYPE_CHECKING:
    from harness.exploring.examples import Examples

LENGTH = 24  # actions of a walk, without those that let go what it kept back
SHORT = 12  # where one finding is all that is asked for
SILENT_S = 60 * FLOW_S  # a walk is made small without a word


class Found(NamedTuple):
    """A finding, and the fewest actions that were found to meet it.

    Attributes:
        finding: as the plan had it.
        plan: meets it again; the walk itself where nothing did.
        again: whether it was met again.
        after_s: since the beginning, when it was made small.
        walk: had it first.
        cut_short: the time was over before all was tried that might have made it smaller.
        before: whether it was found in an earlier campaign, too.
        replays: whether its plan meets it on a fresh app; None where that is not asked.
    """

    finding: Finding
    plan: Plan
    again: bool
    after_s: float
    walk: Plan
    cut_short: bool = False
    before: bool = False
    replays: Replays | None = None


def found_plan(found: Found, number: int) -> Plan:
    """The plan of a finding, called by what it shows and what it does.

    Two explorations whose journals are merged may both have a first finding of a rule.
    """
    told = found.plan.model_dump_json(exclude={"name", "title"})
    mark = hashlib.sha256(told.encode()).hexdigest()[:6]
    return found.plan.model_copy(
        update={
            "name": f"found-{number}-{found.finding.property}-{mark}",
            "title": found.finding.summary,
        }
    )


class Campaign:
    """Explores an app; what was found is there at any time, also after Ctrl-C.

    Args:
        options: the app, the fault that it may have, and the plans that are performed in place of
            drawn walks: of each what the app can do.
        seed: of the walks; with more than one process the order in which they end counts too.
        length: actions of a walk.
        heard: is told each episode, and each replay of what it found.
        examples: what was found before is tried first, and what is found is kept there.
        care: what is done with what is found.

    Attributes:
        record: writes the journal, if there is one.
    """

    def __init__(  # noqa: PLR0913  what is asked of an exploration
        self,
        options: RunOptions,
        *,
        seed: int,
        heard: Callable[[Episode | TriedAgain], None],
        length: int = LENGTH,
        examples: "Examples | None" = None,
        care: Care | None = None,
    ) -> None:
        self._options = options
        self.seed = seed
        self._length = length
        self._heard = heard
        self._examples = examples
        self.record: Record | None = None
        self._care = care or Care()
        self._before: set[str] = set()  # names of plans that were kept
        self._known: set[Mark] = set()
        self._met: set[Mark] = set()  # those that are being made small
        self._began = time.monotonic()
        self.app_version = "unknown"
        self.steering: Steering | None = None
        self.found: list[Found] = []
        self.episodes = 0
        self.actions = 0
        self.unfinished: Counter[str] = Counter()  # walks that could not go on, by the reason
        self._broke_down = False
        self.seconds = 0.0

    def run(self, seconds: float, *, workers: int, first: bool = False) -> None:
        """Explore for so many seconds, or until all plans that were given are done.

        Args:
            seconds: the time for new walks, from when the first app is there; those that have
                begun are ended.
            workers: how many processes, each with an app and a browser.
            first: end with the first finding.

        Raises:
            HarnessError: the app or the browser cannot be started, or a process ended.
        """
        crew = Crew[Errand | None, Word](
            partial(prepared, self._options, Launch(tabs=True), self._care),
            size=workers,
            patience_s=SILENT_S,
            late=_late,
        )
        with closing(crew.results(self.errands(seconds, workers, first=first))) as told:
            for word in told:
                if isinstance(word, Opened):
                    self.open(word)
                elif isinstance(word, Mark):
                    self.meet(word)
                elif isinstance(word, TriedAgain):
                    self.learn(word)
                else:
                    self.take(word)
                if first and self._is_first_known():
                    return  # another process may be making small what it met meanwhile

    def _is_first_known(self) -> bool:
        """Whether something was found, and whether it replays is known or not asked."""
        replays = self.found[0].replays if self.found else None
        return bool(self.found) and (replays is None or replays.over)

    @property
    def verdict(self) -> RunVerdict:
        """By the conventions of the gate; what was found counts more than what broke down."""
        if self.found:
            return "violated"
        if self._broke_down:
            return "infrastructure"
        return "inconclusive" if self.unfinished or not self.episodes else "pass"

    @property
    def reason(self) -> str:
        """Why walks were not done to their end, most often; "" where all were, or one found it."""
        if self.found:
            return ""
        if not self.episodes:
            return "no walk was performed"
        return next((reason for reason, _ in self.unfinished.most_common(1)), "")

    def open(self, opened: Opened) -> None:
        """Take what the first app that is there can do."""
        if self.steering is None:
            self.app_version = opened.app_version
            self.steering = Steering(self.seed, opened.traits)
            if self.record:
                self.record.begin(opened)
            self._began = time.monotonic()

    @property
    def known(self) -> frozenset[Mark]:
        """What needs no search: it was found, or is being made small."""
        return frozenset(self._known | self._met)

    def meet(self, mark: Mark) -> None:
        """Note what a process is about to make small."""
        self._met.add(mark)

    def errands(self, seconds: float, workers: int, *, first: bool) -> Iterator[Errand | None]:
        """What the processes are to do: each opens its app first."""
        yield from [None] * workers
        for plan, small in self.plans():
            over = time.monotonic() - self._began >= seconds or (
                first and (self.found or self._met)
            )
            if over:
                return
            yield Errand(plan=plan, known=self.known, small=small)

    def plans(self) -> Iterator[tuple[Plan, bool]]:
        """Each plan, and whether it is small already."""
        if self.steering is None:
            return
        kept = self._examples.plans(self.steering.traits) if self._examples else ()
        self._before.update(plan.name for plan in kept)
        yield from ((plan, True) for plan in kept)
        if self._options.plans:
            able = (allowed(p, p.actions, self.steering.traits) for p in self._options.plans)
            yield from ((plan, False) for plan in able if plan)
            return
        while True:
            yield self.steering.draw(self._length), False

    def take(self, episode: Episode) -> None:
        """Account for a walk, and keep what it found that was not known."""
        self.seconds = time.monotonic() - self._began
        self.episodes += 1
        self.actions += episode.performed
        if self.steering:
            self.steering.account(episode.plan, episode.steps)
        if episode.reason:
            self.unfinished[episode.reason] += 1
        self._broke_down |= episode.verdict == "infrastructure"
        if self.record:
            self.record.walk(episode)
        finding = episode.unknown
        if finding and Mark.of(finding) not in self._known:
            self._known.add(Mark.of(finding))
            self._keep(episode, finding)
        elif episode.plan.name in self._before and episode.verdict in {"pass", "violated"}:
            self._forget(episode.plan)
        self._heard(episode)

    def learn(self, word: TriedAgain) -> None:
        """Note what is known by now of whether a finding replays; a walk has one, if any."""
        self.seconds = time.monotonic() - self._began
        for place, found in enumerate(self.found):
            if found.walk.name == word.walk:
                self.found[place] = found._replace(replays=word.replays)
                self._tell_replays(place)
                if word.replays.reproducible is False:
                    self._forget(found.plan)
                self._heard(word)

    def _tell_replays(self, place: int) -> None:
        found = self.found[place]
        if self.record and found.replays:
            self.record.replayed(found_plan(found, place + 1), found.replays)

    def _keep(self, episode: Episode, finding: Finding) -> None:
        found = Found(
            finding=episode.met or finding,
            plan=episode.smallest or episode.plan,
            again=episode.smallest is not None,
            after_s=self.seconds,
            walk=episode.plan,
            cut_short=episode.cut_short,
            before=episode.plan.name in self._before,
            replays=episode.replays,
        )
        self.found.append(found)
        if self.record:
            self.record.found(found_plan(found, len(self.found)), episode.shown)
        self._tell_replays(len(self.found) - 1)
        if self._examples and found.again:
            self._examples.keep(found.plan)

    def _forget(self, plan: Plan) -> None:
        """It meets nothing any more, nothing that a smaller one does not meet, or not each time."""
        if self._examples:
            self._examples.forget(plan)


def _late(errand: Errand | None) -> Episode:
    named = errand.plan.name if errand else "the start of the app"
    raise AppError(f"{named} did not end in {SILENT_S / 60:.0f} minutes")
