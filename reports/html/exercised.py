"""What of the model was exercised, as the template wants it: four tables and their links."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from harness.coverage import GuardAsked, ModelExplored, SliceExplored
from harness.values import Value
from reports import coverage
from reports.coverage import ActionTaken, Crossed
from reports.figures import counted
from reports.story import Run

_MOST_SITUATIONS, _MOST_PLACES = 200, 4
Kind = Literal["met", "some", "never", "cannot"]


class Place(Value):
    """A flow or walk by its name; `href` leads to it where the report has it."""

    name: str
    href: str = ""


class ActionLine(Value):
    """An action; of what it was taken in, the first few, and how many more there are."""

    action: ActionTaken
    places: tuple[Place, ...]
    more: int


class Met(Value):
    """Requests in flight at one switch: a sign, and a sentence that says it."""

    kind: Kind
    text: str
    title: str


class InFlight(Value):
    """Requests in flight, with every switch."""

    requests: str
    cells: tuple[Met, ...]


class Next(Value):
    """How often each action came right after one."""

    action: str
    times: tuple[int, ...]


class Where(Value):
    """A situation, and what was taken in it."""

    words: str
    times: int
    taken: tuple[tuple[str, int], ...]


class Exercised(Value):
    """All of it. `left` counts the situations that are not in the table."""

    summary: str
    actions: tuple[ActionLine, ...]
    never: tuple[str, ...]
    switches: tuple[str, ...]
    alone: tuple[InFlight, ...]
    together: tuple[InFlight, ...]
    names: tuple[str, ...]
    pairs: tuple[Next, ...]
    situations: tuple[Where, ...]
    met: int
    left: int
    slices: tuple[SliceExplored, ...]
    guards: tuple[GuardAsked, ...]
    explored: ModelExplored | None


def exercised(run: Run) -> Exercised | None:
    """What a run exercised of the model; None of one that tells nothing of it."""
    if not run.covered and not run.slices:
        return None
    hrefs = {flow.flow: f"#flow-{index}" for index, flow in enumerate(run.flows, start=1)}
    actions = coverage.actions(run)
    crossed = coverage.crossings(run)
    switches = tuple(dict.fromkeys(each.switch for each in crossed))
    situations = coverage.situations(run)
    taken = tuple(one.name for one in actions if one.times)
    return Exercised(
        summary=coverage.summary(run),
        actions=tuple(_line(one, hrefs) for one in actions),
        never=tuple(one.name for one in actions if one.never),
        switches=switches,
        alone=_in_flight((each for each in crossed if len(each.requests) == 1), switches),
        together=_in_flight((each for each in crossed if len(each.requests) > 1), switches),
        names=taken,
        pairs=_pairs(coverage.pairs(run), taken),
        situations=tuple(_where(*each) for each in list(situations.items())[:_MOST_SITUATIONS]),
        met=len(situations),
        left=max(0, len(situations) - _MOST_SITUATIONS),
        slices=run.slices,
        guards=run.explored.guards if run.explored else (),
        explored=run.explored,
    )


def _line(action: ActionTaken, hrefs: Mapping[str, str]) -> ActionLine:
    shown = action.where[:_MOST_PLACES]
    return ActionLine(
        action=action,
        places=tuple(Place(name=name, href=hrefs.get(name, "")) for name in shown),
        more=len(action.where) - len(shown),
    )


def _in_flight(crossed: Iterable[Crossed], switches: tuple[str, ...]) -> tuple[InFlight, ...]:
    rows: dict[str, dict[str, Crossed]] = {}
    for each in crossed:
        rows.setdefault(" + ".join(each.requests), {})[each.switch] = each
    return tuple(
        InFlight(
            requests=requests, cells=tuple(_cell(requests, name, by.get(name)) for name in switches)
        )
        for requests, by in rows.items()
    )


def _cell(requests: str, switch: str, crossed: Crossed | None) -> Met:
    what = f"{requests} in flight, {switch}"
    if crossed is None:
        return Met(kind="cannot", text="", title=f"{what}: not met")
    if not crossed.met:
        lack = crossed.lack
        kind = "cannot" if lack else "never"
        return Met(
            kind=kind, text="\u2013" if lack else "·", title=f"{what}: {lack or 'never met'}"
        )
    orders = "; ".join(", ".join(order) for order in crossed.met[:6])
    met, places = len(crossed.met), ", ".join(crossed.where[:_MOST_PLACES])
    return Met(
        kind="some" if met < crossed.orders else "met",
        text=f"{met}/{crossed.orders}" if met < crossed.orders else f"{met}",
        title=f"{what}: {counted(met, 'orders')} met ({orders}), in {places}",
    )


def _pairs(pairs: Counter[tuple[str, str]], names: tuple[str, ...]) -> tuple[Next, ...]:
    return tuple(
        Next(action=before, times=tuple(pairs[before, after] for after in names))
        for before in names
    )


def _where(situation: str, taken: Counter[str]) -> Where:
    return Where(
        words=situation or "before the first session",
        times=taken.total(),
        taken=tuple(taken.most_common()),
    )
