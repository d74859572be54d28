"""One process of the kill matrix: an app, a browser, and one fault after the other."""

import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from multiprocessing.queues import Queue
from pathlib import Path

from fixtures.faults import Fault
from harness.errors import HarnessError
from harness.faulting import faulted
from harness.flows import flows
from harness.gate import Launch, PageContext, opened_browser
from harness.journal import Entry, PropertyJudged
from harness.proving.matrix import CLEAN, Row, row_of
from harness.runner import Runner
from harness.targets.reference import Reference
from harness.workshop import open_workshop

Try = Callable[[Fault | None], Row]


def work(tasks: "Queue[Fault | str | None]", rows: "Queue[Row]") -> None:
    """Try what comes until the word "end"; a failure is told in the row."""
    with prepared() as attempt:
        while (task := tasks.get()) != "end":
            if not isinstance(task, str):
                rows.put(attempt(task))


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

        def attempt(fault: Fault | None) -> Row:
            entries.clear()
            began = time.monotonic()
            name, owner = (fault.id, fault.property) if fault else (CLEAN, "")
            try:
                with faulted(workshop.wire, fault):
                    for plan in flows(stage.traits):
                        runner.run(plan, lambda: PageContext(browser))
            except HarnessError as error:
                return Row(fault=name, tied_to=owner, problem=str(error))
            judged = [entry for entry in entries if isinstance(entry, PropertyJudged)]
            return row_of(name, owner, judged, time.monotonic() - began)

        yield attempt
