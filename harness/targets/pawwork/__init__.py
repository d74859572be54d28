"""PawWork: its app and its backend were started by somebody else, each at an address of its own."""

from collections.abc import Generator
from contextlib import closing, contextmanager

from harness.errors import AppError, UsageError
from harness.targets.attached import origin_of
from harness.targets.family.api import FamilyApi
from harness.targets.family.stage import SERVER
from harness.targets.page_scripts import scripts_of
from harness.targets.pawwork.dialect import dialect_in
from harness.targets.pawwork.stage import PawWorkStage
from harness.targets.protocol import Asked, Workshop
from harness.targets.repository import make_repository

__all__ = ["PawWork", "PawWorkStage"]


class PawWork:
    """PawWork at `--base-url`, its backend at `--server-url`."""

    name = "pawwork"

    def ensure_possible(self, asked: Asked) -> None:
        """Refuse what lacks an address."""
        _addresses(asked)

    @contextmanager
    def start(self, workshop: Workshop) -> Generator[PawWorkStage]:
        """Go to both, with a new repository for the sessions.

        Raises:
            UsageError: an address is missing.
            HookError: the page is not PawWork's.
            AppError: nobody answers at one of them.
        """
        page, upstream = _addresses(workshop.asked)
        dialect = dialect_in(scripts_of(page), page)
        _ensure_answers(upstream)
        project = make_repository(workshop.folder / "project")
        with closing(PawWorkStage(workshop, page, upstream, str(project), dialect)) as stage:
            try:
                yield stage
            finally:
                stage.seeding.forget()  # in the backend of somebody else nothing is left


def _addresses(asked: Asked) -> tuple[str, str]:
    if asked.app_version:
        raise UsageError("pawwork runs already: leave out --app-version")
    if not asked.base_url or not asked.server_url:
        raise UsageError(
            "pawwork is not started by the harness: start its app and its backend, and say where"
            " they are with --base-url (the app) and --server-url (the backend)"
        )
    page = origin_of("--base-url", asked.base_url)
    return page, origin_of("--server-url", asked.server_url)


def _ensure_answers(upstream: str) -> None:
    try:
        with closing(FamilyApi(upstream, SERVER)) as api:
            api.version()
    except AppError as error:
        raise AppError(
            f"no backend of PawWork answers at {upstream}, where --server-url says it is: {error}"
        ) from error
