"""An opencode-family app behind the wire: what all its members have in common."""

from abc import abstractmethod

from playwright.sync_api import Page

from fixtures.agent import Call, Say
from fixtures.agent import Hold as HoldTurn
from harness.actions import (
    ChooseModel,
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Hold,
    OpenAddress,
    OpenSession,
    OthersWork,
    ReadHistory,
    ReadLatest,
    Refuse,
    Release,
    Reload,
    SendPrompt,
    ShowSession,
    SubmitBlank,
    WriteDraft,
)
from harness.errors import AppError, UsageError
from harness.names import Names
from harness.observations import Exchange, Prompt, SessionRecord, Witness
from harness.plans import Plan
from harness.requests import REVIEWED
from harness.targets.family.api import FamilyApi
from harness.targets.family.companions import Companions
from harness.targets.family.effects import Effects, hold_of
from harness.targets.family.holds import Holds
from harness.targets.family.prompts import prompts_of
from harness.targets.family.saying import Saying
from harness.targets.family.seeding import Seeding
from harness.targets.family.server import Server
from harness.targets.page_stage import PageStage
from harness.targets.protocol import Deed, Workshop
from harness.world import Sent

SERVER = "server"
PWD = Call("bash", {"command": "pwd"})


class FamilyStage(PageStage):
    """Performs on running servers; a member of the family fills in what differs.

    Args:
        workshop: wire, agent and folders.
        upstream: where the page's own server answers.
        project: the real path of the repository.
    """

    companions: Companions | None = None  # servers beside the page's own, if it can have any

    def __init__(self, workshop: Workshop, upstream: str, project: str) -> None:
        self.workshop = workshop
        self.project = project
        self.servers: dict[str, Server] = {}
        self.add_server(SERVER, upstream, project)
        self.seeding = Seeding(self.server)
        self._holds = Holds(workshop.wire)
        self._effects = Effects(workshop.wire, workshop.agent, self._holds, self.servers)
        self._saying = Saying(
            self.server,
            workshop.agent,
            self.person,
            lambda deed: self._effects.hear_of_move(deed, self.traits),
        )
        self._seen = 0

    def add_server(self, key: str, upstream: str, project: str) -> Server:
        """Put the wire before a server and listen to it."""
        server = Server(self.workshop.wire, self.workshop.loop, key, upstream, project)
        self.servers[key] = server
        return server

    @property
    def api(self) -> FamilyApi:
        """The API of the page's own server."""
        return self.servers[SERVER].api

    @property
    def origin(self) -> str:
        """The page's own origin, behind the wire."""
        return self.servers[SERVER].origin

    def close(self) -> None:
        """Close what this stage opened, companions included; its process is its target's."""
        for server in self.servers.values():
            server.close()
        if self.companions:
            self.companions.stop()

    def prepare(self, plan: Plan) -> Names:
        """Make the plan's sessions, and the worktrees for them."""
        self._holds.clear()
        self.workshop.agent.release_all()
        self.seeding.forget()
        return self.seeding.prepare(plan)

    def server(self, key: str) -> Server:
        """A server by the plan's word; a companion that is not there yet is started.

        Raises:
            UsageError: this app has none of that word.
        """
        if key not in self.servers:
            if self.companions is None:
                raise UsageError(f"this target has no server “{key}”")
            process, project = self.companions.start(key)
            self.add_server(key, process.address, str(project))
        return self.servers[key]

    def key_of(self, origin: str) -> str:
        """The plan's word for the server at an origin behind the wire; else the origin itself."""
        known = (key for key, server in self.servers.items() if server.origin == origin)
        return next(known, origin)

    def perform(self, deed: Deed) -> None:
        """Do the action.

        Raises:
            StuckError: it sends a prompt, and the agent is still busy with the one before.
        """
        self._effects.begin(deed)
        self._script(deed)
        match deed.action:
            case OpenSession() | Reload() | ShowSession() | OpenAddress():
                self.come_on_screen(deed)
            case ReadHistory(rows=rows):
                self.read_history(self.person(deed), rows)
            case ReadLatest():
                self.person(deed).read_latest()
            case SendPrompt() | EnterWorktree() | ExitWorktree() | OthersWork() | FinishTurn():
                self._saying.perform(deed)
            case WriteDraft(text=text):
                self.person(deed).write(text)
            case SubmitBlank():
                self.person(deed).submit(None)
            case Hold() | Refuse() | Release():
                self._steer_network(deed)
            case ChooseModel(model=model):
                self.choose_model(deed.page, model)
            case _:
                self.press(deed)

    def await_effect(self, deed: Deed, timeout_s: float) -> tuple[str, ...]:
        """Wait until the turn is over, then until its messages are shown where they must be.

        Raises:
            AppError: the server asks another model than the harness's.
        """
        self._ensure_asked(deed)
        return self._effects.wait(deed, self.traits, timeout_s)

    def _ensure_asked(self, deed: Deed) -> None:
        """The first prompt of a run shows whether its model is the harness's."""
        asks = next((sent for sent in deed.sends if not sent.to_shell), None)
        remedy = self.model_remedy()
        if asks is None or remedy is None or self.workshop.agent.requests:
            return
        server, session = self.server(asks.session.server_key), deed.names.session(asks.session)
        if said := server.turns.unasked(
            session, lambda: bool(self.workshop.agent.requests), self.patience_s
        ):
            raise AppError(f"{said}: {remedy}")

    def model_remedy(self) -> str | None:
        """What to do where the server asks another model than the harness's; None: it cannot.

        It goes on from a sentence that says how that was found.
        """
        return None

    def record(self, deed: Deed) -> SessionRecord | None:
        """The server's record of the session on screen."""
        view = deed.after.view
        if view is None:
            return None
        server = self.server(view.session.server_key)
        return server.api.record(deed.names.session(view.session), server.project)

    def prompts(self, exchanges: tuple[Exchange, ...]) -> tuple[Prompt, ...]:
        """The family's prompt requests."""
        return prompts_of(exchanges)

    def stays_open(self, request: str) -> bool:
        """Commands and shell lines are answered when their turn is over."""
        return request.startswith("POST ") and request.endswith(("/command", "/shell"))

    def witnesses(self) -> tuple[Witness, ...]:
        """What the agent has seen since this was last asked."""
        seen = self.workshop.agent.witnesses()
        new, self._seen = seen[self._seen :], len(seen)
        return new

    def choose_model(self, page: Page, model: str) -> None:
        """Pick a model in the page, for the directory where the session works.

        Raises:
            UsageError: this app's stage does not know how.
        """
        raise UsageError(f"choosing {model} is not known to {type(self).__name__} on {page.url}")

    def press(self, deed: Deed) -> None:
        """Do what a person does with the app's own buttons.

        Raises:
            UsageError: this app's stage does not know how.
        """
        raise UsageError(f"{deed.action.name} is not known to {type(self).__name__}")

    def died(self) -> str | None:
        """Why a server no longer runs, or None; a target adds the page's own."""
        return self.companions.died() if self.companions else None

    @abstractmethod
    def address(self, session: str, directory: str) -> str:
        """The page's address for a session of its own server under a directory."""

    def address_on(self, server: str, session: str, directory: str) -> str:
        """The page's address for a session of any server."""
        self.server(server)
        return self.address(session, directory)

    def turn(self, sent: Sent, names: Names) -> list[Call | Say | HoldTurn]:
        """The agent's turn that answers a prompt: it prints where it works, then replies."""
        work: list[Call | Say | HoldTurn] = [PWD, Say(sent.reply)]
        if sent.ends_in != sent.execution.directory:
            there = names.directory(sent.ends_in)
            leaves = sent.ends_in == "root"
            tool = Call("exit-worktree", {}) if leaves else Call("enter-worktree", {"path": there})
            work = [tool, *work]
        return [Say("Let me see.\n"), HoldTurn(hold_of(sent)), *work] if sent.held else work

    def _steer_network(self, deed: Deed) -> None:
        match deed.action:
            case Hold(what=what):
                self._holds.hold(deed.action, once=what in REVIEWED)
            case Refuse():
                self._holds.refuse(deed.action)
            case Release(what=what):
                self._effects.release(what)
            case _:
                return

    def _script(self, deed: Deed) -> None:
        for sent in deed.sends:
            self.workshop.agent.script(sent.spoken, self.turn(sent, deed.names))
