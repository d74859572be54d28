"""One process of the kill matrix: an app, a browser, and one fault after the other."""

import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from multiprocessing.queues import Queue
from pathlib import Path
from signal import SIGINT

from fixtures.faults import Fault
from harness.errors import HarnessError
from harness.faulting import faulted
from harness.gate import Launch, PageContext, opened_browser
from harness.journal import Entry, MatrixRow, PropertyJudged
from harness.plans import flows
from harness.proving.matrix import row_of, row_without_trial
from harness.runner import Runner
from harness.stopping import answer_signals, release_stops
from harness.targets.reference import Reference
from harness.workshop import open_workshop

Task = Fault | str | None  # None is the app as it is, the word "end" the end
Answer = MatrixRow | HarnessError
Try = Callable[[Fault | None], MatrixRow]


def work(tasks: "Queue[Task]", answers: "Queue[Answer]") -> None:
    """Try what comes until the word "end"; what cannot go on is told in place of a row."""
    answer_signals()
    release_stops()
    try:
        with prepared() as attempt:
            while (task := tasks.get()) != "end":
                if not isinstance(task, str):
                    answers.put(attempt(task))
    except HarnessError as error:
        answers.put(error)
    except KeyboardInterrupt:
        raise SystemExit(128 + SIGINT) from None  # the command tells it, not its processes


@contextmanager
def prepared() -> Generator[Try]:
    """Start the reference app and a browser; answers with a function that tries one fault."""
    with (
        tempfile.TemporaryDirectory(prefix="scope-harness-prove-") as folder,
        open_workshop(logs=Path(folder)) as workshop,
        Reference().start(workshop) as stage,
        opened_browser(Launch()) as browser,
    ):
        entries: list[Entry] = []
        runner = Runner(stage, workshop, entries.append, Path(folder))

        def attempt(fault: Fault | None) -> MatrixRow:
            entries.clear()
            began = time.monotonic()
            try:
                with faulted(workshop.wire, fault):
                    for plan in flows(stage.traits):
                        runner.run(plan, lambda: PageContext(browser))
            except HarnessError as error:
                return row_without_trial(fault, str(error))
            judged = [entry for entry in entries if isinstance(entry, PropertyJudged)]
            return row_of(fault, judged, time.monotonic() - began)

        yield attempt
