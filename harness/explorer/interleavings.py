"""Every kind of request in flight, every switch, every order in which the answers come.

Generated, not written: a request is made and its answer kept back; the person goes elsewhere, and
may come back; at each stop the answers may come, in any order. What the model does not allow is
told with its reason.
"""

from collections.abc import Iterator
from itertools import combinations, permutations, product
from typing import NamedTuple

from harness.actions import (
    AnyAction,
    EnterWorktree,
    ExitWorktree,
    Hold,
    OpenReview,
    OpenSession,
    Release,
    Reload,
    Restore,
    Revert,
    SendPrompt,
    ShowSession,
)
from harness.explorer.bounds import Bounds
from harness.explorer.possible import impossible
from harness.plans import LONG, ROOTS, Plan, start_of
from harness.requests import Kind
from harness.traits import Traits

Actions = tuple[AnyAction, ...]
ASKED = SendPrompt(text="Say something.", reply="Something.")
LATE = SendPrompt(text="This one is late.", reply="Here it is.")
LAST = SendPrompt(text="And this one after all.", reply="It has come.")
GO = EnterWorktree(by="move", via="nobody")
BACK = ExitWorktree(by="move", via="nobody")


class Request(NamedTuple):
    """One kind of request whose answer is kept back.

    Attributes:
        name: the kind, and what comes of it.
        what: the kind.
        before: what must have been done.
        hold: the network keeps the answer back.
        made: what asks; nothing where the switch does.
    """

    name: str
    what: Kind
    before: Actions
    hold: Hold
    made: Actions


def _asked(what: Kind, before: Actions, made: Actions, *, fails: bool = False) -> Request:
    name = f"{what} that fails" if fails else what
    return Request(name, what, before, Hold(what=what, fails=fails), made)


TAKEN_BACK = (ASKED, Revert(text=ASKED.text))
REQUESTS = (
    _asked("send", (), (LATE,)),
    _asked("send", (), (LATE,), fails=True),
    Request("send whose answer is lost", "send", (), Hold(what="send", loses=True), (LATE,)),
    _asked("revert", (ASKED,), (Revert(text=ASKED.text),)),
    _asked("revert", (ASKED,), (Revert(text=ASKED.text),), fails=True),
    _asked("restore", TAKEN_BACK, (Restore(),)),
    _asked("restore", TAKEN_BACK, (Restore(),), fails=True),
    _asked("diff", (), (OpenReview(),)),
    _asked("artifacts", (), (OpenReview(),)),
    *(_asked(what, (), ()) for what in ("commands", "provider", "messages", "status")),
    *(_asked(what, (), ()) for what in ("events", "busy-news")),
)


class Switch(NamedTuple):
    """Where the person goes while answers are kept back, a stop after each action."""

    name: str
    legs: Actions


def switches(bounds: Bounds) -> tuple[Switch, ...]:
    """All that the bounded world has the sessions and servers for."""
    others = [other.scope for other in bounds.others]
    elsewhere = [
        ShowSession(
            server=scope.server_key,
            session=scope.session_id,
            directory=ROOTS[scope.server_key],
        )
        for scope in others
    ]
    away = {
        "other session": [each for each in elsewhere if each.server == LONG.server_key],
        "other server": [each for each in elsewhere if each.server != LONG.server_key],
    }
    return (
        Switch("A → B", (GO,)),
        Switch("A → B → A", (GO, BACK)),
        *(Switch(name, (each,)) for name, some in away.items() for each in some[:1]),
        Switch("reload", (Reload(),)),
    )


class Interleaving(NamedTuple):
    """Requests in flight, a switch, and the order in which the answers come.

    Attributes:
        requests: the names of the kinds.
        switch: its name.
        order: what is done from the first leg on.
        plan: how it is done; None where the model does not allow it.
        lack: why not.
    """

    requests: tuple[str, ...]
    switch: str
    order: Actions
    plan: Plan | None
    lack: str | None


class _Case(NamedTuple):
    requests: tuple[Request, ...]
    switch: Switch
    order: Actions

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.requests)

    @property
    def title(self) -> str:
        come = ", ".join(action.what for action in self.order if isinstance(action, Release))
        return f"{' and '.join(self.names)} in flight, {self.switch.name}, then: {come}"

    @property
    def actions(self) -> Actions:
        """At the end one is back where one began, to see what has become of it, and sends more."""
        away = isinstance(self.order[0], ShowSession)
        home = (ShowSession(),) if away else ()
        return (OpenSession(), *_begun(self.requests), *self.order, *home, LAST)


def interleavings(bounds: Bounds, traits: Traits) -> Iterator[Interleaving]:
    """All of a bounded world, with at most as many requests at once as it allows, and two."""
    for number, case in enumerate(_cases(bounds), start=1):
        lack = _refused(case.actions, bounds, traits)
        update = {
            "name": f"interleaving-{number}",
            "title": case.title,
            "actions": case.actions,
        }
        plan = None if lack else bounds.plan.model_copy(update=update)
        yield Interleaving(case.names, case.switch.name, case.order, plan, lack)


def _cases(bounds: Bounds) -> Iterator[_Case]:
    for count in range(1, min(bounds.in_flight, 2) + 1):
        for requests in combinations(REQUESTS, count):
            for switch in switches(bounds):
                for order in orders(requests, switch):
                    yield _Case(requests, switch, order)


def orders(requests: tuple[Request, ...], switch: Switch) -> Iterator[Actions]:
    """Every way in which the answers come, each at a stop, in any order at each."""
    stops = range(len(switch.legs))
    for coming in permutations(requests):
        for at in product(stops, repeat=len(coming)):
            if list(at) == sorted(at):
                order: list[AnyAction] = []
                for stop, leg in enumerate(switch.legs):
                    here = (each for each, where in zip(coming, at, strict=True) if where == stop)
                    order += [leg, *(Release(what=each.what) for each in here)]
                yield tuple(order)


def _begun(requests: tuple[Request, ...]) -> Actions:
    """What must have been done, what is kept back, what asks; nothing twice."""
    before = dict.fromkeys(action for each in requests for action in each.before)
    made = dict.fromkeys(action for each in requests for action in each.made)
    return (*before, *(each.hold for each in requests), *made)


def _refused(actions: Actions, bounds: Bounds, traits: Traits) -> str | None:
    """Why the model does not allow them, or the app cannot do them; None where they can be done."""
    world = start_of(bounds.plan, traits)
    for action in actions:
        if refusal := action.refusal(world):
            return f"{action.name}: {refusal.reason}"
        after = action.effect(world)
        if lack := impossible(action, world, after, traits):
            return f"{action.name}: {lack}"
        world = after
    return None
