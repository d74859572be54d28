"""What of the model a run exercised, counted the same way for every report."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from harness.coverage import Crossable, Crossing
from harness.values import Value
from reports.figures import counted
from reports.story import Run
from reports.verdicts import listed

SEVERAL = "several switches"


class ActionTaken(Value):
    """An action of the model: how often it was taken, in how many situations, and in what.

    `lack` says why the app has no way to do it.
    """

    name: str
    times: int
    situations: int
    where: tuple[str, ...]
    lack: str = ""

    @property
    def never(self) -> bool:
        """Whether it could have been taken and was not."""
        return not self.times and not self.lack


class Crossed(Value):
    """Requests in flight at a switch: the orders of their answers that were met, and all there are.

    `where` are the flows or walks that met them, `lack` why there is none.
    """

    requests: tuple[str, ...]
    switch: str
    met: tuple[tuple[str, ...], ...] = ()
    orders: int = 0
    lack: str = ""
    where: tuple[str, ...] = ()


def actions(run: Run) -> tuple[ActionTaken, ...]:
    """Every action, in the order of the model; those that a journal does not list come last."""
    known = run.exercisable.actions if run.exercisable else ()
    lacks = run.exercisable.cannot if run.exercisable else {}
    times: Counter[str] = Counter()
    situations: dict[str, dict[str, None]] = {}
    where: dict[str, dict[str, None]] = {}
    for flow, covered in run.covered:
        for step in covered.path:
            times[step.action] += 1
            situations.setdefault(step.action, {})[step.situation] = None
            where.setdefault(step.action, {})[flow] = None
    return tuple(
        ActionTaken(
            name=name,
            times=times[name],
            situations=len(situations.get(name, ())),
            where=tuple(where.get(name, ())),
            lack=lacks.get(name, "") if not times[name] else "",
        )
        for name in dict.fromkeys((*known, *times))
    )


def transitions(run: Run) -> Counter[tuple[str, str]]:
    """How often each action was taken in each situation."""
    return Counter(
        (step.situation, step.action) for _, covered in run.covered for step in covered.path
    )


def situations(run: Run) -> dict[str, Counter[str]]:
    """The actions taken in each situation, the situation met most often first."""
    told: dict[str, Counter[str]] = {}
    for (situation, action), times in transitions(run).items():
        told.setdefault(situation, Counter())[action] += times
    return dict(sorted(told.items(), key=lambda each: -each[1].total()))


def pairs(run: Run) -> Counter[tuple[str, str]]:
    """How often one action was taken right after another."""
    return Counter(
        (before.action, after.action)
        for _, covered in run.covered
        for before, after in pairwise(covered.path)
    )


def crossings(run: Run) -> tuple[Crossed, ...]:
    """Every request, or two, with every switch: those of the model, then what else was met."""
    there_is = run.exercisable.crossings if run.exercisable else ()
    met: dict[tuple[tuple[str, ...], str], dict[tuple[str, ...], None]] = {}
    where: dict[tuple[tuple[str, ...], str], dict[str, None]] = {}
    for flow, crossing in _met(run):
        key = (crossing.requests, SEVERAL if " + " in crossing.switch else crossing.switch)
        met.setdefault(key, {})[crossing.order] = None
        where.setdefault(key, {})[flow] = None
    more = [Crossable(requests=key[0], switch=key[1], orders=0) for key in met]
    known = {(each.requests, each.switch): each for each in (*more, *there_is)}
    in_order = dict.fromkeys((each.requests, each.switch) for each in (*there_is, *more))
    return tuple(
        Crossed(
            requests=key[0],
            switch=key[1],
            met=tuple(met.get(key, ())),
            orders=known[key].orders,
            lack=known[key].lack,
            where=tuple(where.get(key, ())),
        )
        for key in in_order
    )


def _met(run: Run) -> Iterator[tuple[str, Crossing]]:
    for flow, covered in run.covered:
        for crossing in covered.crossings:
            yield flow, crossing


def summary(run: Run) -> str:
    """All of it in one line; "" where nothing was exercised."""
    if not run.covered:
        return ""
    every = [one for one in actions(run) if not one.lack]
    taken = sum(bool(one.times) for one in every)
    met = sum(len(one.met) for one in crossings(run))
    return listed(
        [
            f"{taken} of {counted(len(every), 'actions')}",
            counted(len(transitions(run)), "transitions"),
            counted(len(pairs(run)), "pairs"),
            counted(met, "interleavings"),
        ]
    )
