"""Opencode, a release from npm that the harness starts, or one that runs already."""

from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from harness.errors import UsageError
from harness.targets.attached import origin_of
from harness.targets.family.api import FamilyApi
from harness.targets.family.companions import Companions
from harness.targets.family.stage import SERVER
from harness.targets.opencode.dialect import dialect_in, served_scripts
from harness.targets.opencode.process import start_server
from harness.targets.opencode.release import PINNED, Releases, ensure_version
from harness.targets.opencode.stage import OpencodeStage, Started
from harness.targets.process import AppProcess
from harness.targets.protocol import Asked, Workshop
from harness.targets.repository import make_repository

__all__ = ["Opencode", "OpencodeStage"]


class Opencode:
    """Opencode from npm, pinned unless `--app-version` says otherwise, or at `--base-url`."""

    name = "opencode"

    def ensure_possible(self, asked: Asked) -> None:
        """Refuse what is no release, and an address that is to be one."""
        if asked.base_url:
            origin_of("--base-url", asked.base_url)
            if asked.app_version:
                raise UsageError(
                    "--base-url and --app-version exclude each other: that app runs already"
                )
        elif asked.app_version:
            ensure_version(asked.app_version)

    @contextmanager
    def start(self, workshop: Workshop) -> Generator[OpencodeStage]:
        """Start a server on a new repository, or go to the one that is there."""
        self.ensure_possible(workshop.asked)
        if workshop.base_url:
            with _attached(workshop, origin_of("--base-url", workshop.base_url)) as stage:
                yield stage
            return
        program = Releases().program(workshop.app_version or PINNED)
        project = make_repository(workshop.folder / "project")

        def beside(project: Path, folder: Path) -> AppProcess:
            return start_server(
                workshop, program, project, folder / "home", f"opencode-{folder.name}"
            )

        process = start_server(workshop, program, project, workshop.folder / "home")
        try:
            dialect = dialect_in(served_scripts(process.address))
            started = Started(process, Companions(workshop, project, beside))
            stage = OpencodeStage(workshop, process.address, str(project), dialect, started)
            with closing(stage):
                yield stage
        finally:
            process.stop()


@contextmanager
def _attached(workshop: Workshop, base_url: str) -> Generator[OpencodeStage]:
    dialect = dialect_in(served_scripts(base_url))
    with closing(FamilyApi(base_url, SERVER)) as api:
        project = api.project()
    with closing(OpencodeStage(workshop, base_url, project, dialect)) as stage:
        try:
            yield stage
        finally:
            stage.seeding.forget()  # in a project of somebody else nothing is left
