"""The reference app, with its servers in processes of their own."""

from collections.abc import Generator
from contextlib import contextmanager

from harness.targets.family.addresses import encoded
from harness.targets.protocol import Workshop
from harness.targets.reference.servers import start_server
from harness.targets.reference.stage import HOOKS, TRAITS, ReferenceStage
from harness.targets.repository import make_repository

__all__ = ["HOOKS", "TRAITS", "Reference", "ReferenceStage", "encoded", "start_server"]


class Reference:
    """The embedded reference app."""

    name = "reference"

    @contextmanager
    def start(self, workshop: Workshop) -> Generator[ReferenceStage]:
        """Start the server on a new repository; stop it at the end."""
        project = make_repository(workshop.folder / "project")
        process = start_server(workshop, project, workshop.folder / "data")
        try:
            stage = ReferenceStage(workshop, process, str(project))
            try:
                yield stage
            finally:
                stage.close()
        finally:
            process.stop()
