"""How an app of somebody's own is driven and read, by what its `OwnApp` says of it."""

import time
from collections import Counter
from collections.abc import Sequence

from harness.actions import (
    EnterWorktree,
    ExitWorktree,
    OpenAddress,
    OpenSession,
    ReadHistory,
    ReadLatest,
    Reload,
    SendPrompt,
    SubmitBlank,
    WriteDraft,
)
from harness.errors import AppError, HookError, StuckError, UsageError
from harness.names import Names
from harness.observations import (
    Exchange,
    HeldMessage,
    Prompt,
    RequestScope,
    ServerEvent,
    SessionRecord,
    Witness,
)
from harness.plans import Plan
from harness.probe.wire import RequestHead, SseMessage
from harness.targets.notes import note
from harness.targets.own.app import OwnApp, Seeded
from harness.targets.page_stage import LOOK_MS, PageStage
from harness.targets.protocol import Deed, Workshop

SERVER = "server"
LOOK_S = 0.1  # between two looks at a server that sends the page nothing meanwhile
TOLD_S = 2.0  # for the page to hear, or to ask, that the session was moved
ERRORS = 400


class OwnScopes:
    """Reads the scopes of an app's requests as the app's target does."""

    def __init__(self, app: OwnApp) -> None:
        self._app = app
        self._failed: HookError | None = None

    def ensure_read(self) -> None:
        """Say what could not be read: between page and server nobody would hear it.

        Raises:
            HookError: the target failed at a request.
        """
        if self._failed:
            raise self._failed

    def request(self, server_key: str, head: RequestHead) -> RequestScope:
        """What the request says of its session and directory."""
        try:
            told = self._app.told(head)
        except HookError as error:
            self._failed = self._failed or error
            return RequestScope(server_key=server_key)
        return RequestScope(
            server_key=server_key, session_id=told.session, directory=told.directory
        )

    def event(self, t: float, stream: RequestScope, message: SseMessage) -> ServerEvent:
        """The event with the scope of its stream: no rule asks an unknown app's events."""
        return ServerEvent(t=t, scope=stream, type=message.event, data=message.data)


class OwnStage(PageStage):
    """An app behind the wire.

    Args:
        workshop: wire and agent.
        app: what is known of the app.
        upstream: where it answers.
    """

    def __init__(self, workshop: Workshop, app: OwnApp, upstream: str) -> None:
        self.workshop = workshop
        self.app = app
        self.traits = app.traits
        self.hooks = app.hooks
        self.app_version = app.version
        self._scopes = OwnScopes(app)
        self.origin = workshop.wire.attach(SERVER, upstream, self._scopes)
        self.made: list[Seeded] = []
        self._seen = 0
        self._unanswered = False

    def forget(self) -> None:
        """Have the app forget what was made for the plans before."""
        for seeded in self.made:
            self.app.forget(seeded)
        self.made.clear()

    def prepare(self, plan: Plan) -> Names:
        """Make the plan's session.

        Raises:
            UsageError: the plan needs more than one session with one worktree.
        """
        if plan.others or plan.sides:
            raise UsageError(
                f"{plan.name} needs other sessions or worktrees, and {self.app.name}"
                " makes one of each: leave that flow out"
            )
        self._unanswered = False
        self.forget()
        seeded = self.app.seed([note(number) for number in range(1, plan.seeded + 1)])
        self.made.append(seeded)
        return Names(
            sessions={"long": seeded.session},
            directories={"root": seeded.root, "worktree": seeded.worktree},
            servers={SERVER: self.origin},
        )

    def address_on(self, server: str, session: str, directory: str) -> str:
        """The page's address for a session.

        Raises:
            UsageError: it is one of another server.
        """
        if server != SERVER:
            raise UsageError(f"{self.app.name} has no server “{server}”")
        return f"{self.origin}/{self.app.address(session, directory).lstrip('/')}"

    def perform(self, deed: Deed) -> None:
        """Do the action.

        Raises:
            StuckError: it sends a prompt, and the one before it was not answered.
            UsageError: the action is not known here.
        """
        for sent in deed.sends:
            self.workshop.agent.script(sent.spoken, self.app.turn(sent, deed.names))
        match deed.action:
            case OpenSession() | Reload() | OpenAddress():
                self.come_on_screen(deed)
            case ReadHistory(rows=rows):
                self.read_history(self.person(deed), rows)
            case ReadLatest():
                self.person(deed).read_latest()
            case WriteDraft(text=text):
                self.person(deed).write(text)
            case SubmitBlank():
                self.person(deed).submit(None)
            case SendPrompt() | EnterWorktree() | ExitWorktree():
                self._move(deed)
                self._say(deed)
            case _:
                raise UsageError(f"{deed.action.name} is not known to {self.app.name}")

    def await_effect(self, deed: Deed, timeout_s: float) -> tuple[str, ...]:
        """Wait until every prompt is answered, then until the messages are shown."""
        self._scopes.ensure_read()
        until = time.monotonic() + timeout_s
        if deed.sends and not self._answered(deed, until):
            self._unanswered = True
            return ("the agent's turn",)
        return self._unshown(deed, max(0.0, until - time.monotonic()))

    def record(self, deed: Deed) -> SessionRecord | None:
        """The server's record of the session on screen."""
        if deed.after.view is None:
            return None
        session = deed.names.session(deed.after.view.session)
        directory = self.app.works_in(session)
        return SessionRecord(
            scope=RequestScope(server_key=SERVER, session_id=session, directory=directory),
            active_directory=directory,
            messages=tuple(self.app.messages(session)),
        )

    def prompts(self, exchanges: tuple[Exchange, ...]) -> tuple[Prompt, ...]:
        """The requests that carry a prompt, by the app's own reading."""
        found = ((exchange, self.app.prompt(exchange)) for exchange in exchanges)
        return tuple(_prompt(exchange, text) for exchange, text in found if text is not None)

    def witnesses(self) -> tuple[Witness, ...]:
        """What the harness's model server has seen, where the app's agent asks it."""
        seen = self.workshop.agent.witnesses()
        new, self._seen = seen[self._seen :], len(seen)
        return new

    def died(self) -> str | None:
        """Why the app no longer answers, or None."""
        if not self.made:
            return None
        try:
            self.app.works_in(self.made[-1].session)
        except AppError as error:
            return str(error)
        return None

    def _move(self, deed: Deed) -> None:
        match deed.action:
            case EnterWorktree(by="move") | ExitWorktree(by="move") if deed.after.view:
                there = deed.names.directory(deed.after.view.execution.directory)
                mark = self.workshop.wire.mark()
                self.app.move(deed.names.session(deed.after.view.session), there)
                # A person would see it before typing on: the page is told, and comes to rest.
                self.workshop.wire.wait_for(any, TOLD_S, mark)
                deed.recorder.wait_quiet(LOOK_MS)
            case _:
                return

    def _say(self, deed: Deed) -> None:
        if self._unanswered:
            raise StuckError("the agent's turn before it has not ended")
        for sent in deed.sends:
            if sent.via == "composer":
                self.app.send(self.person(deed), sent.spoken)
            else:
                there = deed.names.directory(sent.execution.directory)
                self.app.say(deed.names.session(sent.session), there, sent.text)

    def _answered(self, deed: Deed, until: float) -> bool:
        session = deed.names.session(deed.sends[0].session)
        said = Counter(sent.spoken.strip() for sent in deed.after.sent)
        while not _ends_answered(self.app.messages(session), said):
            if time.monotonic() > until:
                return False
            mark = self.workshop.wire.mark()
            self.workshop.wire.wait_for(any, LOOK_S, mark)
        return True

    def _unshown(self, deed: Deed, timeout_s: float) -> tuple[str, ...]:
        view = deed.after.view
        if view is None or (view.reader != "bottom" and self.traits.rows == "virtual"):
            return ()
        messages = self.app.messages(deed.names.session(view.session))
        shown = [each for each in messages if each.role in self.traits.roles_with_rows]
        texts = [each.text for each in shown[-1:] if each.text.strip()]
        missing = deed.recorder.wait_shown(texts=texts, deadline_ms=timeout_s * 750)
        return tuple(f"the row “{text}”" for text in missing)


def _prompt(exchange: Exchange, text: str) -> Prompt:
    return Prompt(
        exchange=exchange.id,
        t=exchange.t_start,
        kind="prompt",
        scope=exchange.scope,
        text=text,
        accepted=exchange.status is not None and exchange.status < ERRORS,
    )


def _ends_answered(messages: Sequence[HeldMessage], said: Counter[str]) -> bool:
    """Whether all of it is there, and the last word is a whole answer."""
    held = Counter(each.text.strip() for each in messages if each.role == "user")
    return said <= held and messages[-1].role == "assistant" and messages[-1].complete
