"""The pytest plugin: thin hooks over the runner."""

import pytest

from harness import flow_fixtures, launch_fixture
from harness.errors import UsageError
from harness.flow_fixtures import DEFAULT_REPORTS, SUMMARY


def pytest_addoption(parser: pytest.Parser) -> None:
    """The harness's own options; those of pytest-playwright keep their meaning."""
    group = parser.getgroup("scope-harness")
    group.addoption(
        "--target",
        default="reference",
        help="the app: reference, opencode, pawwork or module:Class",
    )
    group.addoption("--app-version", default=None, help="a release other than the pinned one")
    group.addoption(
        "--server-url", default=None, help="its server, where that has an address of its own"
    )
    group.addoption(
        "--agent-port", type=int, default=None, help="port of the scripted model server"
    )
    group.addoption("--fault", default=None, help="break the reference app so: harness faults")
    group.addoption(
        "--baseline", default=None, metavar="FILE", help="accept the findings in this file"
    )
    group.addoption(
        "--baseline-strict",  # pytest has a --strict of its own
        action="store_true",
        help="fail, too, where an accepted finding is mended",
    )
    group.addoption(
        "--unmasked",
        action="store_true",
        help="leave secrets and home directories in the journal as they are; do not pass it on",
    )
    group.addoption(
        "--report", default=DEFAULT_REPORTS, metavar="DIR", help="folder that gets a folder a run"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register after pytest-playwright, so that its fixture is the one completed.

    Raises:
        pytest.UsageError: the harness's own options ask for what is not there.
    """
    try:
        flow_fixtures.run_options(config)
    except UsageError as error:
        raise pytest.UsageError(str(error)) from error
    config.stash[SUMMARY] = []
    config.pluginmanager.register(launch_fixture, "scope-harness-browser")
    config.pluginmanager.register(flow_fixtures, "scope-harness-flows")


@pytest.hookimpl(trylast=True)  # after the fixtures are torn down, also where -x ended it
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what a worker of pytest-xdist has to say to the process that prints the summary."""
    output: dict[str, object] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["scope_harness_summary"] = session.config.stash[SUMMARY]


class WorkerReports:
    """Collects the reports of pytest-xdist's workers; registered where xdist is there."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Take over what a worker has to say when it ends."""
        output: dict[str, list[str]] = getattr(node, "workeroutput", {})
        config: pytest.Config = getattr(node, "config")  # noqa: B009  xdist has no public type
        config.stash[SUMMARY].extend(output.get("scope_harness_summary", []))


def pytest_plugin_registered(plugin: object, manager: pytest.PytestPluginManager) -> None:
    """Listen to the workers once pytest-xdist is there."""
    if manager.get_name(plugin) == "xdist" and not manager.has_plugin("scope-harness-workers"):
        manager.register(WorkerReports(), "scope-harness-workers")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what is accepted, and where the reports are."""
    for line in config.stash[SUMMARY]:
        terminalreporter.write_line(line)
