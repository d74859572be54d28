"""What a process of the proof works with: an app, a browser, and a runner over both."""

import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

from fixtures.faults import Change
from harness.coverage import Covered, FlowCovered
from harness.errors import AppError
from harness.faulting import faulted
from harness.flows import flows
from harness.gate import Launch, PageContext, opened_browser
from harness.journal import Entry, FlowEnded, PropertyJudged, StepObserved, StepStarted
from harness.plans import Plan
from harness.proving.covering import CoveredPage, Executed
from harness.runner import Runner
from harness.stopping import STOP
from harness.targets.reference import Reference
from harness.workshop import open_workshop


class Patience(NamedTuple):
    """How long the first row of a page may take, and a step to come to rest; in seconds."""

    opening_s: float
    patience_s: float


class Performed(NamedTuple):
    """One flow that was performed."""

    ended: FlowEnded
    judged: tuple[PropertyJudged, ...]
    covered: Covered
    rested: bool  # after every step

    @property
    def clean(self) -> bool:
        """Whether it was done to its end and nothing broke; a rule may lack evidence there."""
        broken = any(each.outcome == "violated" for each in self.judged)
        return self.rested and not broken and not self.ended.reason


class Heard:
    """What the runner says of the flow that it performs now; may be called with each entry."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.before_step: Callable[[], None] | None = None

    def __call__(self, entry: Entry) -> None:
        """Keep it."""
        STOP.hear(entry)  # the browser's driver may have swallowed what a signal raised
        if self.before_step and isinstance(entry, StepStarted):
            self.before_step()
        self.entries.append(entry)

    def begin(self, before_step: Callable[[], None] | None = None) -> None:
        """Forget the flow of before."""
        self.entries.clear()
        self.before_step = before_step

    def performed(self, ended: FlowEnded) -> Performed:
        """What the properties said of it, what of the model it exercised, whether it rested."""
        told = (entry.covered for entry in self.entries if isinstance(entry, FlowCovered))
        judged = tuple(entry for entry in self.entries if isinstance(entry, PropertyJudged))
        steps = (entry for entry in self.entries if isinstance(entry, StepObserved))
        rested = all(step.observation.settled.quiet for step in steps)
        return Performed(ended, judged, next(told, Covered()), rested)


class Bench:
    """Performs flows on the reference app, as it is or changed.

    Args:
        runner: performs them.
        browser: opens their pages.
        heard: is told by the runner.
    """

    def __init__(self, runner: Runner, browser: Browser, heard: Heard) -> None:
        self._runner = runner
        self._browser = browser
        self._heard = heard
        self.plans: dict[str, Plan] = {p.name: p for p in flows(runner.stage.traits)}

    def perform(self, plan: Plan, change: Change | None) -> Performed:
        """Perform one plan with a change, or on the app as it is.

        Raises:
            AppError: the server or the browser no longer runs; no change of the page does that.
            HarnessError: the change does not fit the source, or did not reach the page.
        """
        self._heard.begin()
        with faulted(self._runner.wire, change):
            ended = self._runner.run(plan, self._new_page)
            if ended.verdict == "infrastructure":  # else the change would be told as never served
                self._ensure_alive()
        return self._heard.performed(ended)

    def executed(self, flow: str) -> Executed:
        """Perform one flow on the app as it is, and tell what it executes.

        Raises:
            AppError: it does not pass; nothing that it says of a change would mean a thing.
        """
        (ended, judged, _, _), executed = self.covered(self.plans[flow])
        if ended.verdict != "pass":
            broken = [each.property for each in judged if each.outcome == "violated"]
            said = ended.reason or ", ".join(broken) or ended.verdict
            raise AppError(f"the clean app does not pass {flow}: {said}; mend that first")
        return executed

    def covered(self, plan: Plan) -> tuple[Performed, Executed]:
        """Perform one plan on the app as it is; what came of it, and what it executed.

        Raises:
            AppError: the server no longer runs.
        """
        page = CoveredPage(self._browser)
        self._heard.begin(before_step=page.read)
        ended = self._runner.run(plan, lambda: page)
        return self._heard.performed(ended), page.executed(plan.name)

    def _new_page(self) -> PageContext:
        return PageContext(self._browser)

    def _ensure_alive(self) -> None:
        if died := self._runner.stage.died():
            raise AppError(died)
        if not self._browser.is_connected():
            raise AppError("the browser ended while a flow was performed")


@contextmanager
def opened_bench(patience: Patience | None = None) -> Generator[Bench]:
    """Start the reference app and a browser.

    Args:
        patience: with the app; None is that of any run.
    """
    with (
        tempfile.TemporaryDirectory(prefix="scope-harness-prove-") as folder,
        open_workshop(logs=Path(folder)) as workshop,
        Reference().start(workshop) as stage,
        opened_browser(Launch()) as browser,
    ):
        heard = Heard()
        if patience:
            stage.opening_s, stage.patience_s = patience
        yield Bench(Runner(stage, workshop, heard, shots=None), browser, heard)
