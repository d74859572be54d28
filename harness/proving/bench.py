"""What a process of the proof works with: an app, a browser, and a runner over both."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

from fixtures.faults import Change
from harness.errors import AppError
from harness.faulting import faulted
from harness.flows import flows
from harness.gate import Launch, PageContext, opened_browser
from harness.journal import Entry, FlowEnded, PropertyJudged
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


class Bench:
    """Performs flows on the reference app, as it is or changed.

    Args:
        runner: performs them.
        browser: opens their pages.
        entries: what the runner says, flow by flow.
    """

    def __init__(self, runner: Runner, browser: Browser, entries: list[Entry]) -> None:
        self._runner = runner
        self._browser = browser
        self._entries = entries
        self.plans: dict[str, Plan] = {p.name: p for p in flows(runner.stage.traits)}

    def perform(self, flow: str, change: Change | None) -> Performed:
        """Perform one flow with a change, or on the app as it is.

        Raises:
            AppError: the server or the browser no longer runs; no change of the page does that.
            HarnessError: the change does not fit the source, or did not reach the page.
        """
        self._entries.clear()
        with faulted(self._runner.wire, change):
            ended = self._runner.run(self.plans[flow], self._new_page)
        if ended.verdict == "infrastructure":
            self._ensure_alive()
        judged = tuple(e for e in self._entries if isinstance(e, PropertyJudged))
        return Performed(ended, judged)

    def executed(self, flow: str) -> Executed:
        """Perform one flow on the app as it is, and tell what it executes.

        Raises:
            AppError: it does not pass; nothing that it says of a change would mean a thing.
        """
        found: list[Executed] = []
        self._entries.clear()
        plan = self.plans[flow]
        ended = self._runner.run(plan, lambda: CoveredPage(self._browser, flow, found))
        if ended.verdict != "pass" or not found:
            judged = [e for e in self._entries if isinstance(e, PropertyJudged)]
            broken = [each.property for each in judged if each.outcome == "violated"]
            said = ended.reason or ", ".join(broken) or ended.verdict
            raise AppError(f"the clean app does not pass {flow}: {said}; mend that first")
        return found[0]

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
        entries: list[Entry] = []

        def emit(entry: Entry) -> None:
            STOP.hear(entry)  # the browser's driver may have swallowed what a signal raised
            entries.append(entry)

        if patience:
            stage.opening_s, stage.patience_s = patience
        yield Bench(Runner(stage, workshop, emit, shots=None), browser, entries)
