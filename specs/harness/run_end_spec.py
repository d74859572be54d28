"""A run that is cut short: its journal is whole, and nothing is left running."""

import os
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from fixtures.faults import fault_named
from harness.actions import OpenSession, ReadHistory
from harness.errors import AppError, HarnessError, SetupError, UsageError
from harness.gate import PageContext
from harness.journal import Entry, FlowEnded, RunEnded, RunStarted, StepStarted
from harness.plans import Plan
from harness.run import RunOptions, keep_failure, open_run, run_folder
from harness.run.verdict import verdict_after
from reports.reading import read
from specs.harness.command import app_of, runs_app

READ = Plan(name="read", title="Read", actions=(OpenSession(), ReadHistory()))


def ran(tmp_path: Path, browser: Browser, hear: Callable[[Entry], None], flows: int = 1) -> None:
    options = RunOptions(plans=(READ,), reports=tmp_path / "reports", workdir=tmp_path / "work")
    folder = run_folder(options)
    with open_run(options, folder, browser="any", listeners=(hear,)) as run:
        for _ in range(flows):
            run.perform(READ, lambda: PageContext(browser))


def while_reading(act: Callable[[], None]) -> Callable[[Entry], None]:
    def hear(entry: Entry) -> None:
        if isinstance(entry, StepStarted) and entry.title == READ.actions[1].title:
            act()

    return hear


def kill_app() -> None:
    os.kill(app_of(os.getpid()).pid, signal.SIGKILL)


def last(entries: list[Entry]) -> RunEnded:
    assert isinstance(entries[0], RunStarted)
    (*before, ended) = entries
    assert isinstance(ended, RunEnded)
    assert not any(isinstance(entry, RunEnded) for entry in before)
    return ended


def journal_of(tmp_path: Path) -> list[Entry]:
    (path,) = tmp_path.glob("reports/*/journal.jsonl")
    return list(read(path).entries)


def test_an_app_that_dies_in_mid_run_is_quoted(tmp_path: Path, browser: Browser) -> None:
    with pytest.raises(AppError, match="ended with signal SIGKILL"):  # by the second flow
        ran(tmp_path, browser, while_reading(kill_app), flows=2)
    entries = journal_of(tmp_path)
    (flow,) = (entry for entry in entries if isinstance(entry, FlowEnded))
    for ended in (flow, last(entries)):
        assert ended.verdict == "infrastructure"
        assert ended.reason.startswith(
            "the reference app ended with signal SIGKILL; its last words: reference app listening"
        )
    assert list((tmp_path / "work").iterdir()) == []


def apps() -> set[int]:
    """The app processes of this one; specs that share an app may have left it running."""
    return {child.pid for child in psutil.Process().children() if runs_app(child)}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (KeyboardInterrupt(), "it was stopped by hand"),
        (
            OSError(28, "No space left on device"),
            "the harness failed: OSError: [Errno 28] No space",
        ),
    ],
)
def test_whatever_ends_it_the_journal_has_an_end(
    tmp_path: Path, browser: Browser, error: BaseException, reason: str
) -> None:
    def stop() -> None:
        raise error

    others = apps()
    with pytest.raises(type(error)):
        ran(tmp_path, browser, while_reading(stop))
    ended = last(journal_of(tmp_path))
    assert ended.verdict == "infrastructure"
    assert ended.reason.startswith(reason)
    assert list((tmp_path / "work").iterdir()) == []
    assert apps() == others


@contextmanager
def no_page() -> Generator[Page]:
    raise PlaywrightError("Target page, context or browser has been closed")
    yield


def test_a_fault_that_no_page_has_asked_for_does_not_hide_that_there_was_none(
    tmp_path: Path,
) -> None:
    fault = fault_named("double-send")
    options = RunOptions(plans=(READ,), fault=fault, reports=tmp_path, workdir=tmp_path / "work")
    with open_run(options, run_folder(options), browser="any") as run:
        assert run.perform(READ, no_page) == "infrastructure"
    assert run.reason.startswith("the browser failed: Target page")


def test_a_run_without_a_browser_has_a_journal_too(tmp_path: Path) -> None:
    heard: list[Entry] = []
    keep_failure(RunOptions(), tmp_path, SetupError("none"), (heard.append,))
    assert list(read(tmp_path / "journal.jsonl").entries) == heard
    assert last(heard).reason == "none"


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (UsageError("no"), "inconclusive"),
        (HarnessError("no"), "infrastructure"),
        (RuntimeError(), "infrastructure"),
        (SystemExit(143), "infrastructure"),
    ],
)
def test_an_error_makes_a_verdict(error: BaseException, verdict: str) -> None:
    assert verdict_after(error)[0] == verdict


class _Gone:
    """A context and a page whose browser has ended."""

    def __getattr__(self, _name: str) -> Callable[..., "_Gone"]:
        return lambda *_given, **_named: self

    def close(self) -> None:
        raise PlaywrightError("Target page, context or browser has been closed")


def test_a_browser_that_is_gone_does_not_hide_why_the_run_ended() -> None:
    def stopped() -> None:
        with PageContext(_Gone()):  # pyright: ignore[reportArgumentType] a stand-in
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()


def test_a_context_that_gets_no_page_is_closed(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_context: BrowserContext) -> None:
        raise PlaywrightError("no page")

    before = len(browser.contexts)
    monkeypatch.setattr(BrowserContext, "new_page", refused)
    with pytest.raises(PlaywrightError, match="no page"), PageContext(browser):
        pass
    assert len(browser.contexts) == before
