"""The reference app, with its server in a process of its own."""

import json
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from harness import __version__
from harness.probe.hooks import Hooks, NodeRule, RowRule
from harness.targets.family.stage import FamilyStage, encoded
from harness.targets.process import AppProcess
from harness.targets.protocol import Workshop
from harness.targets.repository import make_repository
from harness.traits import Traits

LISTENING = r"reference app listening on (http://\S+)"
TRAITS = Traits(
    rows="windowed",
    own_send="keep",
    declared_binds=True,
    enters_by=("tool", "move"),
    defers=True,
)
# The model's components and the line's data attributes.
SHOWN_AS: dict[str, str] = {
    "cache": "cache",
    "status": "status",
    "commands": "commands",
    "provider": "provider",
    "local_model": "localModel",
}
HOOKS = Hooks(
    timeline=NodeRule(css='[data-component="timeline"]'),
    viewport=NodeRule(css='[data-component="scroll-viewport"]'),
    composer=NodeRule(css='[data-component="prompt-input"]'),
    rows=RowRule(css="[data-message-id]", key="data-message-id"),
)


class ReferenceStage(FamilyStage):
    """The reference app's own ways: its addresses, and tools that enter and leave a worktree."""

    traits = TRAITS
    hooks = HOOKS
    app_version = __version__
    patience_s = 4.0

    def __init__(self, workshop: Workshop, process: AppProcess, project: str) -> None:
        super().__init__(workshop, process.address, project)
        self.process = process

    def readiness(self, page: Page) -> dict[str, bool] | None:
        """The components as the readiness line tells them."""
        told: dict[str, str] | None = page.evaluate(
            """() => {
                const line = document.querySelector('[data-component="readiness"]');
                return line && {...line.dataset};
            }"""
        )
        if told is None:
            return None
        return {name: told.get(key) == "ready" for name, key in SHOWN_AS.items()}

    def choose_model(self, page: Page, model: str) -> None:
        """Pick a model as a person does."""
        value = json.dumps(model.split("/", 1), separators=(",", ":"))
        page.locator('[data-component="model-picker"]').select_option(value)

    def died(self) -> str | None:
        """Why the server no longer runs, or None."""
        return self.process.died()

    def address(self, session: str, directory: str) -> str:
        """The page's address for a session under a directory."""
        return f"{self.origin}/{encoded(directory)}/session/{session}"


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


def start_server(workshop: Workshop, project: Path, data: Path, port: int = 0) -> AppProcess:
    """Start one server of the reference app.

    Raises:
        AppError: it does not come up.
    """
    command = [
        *(sys.executable, "-m", "fixtures.app"),
        *("--project", str(project)),
        *("--data", str(data)),
        *("--port", str(port)),
        *("--model-url", workshop.agent.base_url),
    ]
    home = Path(__file__).parents[2]
    env = {**os.environ, "PYTHONPATH": str(home), "PYTHONUNBUFFERED": "1"}
    return AppProcess("the reference app", command, LISTENING, cwd=home, env=env)
