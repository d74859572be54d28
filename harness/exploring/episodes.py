"""One walk in a browser, and what it finds made small; in a process of its own."""

import math
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import NamedTuple

from harness.coverage import Covered, FlowCovered
from harness.errors import AppError
from harness.exploring.replays import Perform, Replaying, tries
from harness.exploring.search import Mark, Means, Search, Told
from harness.gate import Launch, Share, opened_share
from harness.journal import Entry, Finding, FlowEnded, PropertyJudged, RunVerdict, StepObserved
from harness.plans import Plan
from harness.replays import Replays
from harness.run import RunOptions
from harness.traits import Traits
from harness.values import Value


class Errand(Value):
    """A walk to be performed; what is found there and is not known yet is made small.

    Attributes:
        plan: the walk.
        known: what was found already.
        small: the plan was made small when it was found first.
    """

    plan: Plan
    known: frozenset[Mark] = frozenset()
    small: bool = False


class Episode(Value):
    """What came of one walk.

    Attributes:
        plan: as it was drawn.
        steps: how many of its actions were performed.
        verdict: of the flow.
        reason: why it could not go on.
        findings: what broke, in the order of the steps.
        smallest: the fewest actions that were found to have the first unknown finding still; None
            where there is none, or where it did not occur again.
        cut_short: the time was over before all was tried that might have made it smaller.
        unknown: that finding, as the walk had it.
        met: and as the smallest plan had it.
        replays: what is known of it before it is replayed; None where it is not to be.
        shown: what the journal tells of a run that met it, with pictures where there is a folder
            for them.
        covered: what of the model the walk exercised.
        performed: how many actions were performed in all, those of the shrinking too.
        seconds: from beginning to end.
    """

    plan: Plan
    steps: int
    verdict: RunVerdict
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    smallest: Plan | None = None
    cut_short: bool = False
    unknown: Finding | None = None
    met: Finding | None = None
    replays: Replays | None = None
    shown: tuple[Entry, ...] = ()
    covered: Covered = Covered()
    performed: int = 0
    seconds: float = 0.0


class Opened(Value):
    """What a process says when its app and its browser are there."""

    app_version: str
    traits: Traits
    browser: str = "unknown"


class TriedAgain(Value):
    """What is known by now of whether the finding of a walk replays."""

    walk: str
    replays: Replays


class Care(NamedTuple):
    """What is done with what is found.

    Attributes:
        shots: the folder for pictures of it, if there is one.
        replays: how often it is replayed on a fresh app.
        shrink_s: for how long fewer actions are looked for, in seconds; see `Means.seconds`.
    """

    shots: Path | None = None
    replays: int = 0
    shrink_s: float = math.inf


Word = Opened | Mark | Episode | TriedAgain
Do = Callable[[Errand | None], None]


@contextmanager
def prepared(
    options: RunOptions,
    launch: Launch,
    care: Care,
    say: Callable[[Word], None],
) -> Generator[Do]:
    """Start the app and a browser; answers with a function that performs a walk.

    In place of a walk, None has it say what it works with. What is found is said as soon as it is
    met, with the episode once it is small, and after each replay.
    """
    heard: list[Entry] = []
    with (
        tempfile.TemporaryDirectory(prefix="scope-harness-explore-") as folder,
        opened_share(options, Path(folder), launch, heard.append, shots=None) as share,
    ):
        photographing = partial(share.run.photographing, care.shots) if care.shots else None
        share.run.end_when_violated()
        explorer = Explorer(
            share.perform,
            share.traits,
            heard,
            Means(
                photographing=photographing,
                hurried=share.run.hurried,
                met=say,
                replaying=_replaying(options, share, care.replays),
                seconds=care.shrink_s,
            ),
        )

        def do(errand: Errand | None) -> None:
            if errand is None:
                say(
                    Opened(
                        app_version=share.begun.app_version,
                        traits=share.traits,
                        browser=share.browser,
                    )
                )
            else:
                episode = explorer.episode(errand)
                say(episode)
                for known in explorer.replays(episode):
                    say(TriedAgain(walk=errand.plan.name, replays=known))

        yield do


def _replaying(options: RunOptions, share: Share, times: int) -> Replaying | None:
    """An app that somebody else started, or that asks at a certain port, is there once."""
    if not times:
        return None
    if options.base_url or options.agent_port:
        return Replaying(times, lambda: nullcontext(share.perform), fresh=False)

    @contextmanager
    def afresh() -> Generator[Perform]:
        with share.beside() as other:
            yield other.perform

    return Replaying(times, afresh)


class Explorer:
    """Performs plans and gathers what the properties say of them.

    Args:
        perform: performs a plan on the app.
        traits: of the app.
        heard: where the journal's entries arrive meanwhile.
        means: for what it finds.
    """

    def __init__(
        self,
        perform: Perform,
        traits: Traits,
        heard: list[Entry],
        means: Means | None = None,
    ) -> None:
        self._perform = perform
        self._traits = traits
        self._heard = heard
        self._means = means or Means()
        self.performed = 0

    def episode(self, errand: Errand) -> Episode:
        """Perform a walk, and make what it finds small."""
        began = time.monotonic()
        self.performed = 0
        plan = errand.plan
        findings = self._seen(plan) if errand.small else self.findings(plan)
        steps, heard = self.performed, tuple(self._heard)
        (ended,) = (entry for entry in heard if isinstance(entry, FlowEnded))
        fresh = [each for each in findings if Mark.of(each) not in errand.known]
        unknown = next(iter(fresh), None)
        told = Episode(
            plan=plan,
            steps=steps,
            verdict=ended.verdict,
            reason=ended.reason,
            findings=tuple(findings),
            unknown=unknown,
            replays=self._means.replaying.none_yet if unknown and self._means.replaying else None,
            covered=next((one.covered for one in heard if isinstance(one, FlowCovered)), Covered()),
        )
        more = self._made_small(errand, fresh, heard) if fresh else {}
        spent = {"performed": self.performed, "seconds": round(time.monotonic() - began, 2)}
        return told.model_copy(update={**more, **spent})

    def _made_small(
        self, errand: Errand, findings: Sequence[Finding], heard: tuple[Entry, ...]
    ) -> dict[str, object]:
        """The first of the findings that is met again, and how."""
        if errand.small:
            return {"smallest": errand.plan, "met": findings[0], "shown": heard}
        search = Search(self._told_of, self._traits, self._means)
        tried = set[Mark]()
        for finding in findings:
            mark = Mark.of(finding)
            if mark in tried:
                continue
            tried.add(mark)
            if self._means.met:
                self._means.met(mark)
            try:
                small = search.small(errand.plan, finding, heard)
            except AppError:  # the next walk says that the app has ended; nothing found is lost
                break
            if small:
                plan, (met, shown) = small
                told = {"smallest": plan, "cut_short": search.cut_short}
                return {**told, "unknown": finding, "met": met, "shown": shown}
        return {"shown": heard}

    def replays(self, episode: Episode) -> Iterator[Replays]:
        """Replay what an episode found that was not known; what is known of it after each time."""
        found, replaying = episode.met or episode.unknown, self._means.replaying
        if found and replaying:
            yield from tries(episode.smallest or episode.plan, found, replaying, self._told_of)

    def _told_of(self, plan: Plan, perform: Perform | None = None) -> Told:
        return self.findings(plan, perform), tuple(self._heard)

    def _seen(self, plan: Plan) -> Sequence[Finding]:
        """Perform a plan where somebody may look at it."""
        with self._means.watching():
            return self.findings(plan)

    def findings(self, plan: Plan, perform: Perform | None = None) -> Sequence[Finding]:
        """Perform a plan, on another app if need be; what broke, in the order of the steps."""
        self._heard.clear()
        (perform or self._perform)(plan)
        self.performed += sum(isinstance(entry, StepObserved) for entry in self._heard)
        judged = (entry for entry in self._heard if isinstance(entry, PropertyJudged))
        found = (finding for each in judged for finding in each.findings)
        return sorted(found, key=lambda finding: finding.step)
