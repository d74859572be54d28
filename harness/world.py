"""The model's state: sessions, the view on one of them, what was sent. Values only, no I/O.

Sessions and directories carry the plan's words ("long", "root", "worktree"); a target binds them
to real ids and paths (`harness.names`).
"""

from typing import Literal

from harness.readiness import Component, Readiness, Submission, kind_of
from harness.scopes import ExecutionScope, SessionScope
from harness.values import Value

Reader = Literal["bottom", "history"]
OwnSend = Literal["keep", "follow"]


class Session(Value):
    """A session as its server holds it."""

    scope: SessionScope
    owner: str  # the directory it was made in
    active: str  # the directory where its agent works now
    worktrees: tuple[str, ...] = ()
    messages: int = 0
    busy: bool = False

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


class Waiting(Value):
    """A submission that may not leave yet; it belongs to the session it was written in."""

    text: str
    heard: str
    reply: str
    session: SessionScope

    @property
    def kind(self) -> Submission:
        """What the text is."""
        return kind_of(self.text)


class Sent(Value):
    """A prompt that left: the scopes of its submit decide where it belongs, for ever."""

    text: str
    reply: str
    session: SessionScope
    execution: ExecutionScope
    via: Literal["composer", "waited", "api"] = "composer"
    ends_in: str  # the directory where the agent works when the turn is over
    model: str | None = None  # the "provider/model" chosen for its directory, if one was
    heard: str | None = None  # what the agent is told, where a command stands for other words

    @property
    def kind(self) -> Submission:
        """What the text is."""
        return kind_of(self.text)

    @property
    def spoken(self) -> str:
        """The words that reach the agent and the server's record."""
        return self.text if self.heard is None else self.heard


class World(Value):
    """Everything the model knows. `epoch` counts the changes of the execution scope so far."""

    sessions: tuple[Session, ...] = ()
    view: View | None = None
    sent: tuple[Sent, ...] = ()
    readiness: Readiness = Readiness()
    own_send: OwnSend = "keep"
    epoch: int = 0
    held: tuple[Component, ...] = ()  # what the network keeps back of directories not loaded yet
    loaded: tuple[str, ...] = ()  # store keys of the directories that were loaded whole
    waiting: tuple[Waiting, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()  # store key -> "provider/model" chosen there

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

    def with_session(self, changed: Session) -> "World":
        """The world with one session replaced by its newer state."""
        sessions = tuple(changed if s.scope == changed.scope else s for s in self.sessions)
        return self.model_copy(update={"sessions": sessions})

    def chosen_in(self, execution: ExecutionScope) -> str | None:
        """The model that was chosen for a directory, if one was."""
        return dict(self.choices).get(execution.store_key)

    def with_reader(self, reader: Reader) -> "World":
        """The world with the reader of the view at another place."""
        if self.view is None:
            return self
        view = self.view.model_copy(update={"reader": reader})
        return self.model_copy(update={"view": view})

    def seen_from(self, session: SessionScope, address: str, reader: Reader) -> "World":
        """The world with a view on `session`; the execution scope follows its active directory."""
        epoch = self.epoch + 1
        execution = ExecutionScope(
            server_key=session.server_key, directory=self.session(session).active, epoch=epoch
        )
        view = View(session=session, address=address, execution=execution, reader=reader)
        return self.model_copy(update={"view": view, "epoch": epoch}).loading(execution)

    def loading(self, execution: ExecutionScope) -> "World":
        """The world once all of a directory has come that the network does not keep back."""
        known = execution.store_key in self.loaded
        late = () if known else self.held
        ready = Readiness.complete().model_copy(update=dict.fromkeys(late, False))
        key = () if known or late else (execution.store_key,)
        return self.model_copy(update={"readiness": ready, "loaded": (*self.loaded, *key)})

    def working_in(self, scope: SessionScope, directory: str) -> "World":
        """The world after a session's agent went to `directory`: a new epoch if it is on screen."""
        moved = self.session(scope).model_copy(update={"active": directory})
        world = self.with_session(moved)
        if self.view is None or self.view.session != scope:
            return world
        return world.seen_from(scope, self.view.address, self.view.reader)

    def with_sent(self, sent: Sent) -> "World":
        """The world after a prompt and its reply: two messages more in its session."""
        session = self.session(sent.session)
        grown = session.model_copy(update={"messages": session.messages + 2})
        return self.with_session(grown).model_copy(update={"sent": (*self.sent, sent)})
