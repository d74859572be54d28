"""What of a world decides what may come next: two worlds of one state allow the same for ever.

That is a reduction by symmetry and by cone of influence (Clarke, Grumberg, Peled: Model Checking).
By symmetry: texts are numbered as they occur, and an epoch is only told to be the current one or
not. By influence: no guard, and no effect on what a guard reads, looks at older prompts than the
latest of a session, at complaints, failures, chosen models and the names of files. The number of
messages is taken for that of the start: `Bounds` has so many that history can be read in the long
session and in no other.
"""

from collections.abc import Mapping

from harness.explorer.arguments import form_of
from harness.requests import Pending, Spoken
from harness.scopes import SessionScope
from harness.world import Session, World, latest

State = tuple[object, ...]
_Numbers = Mapping[SessionScope, int]


class _Texts:
    """Texts by the order in which they occur, and whether each can be sent."""

    def __init__(self, world: World) -> None:
        self._numbers: dict[str, int] = {}
        self._sent = {sent.text for sent in world.sent}

    def of(self, text: str | None) -> tuple[object, ...] | None:
        """What stands for a text; None for no text."""
        if not text:
            return None
        number = self._numbers.setdefault(text, len(self._numbers)) if text.strip() else 0
        return (form_of(text), number, text in self._sent)

    def spoken(self, said: Spoken) -> tuple[object, ...]:
        """What stands for words that are on their way."""
        return (self.of(said.text), said.heard is None, said.to_shell, said.of)


def state_of(world: World) -> State:
    """The state of a world: hashable, and equal for worlds that allow the same for ever."""
    texts = _Texts(world)
    numbers = {session.scope: number for number, session in enumerate(world.sessions)}
    return (
        _view(world, numbers),
        tuple([_session(world, session, texts) for session in world.sessions]),
        _running(world, numbers),
        tuple([(numbers[w.session], w.failed, texts.spoken(w)) for w in world.waiting]),
        tuple([_pending(world, pending, numbers, texts) for pending in world.in_flight]),
        frozenset([(held.what, held.fails, held.loses) for held in world.held]),
        frozenset(world.refused),
        frozenset(world.arrived),
        world.review_open,
    )


def _view(world: World, numbers: _Numbers) -> tuple[object, ...] | None:
    view = world.view
    return (numbers[view.session], view.address, view.reader) if view else None


def _session(world: World, session: Session, texts: _Texts) -> tuple[object, ...]:
    last = latest(world.sent, session.scope)
    return (
        session.active,
        session.busy,
        texts.of(session.taken_back),
        texts.of(world.draft(session.scope)),
        texts.of(last.text) if last else None,
        last is not None and last.spoken == last.text,
        session.scope in world.paused,
    )


def _running(world: World, numbers: _Numbers) -> tuple[object, ...] | None:
    turn = world.running
    if turn is None:
        return None
    goes = turn.ends_in if turn.ends_in != turn.execution.directory else None
    return (numbers[turn.session], goes)


def _pending(
    world: World, pending: Pending, numbers: _Numbers, texts: _Texts
) -> tuple[object, ...]:
    now = world.view.execution if world.view else None
    return (
        pending.what,
        numbers[pending.session],
        pending.execution.directory,
        pending.execution == now,
        pending.fails,
        texts.spoken(pending.said),
        texts.of(pending.before),
        pending.queued,
    )
