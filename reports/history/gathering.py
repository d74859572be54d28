"""Finds the runs before a run: those in folders beside it, of the same target."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from harness.journal import RunStarted
from harness.values import Value
from reports.figures import counted
from reports.history.outline import Broken, beginning, outline
from reports.opening import JOURNAL, REPORT
from reports.story import FlowStory, Run

MOST = 20  # runs that are looked back at


class Past(Value):
    """A run, the name of its folder, and whether that has a report to look at."""

    folder: str
    run: Run
    reported: bool = False

    def flow(self, name: str) -> FlowStory | None:
        """Its flow of that name: the last, where it has several."""
        return next((flow for flow in reversed(self.run.flows) if flow.flow == name), None)


class History(Value):
    """The runs before one, the oldest first.

    `notes` has one sentence for each thing that is left out of it.
    """

    runs: tuple[Past, ...] = ()
    notes: tuple[str, ...] = ()


def remembered(run: Run, folder: Path) -> History:
    """The last runs before `run` in the folders beside `folder`; flows alone have a history.

    They have the same target and a flow in common with it. Of runs with a fault only those count
    that have the fault of this run: what another one broke says nothing of it.
    """
    if run.started is None or run.doing != "gate":
        return History()
    began, unread = _begun_before(run.started, folder.resolve())
    past: list[Past] = []
    for started, place in began:
        try:
            past.extend(_in_common(run, outline(place / JOURNAL, started), place, past))
        except Broken:
            unread.append(place.name)
        if len(past) == MOST:
            break
    return History(runs=tuple(reversed(past)), notes=tuple(_left_out(unread)))


def _begun_before(now: RunStarted, folder: Path) -> tuple[list[tuple[RunStarted, Path]], list[str]]:
    """The runs that may be told, the latest first, and the folders whose journals are broken."""
    began: list[tuple[RunStarted, Path]] = []
    unread: list[str] = []
    for place in _beside(folder):
        try:
            started = beginning(place / JOURNAL)
        except Broken:
            unread.append(place.name)
            continue
        alike = started.target == now.target and started.fault in {None, now.fault}
        whole = started.doing == "gate" and not started.faults
        if alike and whole and started.t < now.t:
            began.append((started, place))
    began.sort(key=lambda each: each[0].t, reverse=True)
    return began, unread


def _beside(folder: Path) -> list[Path]:
    try:
        places = sorted(folder.parent.iterdir())
        return [place for place in places if place != folder and (place / JOURNAL).is_file()]
    except OSError:  # a run can be told without those beside it
        return []


def _in_common(run: Run, earlier: Run, place: Path, later: Sequence[Past]) -> Iterator[Past]:
    """The earlier run with the flows that both have.

    A run that was merged with others stands beside its shards: a flow of it counts once.
    """
    wanted = {flow.flow for flow in run.flows}
    known = {(flow.flow, flow.started) for past in later for flow in past.run.flows}
    flows = tuple(
        flow
        for flow in earlier.flows
        if flow.flow in wanted and (flow.flow, flow.started) not in known
    )
    if flows:
        told = earlier.model_copy(update={"flows": flows})
        yield Past(folder=place.name, run=told, reported=(place / REPORT).is_file())


def _left_out(unread: Sequence[str]) -> Iterator[str]:
    if len(unread) == 1:
        yield f"The journal of {unread[0]} could not be read and is left out."
    elif unread:
        yield (
            f"{counted(len(unread), 'journals')} could not be read and are left out,"
            f" the first is that of {unread[0]}."
        )
