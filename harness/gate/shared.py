"""One run shared out to processes: each has an app and a browser, and takes the next flow."""

import math
import tempfile
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from harness.crew import Crew
from harness.errors import AppError
from harness.gate.browser import Launch
from harness.gate.opening import opened_share
from harness.journal import Entry, FlowEnded, RunVerdict
from harness.run import Begun, Listener, RunOptions, Tally, chosen, is_whole, open_book
from harness.targets.reference import TRAITS
from harness.values import Value

OPEN = ""  # the first task of each process: to say what it works with


class Opened(Value):
    """What a process says when its app and its browser are there."""

    begun: Begun
    browser: str


Say = Callable[[Opened | Entry], None]


def run_shared(
    options: RunOptions,
    folder: Path,
    launch: Launch,
    listeners: tuple[Listener, ...],
    workers: int,
) -> RunVerdict:
    """Perform every flow of the options in several processes, into one journal.

    Raises:
        HarnessError: it cannot be run at all, or a process ended by itself.
    """
    crew = Crew[str, Opened | Entry](
        partial(prepared, options, folder, launch), size=workers, patience_s=math.inf, late=_late
    )
    flows: deque[str] = deque()
    tally = Tally(whole=is_whole(options))
    known = {plan.name: plan for plan in chosen(options, TRAITS)} if is_whole(options) else {}
    opened = False
    with (
        open_book(options, folder, listeners) as book,
        closing(crew.results(_tasks(flows, workers))) as told,
    ):
        for word in told:
            if isinstance(word, Opened):
                if not opened:
                    opened = True
                    flows.extend(word.begun.flows)
                    book.browser = word.browser
                    book.start(word.begun)
                continue
            book.emit(word)
            if isinstance(word, FlowEnded):
                tally.add(word.verdict, word.reason, known.get(word.flow))
                if word.verdict == "infrastructure":
                    break
        book.end(tally.verdict, tally.reason)
    return tally.verdict


@contextmanager
def prepared(
    options: RunOptions, folder: Path, launch: Launch, say: Say
) -> Generator[Callable[[str], None]]:
    """Start the app and a browser; answers with a function that performs one flow, by its name."""
    logs = Path(tempfile.mkdtemp(prefix="app-", dir=folder))
    with opened_share(options, logs, launch, say, shots=folder) as share:
        plans = {plan.name: plan for plan in share.run.plans}

        def do(flow: str) -> None:
            if flow == OPEN:
                say(Opened(begun=share.begun, browser=share.browser))
            else:
                share.perform(plans[flow])

        yield do


def _tasks(flows: deque[str], workers: int) -> Iterator[str]:
    """Each process opens first; what the first of them says fills `flows`."""
    yield from [OPEN] * workers
    while flows:
        yield flows.popleft()


def _late(flow: str) -> Entry:
    raise AppError(f"the flow {flow} never came to its end")
