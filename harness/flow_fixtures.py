"""Fixtures that run flows with pytest-playwright's browser and contexts."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from fixtures.faults import Fault, FaultError, fault_named
from harness.errors import HarnessError, UsageError, unknown
from harness.gate import ACTION_MS
from harness.journal import (
    BaselineApplied,
    Entry,
    Finding,
    FlowEnded,
    PropertyJudged,
    RunVerdict,
)
from harness.plans import Plan
from harness.run import Run, RunOptions, ensure_possible, open_run, run_folder
from harness.values import Value
from reports import ReportError, written
from reports.acceptance import summary

DEFAULT_REPORTS = "reports/out"
SUMMARY: pytest.StashKey[list[str]] = pytest.StashKey()  # lines for the end of the session


class FlowResult(Value):
    """What came of one flow; `baseline` says what is accepted of it."""

    verdict: RunVerdict
    judged: tuple[PropertyJudged, ...]
    reason: str
    baseline: BaselineApplied

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that failed and is not accepted, in the order of the properties."""
        return tuple(each for each in self._all if not self.baseline.accepting(each))

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """Everything that failed and is accepted."""
        return tuple(each for each in self._all if self.baseline.accepting(each))

    @property
    def _all(self) -> Iterator[Finding]:
        yield from (found for judged in self.judged for found in judged.findings)

    def __str__(self) -> str:
        """The verdict and why, as a failing test tells it."""
        doubts = (
            f"{judged.property}: {judged.reason or judged.doubt}"
            for judged in self.judged
            if self.baseline.outcome_of(judged) == "inconclusive"
        )
        told = (f"{found.property}: {found.summary}" for found in self.findings)
        mended = (
            f"{each.property}: accepted, but it no longer occurs: {each.cause}"
            for each in self.baseline.mended
        )
        reasons = (line for line in (self.reason, *told, *doubts, *mended) if line)
        return "\n  ".join((self.verdict, *reasons))


RunFlow = Callable[[str | Plan], FlowResult]


def _named(plans: tuple[Plan, ...], name: str) -> Plan:
    plan = next((plan for plan in plans if plan.name == name), None)
    if plan is None:
        pytest.fail(unknown("flow", name, (plan.name for plan in plans)), pytrace=False)
    return plan


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
            pytestconfig.stash[SUMMARY].extend(_reported(folder))


@pytest.fixture
def run_flow(
    harness_run: tuple[Run, list[Entry]], new_context: Callable[..., BrowserContext]
) -> RunFlow:
    """Runs a flow, by name or as a plan, in a context of pytest-playwright with its tracing."""
    run, entries = harness_run

    @contextmanager
    def new_page() -> Generator[Page]:
        context = new_context()
        context.set_default_timeout(ACTION_MS)
        yield context.new_page()

    def perform(flow: str | Plan) -> FlowResult:
        plan = flow if isinstance(flow, Plan) else _named(run.plans, flow)
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
        server_url=said("--server-url"),
        agent_port=cast("int | None", config.getoption("--agent-port")),
        fault=_fault(said("--fault")),
        reports=Path(said("--report") or DEFAULT_REPORTS),
        baseline=Path(file) if (file := said("--baseline")) else None,
        strict=bool(config.getoption("--baseline-strict")),
        unmasked=bool(config.getoption("--unmasked")),
    )
    ensure_possible(options)
    return options


def _fault(fault_id: str | None) -> Fault | None:
    try:
        return fault_named(fault_id) if fault_id else None
    except FaultError as error:
        raise UsageError(str(error)) from error


def _reported(folder: Path) -> list[str]:
    """What the baseline makes of the run, and the path of the HTML report, or why there is none."""
    try:
        paths, run = written(folder)
        return [*summary(run), f"report: {paths.html}"]
    except ReportError as error:
        return [f"report: {error}"]


def _result(entries: list[Entry]) -> FlowResult:
    ended = next(entry for entry in entries if isinstance(entry, FlowEnded))
    judged = tuple(entry for entry in entries if isinstance(entry, PropertyJudged))
    applied = (entry for entry in entries if isinstance(entry, BaselineApplied))
    return FlowResult(
        verdict=ended.verdict,
        judged=judged,
        reason=ended.reason,
        baseline=next(applied, BaselineApplied(flow=ended.flow)),
    )
