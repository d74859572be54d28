"""Runs a counterexample again, without any search, as often as is asked."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, Protocol

from playwright.sync_api import Browser, ViewportSize

from harness.browser import video_recorder
from harness.exploring import shrunk
from harness.gate import Launch, PageContext, named, opened_browser
from harness.journal import Entry
from harness.plans import NAME_LENGTH, Plan
from harness.replaying.counterexample import Counterexample
from harness.replaying.fitting import plan_for
from harness.replaying.outcome import Outcome, Replayed, replayed
from harness.replaying.recording import RecordedPage
from harness.run import (
    Begun,
    Book,
    Run,
    RunOptions,
    begin,
    keep_failure,
    open_book,
    workshop_for,
)
from harness.stopping import STOP
from harness.targets.catalogue import target_named
from harness.targets.protocol import Stage, Workshop


class Asked(NamedTuple):
    """What is to be done.

    Attributes:
        case: as it was read.
        options: the app, and the fault that it may have.
        launch: how the browser is started.
        times: how often.
        shrink: make the plan smaller first, as long as it gives the finding.
        skip_stale: leave out the steps that no longer apply.
        keep_trace: record a trace of each run, and a video where Playwright can.
    """

    case: Counterexample
    options: RunOptions
    launch: Launch = Launch()
    times: int = 1
    shrink: bool = False
    skip_stale: bool = False
    keep_trace: bool = False


class Audience(Protocol):
    """Who is told what happens, as it happens."""

    def hear(self, entry: Entry) -> None:
        """An entry of the journal."""
        ...

    def tried(self, plan: Plan, *, met: bool) -> None:
        """The search for a smaller plan performed this one; such runs are in no journal."""
        ...

    def ran(self, run: Replayed) -> None:
        """A run is over."""
        ...


def replay(asked: Asked, folder: Path, audience: Audience) -> Outcome:
    """Run it again; the journal in the folder is complete at the end, come what may.

    Args:
        asked: what is to be done.
        folder: the run's own, from `run_folder`.
        audience: is told what happens.

    Raises:
        HarnessError: it cannot be run at all.
    """
    listeners = (audience.hear, STOP.hear, asked.launch.hear)
    with ExitStack() as stack:
        try:
            browser = stack.enter_context(opened_browser(asked.launch))
        except BaseException as error:
            keep_failure(asked.options, folder, error, listeners)
            raise
        book = stack.enter_context(open_book(asked.options, folder, listeners))
        book.browser = named(browser)
        workshop = stack.enter_context(workshop_for(asked.options, folder))
        stage = stack.enter_context(target_named(asked.options.target).start(workshop))
        fit = plan_for(asked.case, stage.traits, skip_stale=asked.skip_stale)
        replayer = _Replayer(asked, _Place(stage, workshop, browser, folder), audience)
        smaller = replayer.smaller(fit.plan) if asked.shrink else None
        plan = Plan.model_validate(smaller.plan) if smaller else fit.plan
        runs = replayer.runs(plan, book, loosely=bool(fit.stale or smaller))
        return Outcome(fit.stale, runs, smaller, asked.case.found.sure)


class _Place(NamedTuple):
    """Where plans are performed."""

    stage: Stage
    workshop: Workshop
    browser: Browser
    folder: Path


class _Replayer:
    """Performs plans, and asks what they say of a counterexample."""

    def __init__(self, asked: Asked, place: _Place, audience: Audience) -> None:
        self._asked = asked
        self._place = place
        self._audience = audience
        view = asked.case.viewport
        self._viewport = ViewportSize(width=view.width, height=view.height)
        self._heard: list[Entry] = []

    def runs(self, plan: Plan, book: Book, *, loosely: bool) -> tuple[Replayed, ...]:
        """Perform a plan as often as is asked, into the journal; until the app is gone."""

        def emit(entry: Entry) -> None:
            self._heard.append(entry)
            book.emit(entry)

        plans = repeated(plan, self._asked.times)
        run, begun = self._begun(plan, self._place.folder, emit)
        book.start(begun.model_copy(update={"flows": tuple(each.name for each in plans)}))
        came: list[Replayed] = []
        for each in plans:
            page = self._page(each.name, emit)
            came.append(self._performed(run, each, page, loosely=loosely))
            self._audience.ran(came[-1])
            if came[-1].down:
                break
        book.end(run.verdict, run.reason)
        return tuple(came)

    def smaller(self, plan: Plan) -> Counterexample | None:
        """The counterexample with the smallest plan that was found; None where nothing is."""
        run, _ = self._begun(plan, None, self._noted)
        page = PageContext(self._place.browser, self._viewport)
        met: dict[Plan, Replayed] = {}

        def meets(smaller: Plan) -> int | None:
            met[smaller] = self._performed(run, smaller, page, loosely=True)
            step = met[smaller].step
            self._audience.tried(smaller, met=step is not None)
            return step

        if meets(plan) is None:
            return None
        smallest = shrunk(plan, self._place.stage.traits, meets)
        found = met[smallest].findings
        return self._asked.case.with_plan(smallest, found) if smallest != plan else None

    def _noted(self, entry: Entry) -> None:
        STOP.hear(entry)  # the browser's driver may have swallowed what a signal raised
        self._heard.append(entry)

    def _begun(
        self, plan: Plan, shots: Path | None, emit: Callable[[Entry], None]
    ) -> tuple[Run, Begun]:
        options = self._asked.options.model_copy(update={"plans": (plan,)})
        return begin(options, shots, self._place.stage, self._place.workshop, emit)

    def _performed(self, run: Run, plan: Plan, page: PageContext, *, loosely: bool) -> Replayed:
        self._heard.clear()
        run.perform(plan, lambda: page)
        return replayed(self._asked.case, plan.name, self._heard, loosely=loosely)

    def _page(self, flow: str, emit: Callable[[Entry], None]) -> PageContext:
        if not self._asked.keep_trace:
            return PageContext(self._place.browser, self._viewport)
        return RecordedPage(
            self._place.browser,
            self._viewport,
            flow=flow,
            folder=self._place.folder,
            video=video_recorder(self._place.browser.browser_type) is not None,
            emit=emit,
        )


def repeated(plan: Plan, times: int) -> tuple[Plan, ...]:
    """The plan so many times; each has a name of its own in the journal."""
    if times == 1:
        return (plan,)
    names = (
        f"{plan.name[: NAME_LENGTH - 1 - len(str(number))]}-{number}"
        for number in range(1, times + 1)
    )
    return tuple(plan.model_copy(update={"name": name}) for name in names)
