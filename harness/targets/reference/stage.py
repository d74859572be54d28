"""How the reference app is driven and read."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page
from pydantic import JsonValue

from harness import __version__
from harness.actions import (
    ChangeFile,
    EditQueued,
    OpenReview,
    Refuse,
    Restore,
    ResumeQueue,
    RetryQueued,
    Revert,
    StopTurn,
)
from harness.errors import UsageError
from harness.names import Names
from harness.observations import Capture, RequestScope, ShownReadiness
from harness.plans import Plan, files_of
from harness.probe.hooks import Hooks, NodeRule, RowRule, SignRule
from harness.requests import Kind
from harness.targets.family.addresses import decoded, encoded
from harness.targets.family.companions import Companions
from harness.targets.family.stage import FamilyStage
from harness.targets.process import AppProcess
from harness.targets.protocol import Deed, Workshop
from harness.targets.reference.controls import Controls
from harness.targets.reference.readiness import shown_readiness
from harness.targets.reference.servers import start_server
from harness.targets.repository import branch_of
from harness.traits import MODELS, Traits
from harness.world import FileKind

TRAITS = Traits(
    rows="windowed",
    own_send="keep",
    declared_binds=True,
    enters_by=("tool", "move"),
    default_model="harbour/harbour-large",
    models=MODELS,
    can=frozenset(
        {
            "address",
            "changes",
            "commands",
            "defer",
            "hears",
            "models",
            "move",
            "queue",
            "resume",
            "retention",
            "revert",
            "review",
            "servers",
            "sessions",
            "shell",
            "status",
            "stream",
        }
    ),
)
HOOKS = Hooks(
    timeline=NodeRule(css='[data-component="timeline"]'),
    viewport=NodeRule(css='[data-component="scroll-viewport"]'),
    composer=NodeRule(css='[data-component="prompt-input"]'),
    rows=RowRule(css="[data-message-id]", key="data-message-id"),
    signs=(
        SignRule(name="readiness", css='[data-component="readiness"]', read="dataset"),
        SignRule(name="sentence", css='[data-component="readiness"] .sentence', read="text"),
        SignRule(name="execution", css='[data-component="worktree-badge"]', read="dataset"),
        SignRule(name="busy", css='[data-component="busy"]', read="present"),
        SignRule(name="draft", css='[data-component="prompt-input"]', read="value"),
        SignRule(name="queue", css='[data-component="followup-dock"] .queued-text', read="each"),
        SignRule(name="review", css='[data-component="review-pane"]', read="dataset"),
        SignRule(name="diff", css="[data-file]", read="attribute", attribute="data-file"),
        SignRule(
            name="artifacts", css="[data-artifact]", read="attribute", attribute="data-artifact"
        ),
    ),
)
PLACES: dict[FileKind, str] = {"diff": "", "artifacts": "artifacts"}


class ReferenceStage(FamilyStage):
    """The reference app's own ways: its addresses, buttons, and tools that change worktrees."""

    traits = TRAITS
    hooks = HOOKS
    app_version = __version__
    patience_s = 4.0
    opening_s = 20.0

    def __init__(self, workshop: Workshop, process: AppProcess, project: str) -> None:
        super().__init__(workshop, process.address, project)
        self.process = process
        self._refused: set[Kind] = set()  # in the flow that is performed
        self.companions = Companions(
            workshop,
            Path(project),
            lambda project, folder: start_server(workshop, project, folder / "data"),
        )

    def prepare(self, plan: Plan) -> Names:
        """Make the plan's sessions and directories, and in each directory what a review shows."""
        self._refused = set()
        names = super().prepare(plan)
        for word, directory in names.directories.items():
            for kind, place in PLACES.items():
                folder = Path(directory, place)
                for left in folder.glob("later-*"):
                    left.unlink()
                (file,) = (file.name for file in files_of(word) if file.kind == kind)
                _write(folder / file)
        branches = {word: branch_of(place) for word, place in names.directories.items()}
        return names.model_copy(update={"branches": branches})

    def perform(self, deed: Deed) -> None:
        """Do the action; what was refused once is waited for no more."""
        if isinstance(deed.action, Refuse):
            self._refused.add(deed.action.what)
        super().perform(deed)

    def readiness(self, seen: Capture) -> ShownReadiness | None:
        """What the readiness line tells."""
        return shown_readiness(seen)

    def on_screen(self, url: str) -> RequestScope | None:
        """Read `/{directory}/session/{id}?server={origin}`."""
        address = urlsplit(url)
        match address.path.split("/"):
            case ["", directory, "session", session]:
                origin = parse_qs(address.query).get("server")
                server = self.key_of(decoded(origin[0]) if origin else self.origin)
                return RequestScope(
                    server_key=server, session_id=session, directory=decoded(directory)
                )
            case _:
                return None

    def expected(self, deed: Deed) -> dict[str, JsonValue]:
        """What the app's signs must come to say of the model's world."""
        world = deed.after
        if world.view is None:
            return {}
        ready = world.readiness.model_dump()
        scope, where = world.view.session, world.view.execution.directory
        told: dict[str, JsonValue] = {
            "readiness": {
                name.replace("_", "-"): "ready" if has else "pending" for name, has in ready.items()
            },
            "execution": {
                "directory": deed.names.directory(where),
                "branch": deed.names.branches[where],
            },
            "queue": [item.text for item in world.queue(scope)],
            "draft": world.draft(scope),
        }
        if ready["status"] and not world.holds("busy-news"):
            told["busy"] = world.busy(scope)
        return told | self._expected_review(deed, deed.names.directory(where))

    def _expected_review(self, deed: Deed, directory: str) -> dict[str, JsonValue]:
        world = deed.after
        if not world.review_open:
            return {}
        here = {
            p.what for p in world.in_flight if world.view and p.execution == world.view.execution
        }
        # A page whose question was answered with an error need not ask again by itself.
        missing = {*here, *self._refused}
        diff: dict[str, JsonValue] = (
            {} if "diff" in missing else {"review": {"directory": directory, "ready": "true"}}
        )
        made: list[JsonValue] = [*world.shown_files("artifacts")]
        return diff if "artifacts" in missing else {**diff, "artifacts": made}

    def choose_model(self, page: Page, model: str) -> None:
        """Pick a model as a person does."""
        Controls(page).choose_model(model)

    def press(self, deed: Deed) -> None:
        """Press the app's own buttons, or change a file behind its back."""
        controls = Controls(deed.page)
        match deed.action:
            case StopTurn():
                controls.stop()
            case EditQueued(text=text):
                controls.edit_queued(text)
            case RetryQueued(text=text):
                controls.retry_queued(text)
            case ResumeQueue():
                controls.resume_queue()
            case Revert(text=text):
                controls.revert(text)
            case Restore():
                controls.restore()
            case OpenReview():
                controls.open_review()
            case ChangeFile(directory=directory, kind=kind, file=file):
                _write(Path(deed.names.directory(directory), PLACES[kind], file))
            case _:
                raise UsageError(f"the reference app has no way to do {deed.action.name}")

    def died(self) -> str | None:
        """Why a server no longer runs, or None."""
        return self.process.died() or super().died()

    def address(self, session: str, directory: str) -> str:
        """The page's address for a session under a directory."""
        return f"{self.origin}/{encoded(directory)}/session/{session}"

    def address_on(self, server: str, session: str, directory: str) -> str:
        """The page's address for a session of any server: the page stays the first one's."""
        address = self.address(session, directory)
        origin = self.server(server).origin
        return address if origin == self.origin else f"{address}?server={encoded(origin)}"


def _write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"What stands in {path.name}.\n", encoding="utf-8")
