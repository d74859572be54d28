"""The journal of a kill matrix: each row as it is done, and the end, come what may."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from fixtures.faults import Fault
from harness import __version__
from harness.coverage import FlowCovered, ModelTold
from harness.gate import Launch, named, opened_browser
from harness.journal import Journal, MatrixRow, RunEnded, RunStarted, RunVerdict
from harness.plans import Plan
from harness.proving.proving import prove
from harness.proving.worker import Clean
from harness.run.book import environment
from harness.run.exercisable import exercisable
from harness.run.folder import open_journal
from harness.run.verdict import ended_by_failure
from harness.runner import now
from harness.targets.reference import TRAITS, ReferenceStage

Told = Callable[[MatrixRow | Clean], None]


def prove_on_record(  # noqa: PLR0913  those of the proof, and where it is kept
    faults: Sequence[Fault],
    plans: Sequence[Plan],
    folder: Path,
    *,
    tries: int | None = None,
    workers: int,
    told: Told,
) -> RunVerdict:
    """Prove the faults with the journal in `folder`; violated when a row has a complaint.

    Args:
        faults: as of `prove`, with those that follow.
        plans: what is performed.
        folder: gets the journal.
        tries: how many plans a fault is given at most; None is all, whatever catches it.
        workers: how many processes.
        told: hears each plan on the clean app and each row as it is done.

    Raises:
        HarnessError: the app or the browser cannot be started, or a process ended.
    """
    rows: list[MatrixRow] = []
    flows = tuple(plan.name for plan in plans)
    with _opened(folder, faults, flows) as journal:
        journal.write(ModelTold(exercisable=exercisable(TRAITS)))

        def keep(done: MatrixRow | Clean) -> None:
            if isinstance(done, MatrixRow):
                journal.write(done)
                rows.append(done)
            else:
                journal.write(FlowCovered(flow=done.flow, covered=done.covered))
            told(done)

        prove(faults, plans, tries=tries, workers=workers, told=keep)
        verdict = "violated" if any(row.complaint for row in rows) else "pass"
        journal.write(RunEnded(t=now(), verdict=verdict))
    return verdict


@contextmanager
def _opened(folder: Path, faults: Sequence[Fault], flows: Sequence[str]) -> Generator[Journal]:
    """A journal that has its beginning, and its end also when the matrix has none."""
    with open_journal(folder) as stream:
        journal = Journal(stream)
        browser = "none"
        with ended_by_failure(journal):
            try:
                browser = _browser()
            finally:
                journal.write(_started(folder, faults, flows, browser))
            yield journal


def _browser() -> str:
    """The browser of this machine, started once: without one no process need be."""
    with opened_browser(Launch()) as browser:
        return named(browser)


def _started(
    folder: Path, faults: Sequence[Fault], flows: Sequence[str], browser: str
) -> RunStarted:
    return RunStarted(
        doing="prove",
        run_id=folder.name,
        t=now(),
        harness_version=__version__,
        target="reference",
        app_version=ReferenceStage.app_version,
        flows=tuple(flows),
        faults=tuple(fault.id for fault in faults),
        environment=environment(browser),
    )
