"""What of the model a list of actions exercises, and what there is to exercise.

A crossing is an interleaving as it is found in any plan, also in one that was written or drawn by
lot: requests in flight, a switch meanwhile, and the order in which the answers came. The same
reading of the generated interleavings (`interleavings`) says which there are.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple, get_args

from harness.actions import ACTIONS, AnyAction, Hold, Release, Reload
from harness.coverage import Covered, Crossable, Crossing, Transition
from harness.explorer.bounds import Bounds
from harness.explorer.interleavings import REQUESTS, Interleaving, interleavings
from harness.explorer.situations import Situation, situation_of
from harness.plans import predict
from harness.requests import Result
from harness.traits import Traits
from harness.world import View, World

_ASKED: tuple[str, ...] = get_args(Result)  # by a click; the others by the switch itself
_NAMES = {request.hold: request.name for request in REQUESTS}
WAITS = "the one leaves only when the other has come"  # a send without an event stream
_PLACES = {name: place for place, name in enumerate(_NAMES.values())}


class _Span(NamedTuple):
    """A request in flight: the step that asks, or from which on it is kept back, and the answer."""

    name: str
    asked: int
    answered: int


class _Leg(NamedTuple):
    """A switch: its step, how it is told, and what it makes the whole way; "" for the way back."""

    step: int
    word: str
    switch: str


def covered(actions: Sequence[AnyAction], worlds: Sequence[World]) -> Covered:
    """What some actions exercise; `worlds` are those before, between and after them."""
    path = (
        Transition(situation=told(situation_of(world)), action=action.name)
        for world, action in zip(worlds, actions, strict=False)
    )
    return Covered(path=tuple(path), crossings=tuple(dict.fromkeys(_crossings(actions, worlds))))


def told(situation: Situation) -> str:
    """A situation in words; "" before the first session is on screen."""
    parts = (
        situation.place,
        f"lacks {situation.lack}" if situation.lack else "",
        f"agent {situation.agent}" if situation.agent != "idle" else "",
        f"queue {situation.queue}" if situation.queue != "empty" else "",
        f"in flight: {', '.join(sorted(situation.in_flight))}" if situation.in_flight else "",
        f"kept back: {', '.join(sorted(situation.kept))}" if situation.kept else "",
    )
    return "; ".join(filter(None, parts))


def action_names() -> tuple[str, ...]:
    """Every action of the model, by name."""
    return tuple(each.called() for each in ACTIONS)


def crossable(bounds: Bounds, traits: Traits) -> tuple[Crossable, ...]:
    """Every request, or two, with every switch: in how many orders the answers can come.

    Two plans have one order where they differ only in what comes after the last answer; so A → B,
    answer, → A counts with A → B.
    """
    groups: dict[tuple[tuple[str, ...], str], list[Interleaving]] = {}
    for each in interleavings(bounds, traits):
        groups.setdefault((each.requests, each.switch), []).append(each)
    return tuple(_crossable(*key, some, traits) for key, some in groups.items())


def _crossable(
    requests: tuple[str, ...], switch: str, some: Sequence[Interleaving], traits: Traits
) -> Crossable:
    orders = len(dict.fromkeys(_met(some, traits)))
    lack = "" if orders else _lack(some) or WAITS
    return Crossable(requests=requests, switch=switch, orders=orders, lack=lack)


def _met(some: Sequence[Interleaving], traits: Traits) -> Iterator[Crossing]:
    for each in some:
        if each.plan:
            found = _crossings(each.plan.actions, predict(each.plan, traits))
            wanted = (each.requests, each.switch)
            yield from (one for one in found if (one.requests, one.switch) == wanted)


def _lack(some: Sequence[Interleaving]) -> str:
    lacks = Counter(each.lack for each in some if each.lack)
    return lacks.most_common(1)[0][0] if lacks.total() == len(some) else ""


def _crossings(actions: Sequence[AnyAction], worlds: Sequence[World]) -> Iterator[Crossing]:
    """Each request, and each two, with a switch before the first answer."""
    spans = sorted(_spans(actions, worlds), key=lambda span: _PLACES[span.name])
    switched = [*_switched(actions, worlds)]
    for group in (*((span,) for span in spans), *combinations(spans, 2)):
        asked = max(span.asked for span in group)
        first, last = (pick(span.answered for span in group) for pick in (min, max))
        if any(asked < step < first for step in switched):
            legs = [*_legs(worlds, asked, [step for step in switched if asked < step < last])]
            order = {leg.step: leg.word for leg in legs} | {one.answered: one.name for one in group}
            yield Crossing(
                requests=tuple(span.name for span in group),
                switch=_way(legs),
                order=tuple(order[step] for step in sorted(order)),
            )


def _spans(actions: Sequence[AnyAction], worlds: Sequence[World]) -> Iterator[_Span]:
    kept: dict[str, Hold] = {}
    asked: dict[str, int] = {}
    for step, (action, worlds_of) in enumerate(zip(actions, pairwise(worlds), strict=False)):
        if isinstance(action, Hold):
            kept[action.what] = action
        if isinstance(action, Release) and action.what in kept:
            hold = kept.pop(action.what)
            if action.what in asked:
                yield _Span(_NAMES[hold], asked.pop(action.what), step)
        new = (kind for kind in kept if kind not in asked and _is_asked(kept[kind], *worlds_of))
        asked |= dict.fromkeys(new, step)


def _is_asked(hold: Hold, before: World, after: World) -> bool:
    """Whether what is kept back is on its way after a step; what is lost has arrived by then."""
    if hold.loses:
        return bool(after.sent_since(before))
    return hold.what not in _ASKED or any(one.what == hold.what for one in after.in_flight)


def _switched(actions: Sequence[AnyAction], worlds: Sequence[World]) -> Iterator[int]:
    """The steps in which the session on screen, its directory or the page became another."""
    for step, (action, (before, after)) in enumerate(zip(actions, pairwise(worlds), strict=False)):
        if before.view and after.view:
            places = {
                (view.session, view.execution.directory) for view in (before.view, after.view)
            }
            if len(places) > 1 or isinstance(action, Reload):
                yield step


def _legs(worlds: Sequence[World], asked: int, steps: Sequence[int]) -> Iterator[_Leg]:
    home = worlds[asked + 1].view
    for step in steps:
        before, after = worlds[step].view, worlds[step + 1].view
        if home and before and after:
            yield _Leg(step, *_told_leg(home, before, after))


def _told_leg(home: View, before: View, after: View) -> tuple[str, str]:
    if before.session != after.session:
        if after.session == home.session:
            return "→ back", ""
        away = after.session.server_key != home.session.server_key
        switch = "other server" if away else "other session"
        return f"→ {switch}", switch
    if before.execution.directory == after.execution.directory:
        return "reload", "reload"
    back = after.execution.directory == home.execution.directory
    return ("→ A", "A → B → A") if back else ("→ B", "A → B")


def _way(legs: Sequence[_Leg]) -> str:
    switches = dict.fromkeys(leg.switch for leg in legs if leg.switch)
    if "A → B → A" in switches:
        switches.pop("A → B", None)
    return " + ".join(switches)
