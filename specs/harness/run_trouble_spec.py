"""Pages and browsers that fail: the flow is judged as far as it came, and the reason is said."""

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserType, Page
from playwright.sync_api import Error as PlaywrightError

from fixtures.served import BANNER, MODULES, banner
from harness.actions import OpenSession, ReadHistory, SendPrompt
from harness.gate import PageContext
from harness.journal import Entry, FlowEnded, PropertyJudged, StepObserved, StepStarted
from harness.plans import Plan
from harness.probe.wire import Part
from harness.runner import Runner
from harness.targets import hooked, page_stage
from harness.targets.protocol import Workshop
from harness.targets.reference import Reference, ReferenceStage
from harness.workshop import open_workshop

OPENED = Plan(name="opened", title="Open it", actions=(OpenSession(),))
ASKED = Plan(
    name="asked", title="Ask", actions=(OpenSession(), SendPrompt(text="Where?", reply="Here."))
)
READ = Plan(name="read", title="Read", actions=(OpenSession(), ReadHistory()))


class Bench(NamedTuple):
    workshop: Workshop
    stage: ReferenceStage
    entries: list[Entry]

    def run(
        self,
        plan: Plan,
        browser: Browser,
        folder: Path,
        hear: Callable[[Entry, Page], None] = lambda _entry, _page: None,
    ) -> FlowEnded:
        pages: list[Page] = []

        @contextmanager
        def new_page() -> Generator[Page]:
            with PageContext(browser) as page:
                pages.append(page)
                yield page

        def emit(entry: Entry) -> None:
            self.entries.append(entry)
            if pages:
                hear(entry, pages[-1])

        return Runner(self.stage, self.workshop, emit, folder).run(plan, new_page)


class Hook(NamedTuple):
    file: str
    component: str
    named: str


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workshop, ReferenceStage]]:
    logs = tmp_path_factory.mktemp("logs")
    with open_workshop(logs=logs) as workshop, Reference().start(workshop) as stage:
        yield workshop, stage


@pytest.fixture
def bench(started: tuple[Workshop, ReferenceStage]) -> Iterator[Bench]:
    yield Bench(*started, entries=[])
    started[0].wire.clear_rules()


def test_a_page_that_answers_500(bench: Bench, browser: Browser, tmp_path: Path) -> None:
    bench.workshop.wire.fail("GET /[^/]+/session/[^/]+$", 500)
    ended = bench.run(OPENED, browser, tmp_path)
    assert ended.verdict == "infrastructure"
    assert ended.reason == "the app answered its own page with 500: look at what it logged"


def test_messages_that_answer_500(
    bench: Bench, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench.stage, "opening_s", 3.0)
    bench.workshop.wire.fail("GET /session/[^/]+/message", 500)
    ended = bench.run(OPENED, browser, tmp_path)
    assert ended.verdict == "infrastructure"
    said = r"the page shows no row “\[data-message-id\]”; the app answered /session/\S+ with 500"
    assert re.fullmatch(said, ended.reason)


def test_a_prompt_that_answers_500_is_judged(
    bench: Bench, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench.stage, "patience_s", 1.0)
    bench.workshop.wire.fail("POST /session/[^/]+/prompt_async", 500)
    ended = bench.run(ASKED, browser, tmp_path)
    assert ended.verdict in {"inconclusive", "violated"}
    assert any(isinstance(entry, PropertyJudged) for entry in bench.entries)


@pytest.mark.parametrize(
    "hook",
    [
        Hook("/src/timeline.js", "timeline", 'no timeline ([data-component="timeline"])'),
        Hook("/src/composer.js", "prompt-input", 'no composer ([data-component="prompt-input"])'),
    ],
)
def test_a_page_without_a_hook_names_it(
    bench: Bench, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hook: Hook
) -> None:
    monkeypatch.setattr(page_stage, "LOOK_MS", 300.0)
    now, other = f'data-component="{hook.component}"', 'data-component="other"'
    part = Part(banner(hook.file), BANNER)
    rule = bench.workshop.wire.rewrite(MODULES, now, other, part)
    ended = bench.run(OPENED, browser, tmp_path)
    assert rule.applied
    assert not rule.errors
    assert ended.verdict == "infrastructure"
    assert hook.named in ended.reason
    assert ended.reason.endswith("is built in another way than the target knows")


def test_a_page_that_crashes(bench: Bench, browser: Browser, tmp_path: Path) -> None:
    def crash(entry: Entry, page: Page) -> None:
        if isinstance(entry, StepStarted) and entry.title == READ.actions[1].title:
            with suppress(PlaywrightError):
                page.goto("chrome://crash")

    ended = bench.run(READ, browser, tmp_path, crash)
    assert ended.verdict == "infrastructure"
    assert ended.reason.startswith("the browser or its page ended while doing read-history: ")


def test_a_browser_that_dies_in_mid_run(
    bench: Bench,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    tmp_path: Path,
) -> None:
    own = browser_type.launch(**browser_type_launch_args)

    def crash(entry: Entry, _page: Page) -> None:
        if isinstance(entry, StepStarted) and entry.title == READ.actions[1].title:
            with suppress(PlaywrightError):
                own.new_browser_cdp_session().send("Browser.crash")  # pyright: ignore[reportUnknownMemberType] untyped in Playwright

    ended = bench.run(READ, own, tmp_path, crash)
    assert not own.is_connected()
    assert ended.verdict == "infrastructure"
    assert "browser" in ended.reason
    observed = [entry for entry in bench.entries if isinstance(entry, StepObserved)]
    assert len(observed) == 1
    judged = [entry for entry in bench.entries if isinstance(entry, PropertyJudged)]
    assert judged  # what was seen before is judged all the same


def test_hooks_that_come_late_are_waited_for() -> None:
    class Late:
        asked = 0

        def missing_hooks(self) -> list[str]:
            self.asked += 1
            return [] if self.asked > 2 else ["composer"]

        def wait_quiet(self, _deadline_ms: float) -> tuple[str, ...]:
            return ()

    late = Late()
    hooked.ensure_hooks(late, 60.0)  # pyright: ignore[reportArgumentType] a stand-in for the page
    assert late.asked == 3
