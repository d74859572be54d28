"""Shared by all specs; what users get too lives in `harness/plugin.py`."""

import os
import tomllib
from pathlib import Path

import pytest

ALLOWED = Path(__file__).parent / "specs" / "allowed_skips.toml"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the skips that CI does not allow."""
    for node in _forbidden(terminalreporter):
        terminalreporter.write_line(f"skipped without leave in {ALLOWED.name}: {node}", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skip fails the run unless it is listed with a reason."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if isinstance(reporter, pytest.TerminalReporter) and _forbidden(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _forbidden(reporter: pytest.TerminalReporter) -> list[str]:
    if not os.environ.get("CI"):
        return []
    listed = tomllib.loads(ALLOWED.read_text(encoding="utf-8"))
    skipped: list[pytest.TestReport] = reporter.stats.get("skipped", [])
    return [r.nodeid for r in skipped if not any(r.nodeid.startswith(name) for name in listed)]
