"""An `OwnApp` as a target."""

from collections.abc import Generator
from contextlib import contextmanager

import httpx

from harness.targets.own.app import OwnApp
from harness.targets.own.guarding import guard
from harness.targets.own.stage import OwnStage
from harness.targets.protocol import Workshop


class OwnTarget:
    """Runs on an app of somebody's own.

    Args:
        app: what is known of it.
    """

    def __init__(self, app: OwnApp) -> None:
        self.app = app
        self.name = app.name

    @contextmanager
    def start(self, workshop: Workshop) -> Generator[OwnStage]:
        """Go to the app, put the wire before it, and remove what was made at the end."""
        with (
            self.app.serving(workshop) as base_url,
            httpx.Client(base_url=base_url, timeout=30.0, trust_env=False) as http,
        ):
            self.app.http = http
            guard(self.app)
            stage = OwnStage(workshop, self.app, base_url)
            try:
                yield stage
            finally:
                stage.forget()
