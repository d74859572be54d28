"""Fixtures that run flows with pytest-playwright's browser and contexts."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from fixtures.faults import Fault, FaultError, fault_named
from harness.errors import HarnessError, UsageError
from harness.gate import ACTION_MS
from harness.journal import Entry, Finding, FlowEnded, PropertyJudged, RunVerdict
from harness.run import Run, RunOptions, ensure_possible, open_run, run_folder
from harness.values import Value
from reports import ReportError, write_reports

DEFAULT_REPORTS = "reports/out"
FOLDERS: pytest.StashKey[list[str]] = pytest.StashKey()


class FlowResult(Value):
    """What came of one flow."""

    verdict: RunVerdict
    judged: tuple[PropertyJudged, ...]
    reason: str

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that failed, in the order of the properties."""
        return tuple(found for judged in self.judged for found in judged.findings)

    def __str__(self) -> str:
        """The verdict and why, as a failing test tells it."""
        doubts = (f"{j.property}: {j.reason}" for j in self.judged if j.outcome == "inconclusive")
        told = (f"{found.property}: {found.summary}" for found in self.findings)
        reasons = (line for line in (self.reason, *told, *doubts) if line)
        return "\n  ".join((self.verdict, *reasons))


RunFlow = Callable[[str], FlowResult]


@pytest.fixture(scope="session")
def harness_run(
    pytestconfig: pytest.Config, browser: Browser, base_url: str | None
) -> Generator[tuple[Run, list[Entry]]]:
    """The target that `--target` names, started once, and the journal's entries so far."""
    entries: list[Entry] = []
    folder: Path | None = None
    try:
        options = run_options(pytestconfig, base_url)
        folder = run_folder(options)
        named = f"{browser.browser_type.name} {browser.version}"
        with open_run(options, folder, browser=named, listeners=(entries.append,)) as run:
            yield run, entries
    except HarnessError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None
    finally:
        if folder and entries:
            pytestconfig.stash[FOLDERS].append(_reported(folder))


@pytest.fixture
def run_flow(
    harness_run: tuple[Run, list[Entry]], new_context: Callable[..., BrowserContext]
) -> RunFlow:
    """Runs a named flow in a context of pytest-playwright, with its tracing and screenshots."""
    run, entries = harness_run

    @contextmanager
    def new_page() -> Generator[Page]:
        context = new_context()
        context.set_default_timeout(ACTION_MS)
        yield context.new_page()

    def perform(name: str) -> FlowResult:
        plan = next((plan for plan in run.plans if plan.name == name), None)
        if plan is None:
            known = ", ".join(plan.name for plan in run.plans)
            pytest.fail(f"there is no flow “{name}”; there are: {known}", pytrace=False)
        start = len(entries)
        try:
            run.perform(plan, new_page)
        except HarnessError as error:
            raise pytest.fail.Exception(str(error), pytrace=False) from None
        return _result(entries[start:])

    return perform


def run_options(config: pytest.Config, base_url: str | None = None) -> RunOptions:
    """What pytest's command line asks for.

    Raises:
        UsageError: it cannot be done.
    """

    def said(option: str) -> str | None:
        return cast("str | None", config.getoption(option))

    options = RunOptions(
        target=said("--target") or "reference",
        app_version=said("--app-version"),
        base_url=base_url or None,
        fault=_fault(said("--fault")),
        reports=Path(said("--report") or DEFAULT_REPORTS),
    )
    ensure_possible(options)
    return options


def _fault(fault_id: str | None) -> Fault | None:
    try:
        return fault_named(fault_id) if fault_id else None
    except FaultError as error:
        raise UsageError(str(error)) from error


def _reported(folder: Path) -> str:
    """The path of the HTML report, or why there is none."""
    try:
        return str(write_reports(folder).html)
    except ReportError as error:
        return str(error)


def _result(entries: list[Entry]) -> FlowResult:
    ended = next(entry for entry in entries if isinstance(entry, FlowEnded))
    judged = tuple(entry for entry in entries if isinstance(entry, PropertyJudged))
    return FlowResult(verdict=ended.verdict, judged=judged, reason=ended.reason)
