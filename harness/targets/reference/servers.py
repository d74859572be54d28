"""The processes of the reference app."""

import os
import sys
from pathlib import Path

from harness.targets.process import AppProcess
from harness.targets.protocol import Workshop

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
