"""The model's state: sessions, the view on one of them, what was sent. Values only, no I/O.

Sessions and directories carry the plan's words ("long", "root", "worktree"); a target binds them
to real ids and paths (`harness.names`).
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from harness.readiness import OF_A_DIRECTORY, Component, Readiness
from harness.requests import BRINGS, REVIEWED, Held, Kind, Pending, Result, Spoken
from harness.scopes import ExecutionScope, SessionScope
from harness.values import Value

Reader = Literal["bottom", "history"]
OwnSend = Literal["keep", "follow"]
ModelOf = Literal["directory", "session"]
Via = Literal["composer", "queue", "api"]
FileKind = Literal["diff", "artifacts"]


class Session(Value):
    """A session as its server holds it."""

    scope: SessionScope
    owner: str  # the directory it was made in
    active: str  # the directory where its agent works now
    worktrees: tuple[str, ...] = ()
    messages: int = 0
    busy: bool = False
    taken_back: str | None = None  # the prompt from which on the page hides what was said

    @property
    def directories(self) -> tuple[str, ...]:
        """Every directory under whose address the session can be opened."""
        return (self.owner, *self.worktrees)


class View(Value):
    """What is on screen: a session, under a directory's address, read at one place."""

    session: SessionScope
    address: str
    execution: ExecutionScope
    reader: Reader = "bottom"


class Waiting(Spoken):
    """A submission that may not leave yet; it belongs to the session it was written in."""

    session: SessionScope
    failed: bool = False  # it was tried and came to nothing: it waits for the person


class Sent(Spoken):
    """A prompt that left: the scopes of its submit decide where it belongs, for ever."""

    session: SessionScope
    execution: ExecutionScope
    via: Via = "composer"
    ends_in: str  # the directory where the agent works when the turn is over
    model: str | None = None  # the "provider/model" chosen for its directory, if one was
    held: bool = False  # the agent's answer is kept in mid-turn
    steers: bool = False  # it joined a running turn, which answers it before it ends


class File(Value):
    """A file that the review of a directory must show: a change, or an artifact."""

    directory: str
    kind: FileKind
    name: str


class World(Value):
    """Everything the model knows. `epoch` counts the changes of the execution scope so far."""

    sessions: tuple[Session, ...] = ()
    view: View | None = None
    own_send: OwnSend = "keep"
    model_of: ModelOf = "directory"
    defers: bool = True  # what may not leave yet waits; else it stays in the composer
    steers: bool = False  # what is sent to a running turn joins it at once
    rolls_back_unseen: bool = False  # a click that fails elsewhere takes its own composer back
    prepares: bool = False  # the page asks for what a directory has once something happens in it
    epoch: int = 0
    sent: tuple[Sent, ...] = ()
    running: Sent | None = None  # whose answer the agent keeps back
    waiting: tuple[Waiting, ...] = ()  # the queues of all sessions, each in its order
    paused: tuple[SessionScope, ...] = ()  # sessions whose queue waits for the person
    drafts: tuple[tuple[str, str], ...] = ()  # session key -> what stands in its composer
    choices: tuple[tuple[str, str], ...] = ()  # key of the chooser -> "provider/model"
    held: tuple[Held, ...] = ()  # what the network keeps back from now on
    refused: tuple[Kind, ...] = ()  # what it answers with an error
    in_flight: tuple[Pending, ...] = ()  # what it has kept back
    unheard: int = 0  # prompts that arrived, with answers that it keeps back to lose them
    failed: tuple[Sent, ...] = ()  # prompts that left and came to nothing
    complaints: tuple[SessionScope, ...] = ()  # whose page says that a click came to nothing
    arrived: tuple[tuple[Component, str], ...] = ()  # components, each with the key it belongs to
    asked: tuple[tuple[Component, str], ...] = ()  # those whose answers are kept back
    servers: tuple[str, ...] = ()  # keys of those that the page has shown, and listens to
    review_open: bool = False
    files: tuple[File, ...] = ()

    def session(self, scope: SessionScope) -> Session:
        """The session of a scope.

        Raises:
            KeyError: there is none.
        """
        for session in self.sessions:
            if session.scope == scope:
                return session
        raise KeyError(scope.key)

    @property
    def on_screen(self) -> Session | None:
        """The session that the view shows."""
        return self.session(self.view.session) if self.view else None

    @property
    def readiness(self) -> Readiness:
        """Which components of the scopes on screen have arrived."""
        keys = self._keys()
        ready = frozenset(name for name, key in keys.items() if (name, key) in self.arrived)
        return _readiness(ready - {"status"} if self.offline else ready)

    @property
    def offline(self) -> bool:
        """Whether the page's event stream is cut."""
        return self.holds("events") is not None

    def holds(self, what: Kind) -> Held | None:
        """What the network does to answers of a kind; None where it passes them on."""
        return next((held for held in self.held if held.what == what), None)

    def pending(self, what: Result) -> tuple[Pending, ...]:
        """The requests of a kind that are kept back."""
        return tuple(pending for pending in self.in_flight if pending.what == what)

    def busy(self, scope: SessionScope) -> bool:
        """Whether the page takes a session for busy: its agent works, or a prompt is leaving."""
        leaving = any(pending.session == scope for pending in self.pending("send"))
        return leaving or self.session(scope).busy

    @property
    def steered(self) -> tuple[Sent, ...]:
        """The prompts that have joined the running turn, and are answered with it."""
        turn = self.running
        if turn is None:
            return ()
        since = self.sent[self.sent.index(turn) :]
        return tuple(each for each in since if each.steers and each.session == turn.session)

    def queue(self, scope: SessionScope) -> tuple[Waiting, ...]:
        """What waits in a session, in order."""
        return tuple(item for item in self.waiting if item.session == scope)

    def knows(self, text: str) -> bool:
        """Whether a prompt with these words was sent, waits or is on its way."""
        under_way = (pending.said for pending in self.pending("send"))
        known = (*self.sent, *self.waiting, *under_way)
        return any(other.text.strip() == text.strip() for other in known)

    def draft(self, scope: SessionScope) -> str:
        """What stands in a session's composer."""
        return dict(self.drafts).get(scope.key, "")

    def chosen(self, session: SessionScope, execution: ExecutionScope) -> str | None:
        """The model that was chosen for the directory, or for the session, if one was."""
        return dict(self.choices).get(self.chooser(session, execution))

    def chooser(self, session: SessionScope, execution: ExecutionScope) -> str:
        """The key of what a choice belongs to."""
        return session.key if self.model_of == "session" else execution.store_key

    def complaining(self, scope: SessionScope) -> "World":
        """The world in which a session's page says that a click came to nothing."""
        return self.model_copy(update={"complaints": (*self._complaints_but(scope), scope)})

    def submitting(self, scope: SessionScope) -> "World":
        """The world after a submit: the composer is empty, and earlier complaints are gone."""
        emptied = self.with_draft(scope, "")
        return emptied.model_copy(update={"complaints": self._complaints_but(scope)})

    def _complaints_but(self, scope: SessionScope) -> tuple[SessionScope, ...]:
        return tuple(other for other in self.complaints if other != scope)

    def with_session(self, changed: Session) -> "World":
        """The world with one session replaced by its newer state."""
        sessions = tuple(changed if s.scope == changed.scope else s for s in self.sessions)
        return self.model_copy(update={"sessions": sessions})

    def with_draft(self, scope: SessionScope, text: str) -> "World":
        """The world with another text in a session's composer."""
        drafts = {**dict(self.drafts), scope.key: text}
        return self.model_copy(update={"drafts": tuple(drafts.items())})

    def without(self, *gone: Pending) -> "World":
        """The world in which these requests are no longer kept back."""
        left = tuple(pending for pending in self.in_flight if pending not in gone)
        return self.model_copy(update={"in_flight": left})

    def with_reader(self, reader: Reader) -> "World":
        """The world with the reader of the view at another place."""
        if self.view is None:
            return self
        view = self.view.model_copy(update={"reader": reader})
        return self.model_copy(update={"view": view})

    def seen_from(self, session: SessionScope, address: str, reader: Reader) -> "World":
        """The world with a view on `session`; the execution scope follows its active directory.

        Every change of it is a new epoch, also the way back; what stays the same keeps its epoch.
        """
        now = self.view.execution if self.view else None
        directory = self.session(session).active
        same = now and (now.server_key, now.directory) == (session.server_key, directory)
        execution = now if now and same else self._next(session.server_key, directory)
        view = View(session=session, address=address, execution=execution, reader=reader)
        servers = tuple(dict.fromkeys((*self.servers, session.server_key)))
        here = {"view": view, "epoch": execution.epoch, "servers": servers}
        seen = self.model_copy(update=here).loading()
        return seen if same else seen.asking_for_review()

    def _next(self, server_key: str, directory: str) -> ExecutionScope:
        return ExecutionScope(server_key=server_key, directory=directory, epoch=self.epoch + 1)

    def asking_for_review(self) -> "World":
        """The world after the review on screen asked for what changed; the network may keep it."""
        if self.view is None or not self.review_open:
            return self
        caught: list[Result] = [what for what in REVIEWED if self.holds(what)]
        session, execution = self.view.session, self.view.execution
        asked = (Pending(what=what, session=session, execution=execution) for what in caught)
        held = tuple(held for held in self.held if held.what not in caught)
        return self.model_copy(update={"held": held, "in_flight": (*self.in_flight, *asked)})

    def loading(self) -> "World":
        """The world once all has come that the network does not keep back.

        A page asks each server that it listens to what is busy there, on screen or not.
        """
        busy: list[tuple[Component, str]] = [("status", server) for server in self.servers]
        return self.arriving((*self._keys().items(), *busy))

    def answered(self, what: Kind) -> "World":
        """The world once the answers of a kind have come that were kept back, on screen or not."""
        come = tuple(pair for pair in self.asked if pair[0] in BRINGS.get(what, ()))
        left = tuple(pair for pair in self.asked if pair not in come)
        return self.model_copy(update={"asked": left}).arriving(come)

    def preparing(self, execution: ExecutionScope) -> "World":
        """The world once the page has asked for what another directory has."""
        if not self.prepares:
            return self
        return self.arriving((name, execution.store_key) for name in OF_A_DIRECTORY)

    def arriving(self, keys: Iterable[tuple[Component, str]]) -> "World":
        """The world after a page asked for components: they come, or the network keeps them."""
        late = {name for held in self.held for name in BRINGS.get(held.what, ())}
        refused = {name for what in self.refused for name in BRINGS.get(what, ())}
        known = {*self.arrived, *self.asked}
        new = [pair for pair in dict.fromkeys(keys) if pair[0] not in refused and pair not in known]
        arrived = (pair for pair in new if pair[0] not in late)
        asked = (pair for pair in new if pair[0] in late)
        return self.model_copy(
            update={"arrived": (*self.arrived, *arrived), "asked": (*self.asked, *asked)}
        )

    def working_in(self, scope: SessionScope, directory: str) -> "World":
        """The world after a session's agent went to `directory`: a new epoch if it is on screen."""
        moved = self.session(scope).model_copy(update={"active": directory})
        world = self.with_session(moved)
        if self.view is None or self.view.session != scope:
            return world
        return world.seen_from(scope, self.view.address, self.view.reader)

    def shown_files(self, kind: FileKind) -> tuple[str, ...]:
        """The names that the review of the directory on screen must show, by name."""
        where = self.view.execution.directory if self.view else ""
        return tuple(sorted(f.name for f in self.files if (f.directory, f.kind) == (where, kind)))

    def sent_since(self, before: "World") -> tuple[Sent, ...]:
        """What was sent after an earlier moment."""
        return self.sent[len(before.sent) :]

    def with_sent(self, sent: Sent) -> "World":
        """The world after a prompt and its reply: two messages more in its session.

        What was taken back is struck for good by the next prompt.
        """
        session = self.session(sent.session)
        grown = session.messages + (0 if session.taken_back else 2)
        changed = session.model_copy(
            update={"messages": grown, "taken_back": None, "busy": session.busy or sent.held}
        )
        running = {"running": sent} if sent.held else {}
        return self.with_session(changed).model_copy(update={"sent": (*self.sent, sent), **running})

    def _keys(self) -> dict[Component, str]:
        """Whose each component is: the server's, the session's, or the directory's."""
        if self.view is None:
            return {}
        store = self.view.execution.store_key
        return {
            "cache": self.view.session.key,
            "status": self.view.session.server_key,
            **dict.fromkeys(OF_A_DIRECTORY, store),
        }


@lru_cache(maxsize=2**5)  # as many as there are: every action asks
def _readiness(arrived: frozenset[Component]) -> Readiness:
    return Readiness.model_validate(dict.fromkeys(arrived, True))


def latest(prompts: Iterable[Sent], scope: SessionScope) -> Sent | None:
    """The last prompt of a session, or None."""
    mine = [prompt for prompt in prompts if prompt.session == scope]
    return mine[-1] if mine else None
