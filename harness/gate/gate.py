"""Runs the flows of a gate, in this process or shared out."""

from contextlib import ExitStack
from pathlib import Path

from harness.gate.browser import Launch, PageContext, named, opened_browser
from harness.gate.shared import run_shared
from harness.journal import RunVerdict
from harness.run import Listener, RunOptions, keep_failure, open_run


def run_gate(
    options: RunOptions,
    folder: Path,
    launch: Launch,
    listeners: tuple[Listener, ...] = (),
    *,
    workers: int = 1,
) -> RunVerdict:
    """Perform every flow of the options and answer with the verdict of the run.

    Args:
        options: what to run.
        folder: the run's own folder, from `run_folder`.
        launch: how browsers are started.
        listeners: told each journal entry.
        workers: how many processes share the flows, each with an app and a browser of its own;
            1 does it in this one. Entries of flows that run side by side alternate.

    Raises:
        HarnessError: it cannot be run at all.
    """
    if workers > 1:
        return run_shared(options, folder, launch, listeners, workers)
    with ExitStack() as stack:
        try:
            browser = stack.enter_context(opened_browser(launch))
        except BaseException as error:
            keep_failure(options, folder, error, listeners)
            raise

        def new_page() -> PageContext:
            return PageContext(browser)

        with open_run(options, folder, browser=named(browser), listeners=listeners) as run:
            for plan in run.plans:
                if run.perform(plan, new_page) == "infrastructure":
                    break
        return run.verdict
