"""What a process needs that has a share in a run: an app, a browser, and what performs plans."""

import tempfile
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

from harness.gate.browser import Launch, PageContext, Tabs, named, opened_browser
from harness.journal import Entry, RunVerdict
from harness.plans import Plan
from harness.run import Begun, Run, RunOptions, begin, workshop_for
from harness.runner import NewPage
from harness.stopping import STOP
from harness.targets.catalogue import target_named
from harness.traits import Traits


class Share(NamedTuple):
    """An app and a browser that are ready.

    Attributes:
        run: performs plans and remembers their verdicts.
        begun: what the journal of the run begins with.
        traits: of the app.
        browser: name and version.
        perform: performs a plan on a page of its own.
        beside: starts another app, which has performed nothing yet; pages are of the same browser,
            each in a context of its own.
    """

    run: Run
    begun: Begun
    traits: Traits
    browser: str
    perform: Callable[[Plan], RunVerdict]
    beside: "Callable[[], AbstractContextManager[Share]]"


@contextmanager
def opened_share(
    options: RunOptions,
    logs: Path,
    launch: Launch,
    emit: Callable[[Entry], None],
    *,
    shots: Path | None,
) -> Generator[Share]:
    """Start the app and a browser.

    Args:
        options: the app, and the fault that it may have.
        logs: where the app's output is kept.
        launch: how the browser is started.
        emit: takes each journal entry as it is made.
        shots: the folder for screenshots; None takes none.

    Raises:
        HarnessError: one of them cannot be started.
    """

    def heard(entry: Entry) -> None:
        STOP.hear(entry)  # the browser's driver may have swallowed what a signal raised
        emit(entry)

    with opened_browser(launch) as browser, closing(Tabs(browser)) as tabs:
        pages = _Pages(browser, tabs.page if launch.tabs else partial(PageContext, browser))
        with _started(options, logs, pages, heard, shots) as share:
            yield share


class _Pages(NamedTuple):
    browser: Browser
    new: NewPage


@contextmanager
def _started(
    options: RunOptions,
    logs: Path,
    pages: _Pages,
    heard: Callable[[Entry], None],
    shots: Path | None,
) -> Generator[Share]:
    with (
        workshop_for(options, logs) as workshop,
        target_named(options.target).start(workshop) as stage,
    ):
        run, begun = begin(options, shots, stage, workshop, heard)

        def perform(plan: Plan) -> RunVerdict:
            return run.perform(plan, pages.new)

        def beside() -> AbstractContextManager[Share]:
            own_logs = Path(tempfile.mkdtemp(prefix="beside-", dir=logs))
            apart = pages._replace(new=partial(PageContext, pages.browser))
            return _started(options, own_logs, apart, heard, shots)

        yield Share(run, begun, stage.traits, named(pages.browser), perform, beside)
