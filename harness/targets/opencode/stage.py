"""How opencode is driven and read."""

import json
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page
from pydantic import JsonValue

from harness.actions import (
    ChangeFile,
    OpenReview,
    OpenSession,
    Reload,
    Restore,
    Revert,
    StopTurn,
)
from harness.names import Names
from harness.observations import RequestScope
from harness.plans import Plan, files_of
from harness.scopes import SessionScope
from harness.targets.family.addresses import decoded, encoded
from harness.targets.family.api import MOVE, REPLAY
from harness.targets.family.companions import Companions
from harness.targets.family.seeding import Seeding
from harness.targets.family.server import Server
from harness.targets.family.stage import SERVER, FamilyStage
from harness.targets.opencode.controls import Controls
from harness.targets.opencode.dialect import Dialect
from harness.targets.opencode.ordering import messages_last
from harness.targets.process import AppProcess
from harness.targets.protocol import Deed, Workshop
from harness.targets.storage import writing
from harness.traits import MODELS, Traits

SERVERS = "opencode.global.dat:server"  # in the page's local storage
TELLING_S = 10.0
PATIENCE_S = 60.0  # a first turn in a directory starts an instance of its own


class Started(NamedTuple):
    """What the harness has started: the page's own server, and what starts others."""

    process: AppProcess
    companions: Companions


class OpencodeStage(FamilyStage):
    """One opencode server, and others beside it where there can be any.

    Args:
        workshop: wire, agent and folders.
        upstream: where it answers.
        project: the real path of the repository it serves.
        dialect: how its page is built.
        started: its process and others beside it, if they are the harness's.
    """

    patience_s = PATIENCE_S
    telling_s: float | None = TELLING_S

    def __init__(
        self,
        workshop: Workshop,
        upstream: str,
        project: str,
        dialect: Dialect,
        started: Started | None = None,
    ) -> None:
        super().__init__(workshop, upstream, project)
        self.process, self.companions = started or (None, None)
        self.seeding = Seeding(self.server, self._twin)
        self._by_directory = dialect.by_directory
        self._asked: set[tuple[SessionScope, str]] = set()  # what this page was shown, and where
        self._changed: list[Path] = []
        twins = started is not None and self.api.has(REPLAY)
        traits = _as_served(dialect.traits, moves=self.api.has(MOVE), twins=twins)
        self.traits = traits.model_copy(update={"models": MODELS if started else ()})
        self.hooks = dialect.hooks
        self.app_version = self.api.version()

    def model_remedy(self) -> str | None:
        """What to write into the configuration of a server that is not the harness's."""
        if self.process:
            return None
        return _unasked(self.api.base_url, self.workshop.agent.base_url)

    def prepare(self, plan: Plan) -> Names:
        """Make the plan's sessions and directories, and in each directory what a review shows."""
        names = super().prepare(plan)
        self._leave_unchanged()
        if any(isinstance(action, OpenReview) for action in plan.actions):
            for word, directory in names.directories.items():
                changed, _ = files_of(word)
                self._change(Path(directory, changed.name))
        return names

    def _twin(self, server: Server, session: str, title: str) -> str:
        """A session of the same id: these servers give ids by themselves, and tell events anew."""
        birth = self.api.birth(session, self.project)
        return server.api.bear(birth, server.project, title)

    def come_on_screen(self, deed: Deed) -> None:
        """As every page does; before the first load the page is told the other servers."""
        if isinstance(deed.action, OpenSession) and len(self.servers) > 1:
            others = [server.origin for key, server in self.servers.items() if key != SERVER]
            known: dict[str, JsonValue] = {"list": [*others], "projects": {}, "lastProject": {}}
            deed.page.add_init_script(writing(self.origin, {SERVERS: json.dumps(known)}))
        if self._asks_anew(deed):
            with messages_last(self.workshop.wire):
                super().come_on_screen(deed)
        else:
            super().come_on_screen(deed)

    def _asks_anew(self, deed: Deed) -> bool:
        """Whether the page will ask for messages that it has not, and their order matters."""
        view = deed.after.view
        if not self._by_directory or view is None:
            return False
        if isinstance(deed.action, OpenSession | Reload):
            self._asked.clear()
        place = (view.session, view.address)
        known = place in self._asked
        self._asked.add(place)
        return not known and deed.after.holds("messages") is None

    def _change(self, path: Path) -> None:
        self._changed.append(path)
        path.write_text(f"What stands in {path.name}.\n", encoding="utf-8")

    def close(self) -> None:
        """Close what this stage opened, and take back what it changed."""
        self._leave_unchanged()
        super().close()

    def _leave_unchanged(self) -> None:
        for path in self._changed:
            path.unlink(missing_ok=True)
        self._changed.clear()

    def expected(self, deed: Deed) -> dict[str, JsonValue]:
        """Who is at work, and what stands in the composer, where the page tells of it."""
        world = deed.after
        if world.view is None or not world.readiness.can_act or world.holds("busy-news"):
            return {}
        scope = world.view.session
        told: dict[str, JsonValue] = {"draft": world.draft(scope).strip()}
        idle = not world.draft(scope)  # what stands in the composer takes the stop button's place
        if idle and world.on_screen and world.busy(scope) == world.on_screen.busy:
            told["busy"] = world.busy(scope)
        return {sign.name: told[sign.name] for sign in self.hooks.signs if sign.name in told}

    def on_screen(self, url: str) -> RequestScope | None:
        """Read `/server/{origin}/session/{id}`, or `/{directory}/session/{id}` of before 1.18."""
        match url.removeprefix(self.origin).partition("?")[0].split("/"):
            case ["", "server", origin, "session", session]:
                return RequestScope(server_key=self.key_of(decoded(origin)), session_id=session)
            case ["", directory, "session", session]:
                place = decoded(directory)
                return RequestScope(server_key=SERVER, session_id=session, directory=place)
            case _:
                return None

    def choose_model(self, page: Page, model: str) -> None:
        """Pick a model as a person does."""
        Controls(page, self.hooks).choose_model(model)

    def press(self, deed: Deed) -> None:
        """Press the app's own buttons."""
        controls = Controls(deed.page, self.hooks)
        match deed.action:
            case StopTurn():
                controls.stop()
            case Revert(text=text):
                controls.revert(text)
            case Restore():
                controls.restore()
            case OpenReview():
                controls.open_review()
            case ChangeFile(directory=directory, file=file):
                self._change(Path(deed.names.directory(directory), file))
            case _:
                super().press(deed)

    def died(self) -> str | None:
        """Why a server no longer runs, or None."""
        return (self.process.died() if self.process else None) or super().died()

    def address(self, session: str, directory: str) -> str:
        """The address that every release takes; from 1.18 on the page replaces it by its own."""
        return f"{self.origin}/{encoded(directory)}/session/{session}"

    def address_on(self, server: str, session: str, directory: str) -> str:
        """The page's address for a session of any server: the page stays the first one's.

        One that names no server leads to the server that was on screen before, where that has a
        session of the same id: it is a place only while there is no other server.
        """
        origin = self.server(server).origin
        if origin == self.origin and len(self.servers) == 1:
            return self.address(session, directory)
        return f"{self.origin}/server/{encoded(origin)}/session/{session}"


def _as_served(traits: Traits, *, moves: bool, twins: bool) -> Traits:
    """Since sessions can be moved, a prompt runs in the directory that its session holds."""
    if not twins:
        traits = traits.model_copy(update={"can": traits.can - {"servers"}})
    if not moves:
        return traits
    moving = {"enters_by": ("move",), "declared_binds": False, "can": traits.can | {"move"}}
    return traits.model_copy(update=moving)


def _unasked(server: str, model_url: str) -> str:
    return (
        f'give {server}, in its opencode.json, a "model" of a provider with'
        f' "npm": "@ai-sdk/openai-compatible" and "options": {{"baseURL": "{model_url}"}},'
        " and the harness the port in it with --agent-port"
    )
