"""One walk in a browser, and what it finds made small; in a process of its own."""

import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from harness.coverage import Covered, FlowCovered
from harness.errors import AppError
from harness.exploring.shrinking import shrunk
from harness.gate import Launch, opened_share
from harness.journal import Entry, Finding, FlowEnded, PropertyJudged, RunVerdict, StepObserved
from harness.plans import Plan
from harness.properties.judgement import unnumbered
from harness.run import RunOptions
from harness.traits import Traits
from harness.values import Value


class Mark(Value):
    """What makes two findings the same: the rule, and what was wrong.

    Which of several actions of one name it came after is of no account: another walk, or a smaller
    plan, has others before it.
    """

    property: str
    cause: str

    @classmethod
    def of(cls, finding: Finding) -> "Mark":
        """The mark of a finding; its first cause stands for all."""
        first = next(iter(finding.causes), "")
        return cls(property=finding.property, cause=unnumbered(first))


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
        unknown: that finding, as the walk had it.
        met: and as the smallest plan had it.
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
    unknown: Finding | None = None
    met: Finding | None = None
    shown: tuple[Entry, ...] = ()
    covered: Covered = Covered()
    performed: int = 0
    seconds: float = 0.0


class Opened(Value):
    """What a process says when its app and its browser are there."""

    app_version: str
    traits: Traits
    browser: str = "unknown"


Do = Callable[[Errand | None], None]
_Met = tuple[Finding, tuple[Entry, ...]]

# Most of the time of a search goes by in waiting for what never comes. A step is given so many
# times what one took in the walk that came to rest, but not less than a slow frame may cost.
HASTE = 4
LEAST_S = 1.0


@contextmanager
def prepared(
    options: RunOptions,
    launch: Launch,
    shots: Path | None,
    say: Callable[[Episode | Opened | Mark], None],
) -> Generator[Do]:
    """Start the app and a browser; answers with a function that performs a walk.

    In place of a walk, None has it say what it works with. What is found is said as soon as it is
    met, and with the episode once it is small. Pictures of it are kept in the folder `shots`, if
    there is one.
    """
    heard: list[Entry] = []
    with (
        tempfile.TemporaryDirectory(prefix="scope-harness-explore-") as folder,
        opened_share(options, Path(folder), launch, heard.append, shots=None) as share,
    ):
        photographing = partial(share.run.photographing, shots) if shots else None
        share.run.end_when_violated()
        explorer = Explorer(
            share.perform,
            share.traits,
            heard,
            Means(photographing=photographing, hurried=share.run.hurried, met=say),
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
                say(explorer.episode(errand))

        yield do


class Means(NamedTuple):
    """What an explorer has for what it finds.

    Attributes:
        photographing: has pictures taken of what is performed in it; None where nobody keeps them.
        hurried: has steps wait no longer than so many seconds in it; None where they may not.
        met: is told what is to be made small, before that begins.
    """

    photographing: Callable[[], AbstractContextManager[None]] | None = None
    hurried: Callable[[float], AbstractContextManager[None]] | None = None
    met: Callable[[Mark], None] | None = None


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
        perform: Callable[[Plan], object],
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
        unknown = next((each for each in findings if Mark.of(each) not in errand.known), None)
        told = Episode(
            plan=plan,
            steps=steps,
            verdict=ended.verdict,
            reason=ended.reason,
            findings=tuple(findings),
            unknown=unknown,
            covered=next((one.covered for one in heard if isinstance(one, FlowCovered)), Covered()),
        )
        more = self._made_small(errand, unknown, heard) if unknown else {}
        spent = {"performed": self.performed, "seconds": round(time.monotonic() - began, 2)}
        return told.model_copy(update={**more, **spent})

    def _made_small(
        self, errand: Errand, finding: Finding, heard: tuple[Entry, ...]
    ) -> dict[str, object]:
        if errand.small:
            return {"smallest": errand.plan, "met": finding, "shown": heard}
        if self._means.met:
            self._means.met(Mark.of(finding))
        pace = self._means.hurried and self._means.hurried(_haste_s(heard))
        try:
            small = self._small(errand.plan, finding, pace) if pace else None
            small = small or self._small(errand.plan, finding)
        except AppError:  # the next walk says that the app has ended; what was found is not lost
            small = None
        if small is None:
            return {"shown": heard}
        plan, (finding, heard) = small
        return {"smallest": plan, "met": finding, "shown": heard}

    def _small(
        self, plan: Plan, finding: Finding, pace: AbstractContextManager[None] | None = None
    ) -> tuple[Plan, _Met] | None:
        """The smallest plan, and how it was met; None where nothing met it again.

        What was met at a pace must be met without it, too: a step of it may only have been late.
        """
        with pace or nullcontext():
            smallest, met = self._smallest(plan, finding)
        if smallest is None or met is None:
            return None
        if pace is None and self._means.photographing is None:
            return smallest, met
        seen = self._seen_again(smallest, Mark.of(finding))
        return (smallest, seen or met) if seen or pace is None else None

    def _seen_again(self, plan: Plan, mark: Mark) -> _Met | None:
        with suppress(AppError):
            again = (each for each in self._seen(plan) if Mark.of(each) == mark)
            if seen := next(again, None):
                return seen, tuple(self._heard)
        return None

    def _smallest(self, plan: Plan, finding: Finding) -> tuple[Plan, _Met] | tuple[None, None]:
        mark = Mark.of(finding)
        met: dict[Plan, _Met] = {}

        def meets(smaller: Plan) -> bool:
            same = (each for each in self.findings(smaller) if Mark.of(each) == mark)
            met.update((smaller, (each, tuple(self._heard))) for each in [*same][:1])
            return smaller in met

        cut = plan.model_copy(update={"actions": plan.actions[: finding.step]})
        again = next((each for each in (cut, plan) if meets(each)), None)
        if again is None:
            return None, None
        smallest = shrunk(again, self._traits, meets)
        return smallest, met[smallest]

    def _seen(self, plan: Plan) -> Sequence[Finding]:
        """Perform a plan where somebody may look at it."""
        with self._means.photographing() if self._means.photographing else nullcontext():
            return self.findings(plan)

    def findings(self, plan: Plan) -> Sequence[Finding]:
        """Perform a plan; what broke, in the order of the steps."""
        self._heard.clear()
        self._perform(plan)
        self.performed += sum(isinstance(entry, StepObserved) for entry in self._heard)
        judged = (entry for entry in self._heard if isinstance(entry, PropertyJudged))
        found = (finding for each in judged for finding in each.findings)
        return sorted(found, key=lambda finding: finding.step)


def _haste_s(heard: Sequence[Entry]) -> float:
    steps = (entry.observation.settled for entry in heard if isinstance(entry, StepObserved))
    slowest_ms = max((settled.took_ms for settled in steps if settled.quiet), default=0.0)
    return max(LEAST_S, HASTE * slowest_ms / 1000)
