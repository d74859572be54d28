"""The resources of a run: folders, the loop, the wire, the agent; all closed at the end."""

import os
import tempfile
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from fixtures.agent import Agent
from harness.errors import UsageError
from harness.probe.loop import LoopThread
from harness.probe.wire import Wire
from harness.targets.protocol import Workshop


@contextmanager
def open_workshop(  # noqa: PLR0913  the parts of a workshop
    *,
    logs: Path,
    app_version: str | None = None,
    base_url: str | None = None,
    server_url: str | None = None,
    workdir: Path | None = None,
    agent: Agent | None = None,
    agent_port: int | None = None,
) -> Generator[Workshop]:
    """Make everything that a target needs to start its app.

    Args:
        logs: where the app's output is kept.
        app_version: the release to test; None leaves it to the target.
        base_url: an app that runs already.
        server_url: its server, where that has an address of its own.
        workdir: where repositories and worktrees are made; None is the system's temporary folder.
        agent: one that is not started yet; None is one that answers only what is scripted.
        agent_port: where the agent listens; None is any free port.

    Raises:
        UsageError: `workdir` cannot be written, or `agent_port` is taken.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(_scratch(workdir))
        loop = LoopThread().start()
        stack.callback(loop.stop)
        agent = agent or Agent()
        _listen(loop, agent, agent_port)
        stack.callback(lambda: loop.run(agent.stop()))
        wire = stack.enter_context(Wire(loop))
        yield Workshop(folder, logs, loop, wire, agent, app_version, base_url, server_url)


def _listen(loop: LoopThread, agent: Agent, port: int | None) -> None:
    try:
        loop.run(agent.start(port=port or 0))
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else error
        raise UsageError(
            f"the scripted model server cannot listen on port {port} ({why}):"
            " choose another --agent-port"
        ) from error


@contextmanager
def _scratch(workdir: Path | None) -> Generator[Path]:
    try:
        if workdir:
            workdir.mkdir(parents=True, exist_ok=True)
        scratch = tempfile.TemporaryDirectory(
            prefix="scope-harness-", dir=workdir, ignore_cleanup_errors=True
        )
    except OSError as error:
        raise UsageError(
            f"cannot write in {workdir}: {error.strerror}; choose another --workdir"
        ) from error
    with scratch as folder:
        yield Path(folder).resolve()
