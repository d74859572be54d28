"""How PawWork is driven and read: a page of its own origin, and a backend behind the wire."""

from pydantic import JsonValue

from harness.actions import OpenSession
from harness.errors import AppError
from harness.observations import RequestScope
from harness.targets.family.addresses import decoded, encoded
from harness.targets.family.stage import SERVER, FamilyStage
from harness.targets.pawwork.dialect import Dialect
from harness.targets.pawwork.storage import first_storage
from harness.targets.protocol import Deed, Workshop
from harness.targets.storage import writing

PATIENCE_S = 60.0  # a first turn in a directory starts an instance of its own


class PawWorkStage(FamilyStage):
    """One backend, and the page that is told to use it through the wire.

    Args:
        workshop: wire, agent and folders.
        page: the origin of the app's page.
        upstream: where the backend answers.
        project: the real path of the repository that its sessions work in.
        dialect: how the page is built.
    """

    patience_s = PATIENCE_S

    def __init__(
        self, workshop: Workshop, page: str, upstream: str, project: str, dialect: Dialect
    ) -> None:
        super().__init__(workshop, upstream, project)
        self.page = page
        self.traits = dialect.traits
        self.hooks = dialect.hooks
        self.app_version = self.api.version()

    def come_on_screen(self, deed: Deed) -> None:
        """As every page does; before the first load the page is told its server."""
        if isinstance(deed.action, OpenSession):
            items = first_storage(self.origin, self.project)
            deed.page.add_init_script(writing(self.page, items))
        super().come_on_screen(deed)

    def model_remedy(self) -> str:
        """How to start the backend again."""
        return _unasked(self.api.base_url, self.workshop.agent.base_url)

    def expected(self, deed: Deed) -> dict[str, JsonValue]:
        """Who is at work, and what waits: a page that knows it late would queue the next prompt."""
        if deed.after.view is None or deed.after.offline:
            return {}
        scope = deed.after.view.session
        waiting: JsonValue = [item.text for item in deed.after.queue(scope)]
        return {"busy": deed.after.busy(scope), "queue": waiting}

    def on_screen(self, url: str) -> RequestScope | None:
        """Read `/{directory}/session/{id}`."""
        match url.removeprefix(self.page).partition("?")[0].split("/"):
            case ["", directory, "session", session]:
                return RequestScope(
                    server_key=SERVER, session_id=session, directory=decoded(directory)
                )
            case _:
                return None

    def died(self) -> str | None:
        """Why the backend no longer answers, or None."""
        try:
            self.api.version()
        except AppError as error:
            return str(error)
        return None

    def address(self, session: str, directory: str) -> str:
        """The page's address for a session under a directory."""
        return f"{self.page}/{encoded(directory)}/session/{session}"


def _unasked(server: str, model_url: str) -> str:
    return (
        f"start {server} with OPENCODE_E2E_ENABLED=true and OPENCODE_E2E_LLM_URL={model_url},"
        " and give the harness the port in it with --agent-port"
    )
