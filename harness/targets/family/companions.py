"""Servers beside the page's own, each a process of its own."""

from collections.abc import Callable
from pathlib import Path

from harness.errors import UsageError
from harness.targets.process import AppProcess
from harness.targets.protocol import Workshop
from harness.targets.repository import make_repository

# Starts a server on a project; what it keeps goes into the folder.
Start = Callable[[Path, Path], AppProcess]


class Companions:
    """Servers beside the page's own, started when a plan first needs them.

    The mirror serves the same project, so a session of the same id there differs in its server
    alone; the workspace serves another.

    Args:
        workshop: has their folders.
        project: the project of the page's own server.
        start: starts one.
    """

    def __init__(self, workshop: Workshop, project: Path, start: Start) -> None:
        self._workshop = workshop
        self._project = project
        self._start = start
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
                raise UsageError(f"this target has no server “{key}”")
        process = self._start(project, folder)
        self._processes[key] = process
        return process, project

    def died(self) -> str | None:
        """Why one of them no longer runs, or None."""
        return next((said for each in self._processes.values() if (said := each.died())), None)

    def stop(self) -> None:
        """End them all."""
        for process in self._processes.values():
            process.stop()
