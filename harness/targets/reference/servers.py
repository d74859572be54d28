"""The processes of the reference app: the page's own server, and others beside it."""

import os
import sys
from pathlib import Path

from harness.errors import UsageError
from harness.targets.process import AppProcess
from harness.targets.protocol import Workshop
from harness.targets.repository import make_repository

LISTENING = r"reference app listening on (http://\S+)"


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
    home = Path(__file__).parents[3]
    env = {**os.environ, "PYTHONPATH": str(home), "PYTHONUNBUFFERED": "1"}
    return AppProcess("the reference app", command, LISTENING, cwd=home, env=env)


class Companions:
    """Servers beside the page's own, started when a plan first needs them.

    The mirror serves the same project, so a session of the same id there differs in its server
    alone; the workspace serves another.

    Args:
        workshop: folders and the agent.
        project: the project of the page's own server.
    """

    def __init__(self, workshop: Workshop, project: Path) -> None:
        self._workshop = workshop
        self._project = project
        self._processes: dict[str, AppProcess] = {}

    def start(self, key: str) -> tuple[AppProcess, Path]:
        """Start one; answers with its process and its project.

        Raises:
            UsageError: there is none of this word.
        """
        folder = self._workshop.folder / key
        match key:
            case "mirror":
                project = self._project
            case "workspace":
                project = make_repository(folder / "project")
            case _:
                raise UsageError(f"the reference app has no server “{key}”")
        process = start_server(self._workshop, project, folder / "data")
        self._processes[key] = process
        return process, project

    def died(self) -> str | None:
        """Why one of them no longer runs, or None."""
        return next((said for each in self._processes.values() if (said := each.died())), None)

    def stop(self) -> None:
        """End them all."""
        for process in self._processes.values():
            process.stop()
