"""PawWork's target on a page with its names and a server of the family, right and wrong."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from aiohttp import web
from playwright.sync_api import Browser

from harness.doctor.live import examine
from harness.errors import AppError, HookError, UsageError
from harness.flows import flows
from harness.gate import PageContext
from harness.journal import Entry, FlowEnded, PropertyJudged
from harness.names import Names
from harness.plans import LONG
from harness.probe.loop import LoopThread
from harness.run import Run
from harness.runner import Runner
from harness.scopes import ExecutionScope
from harness.targets import pawwork
from harness.targets.family.effects import Effects
from harness.targets.pawwork import PawWork, PawWorkStage
from harness.targets.protocol import Deed, Workshop
from harness.targets.reference import start_server
from harness.targets.repository import make_repository
from harness.workshop import open_workshop
from harness.world import Sent, World

HERE = Path(__file__).parent
NOBODY = "http://127.0.0.1:9"
IN_PLACE = ("round-trip-in-place-history", "round-trip-in-place-bottom")
Serve = Callable[[dict[str, str]], str]


@contextmanager
def page(*, forgetful: bool = False, speechless: bool = False) -> Generator[str]:
    """The page at an address of its own, under every path."""
    script = (HERE / "pawwork_page.js").read_text("utf-8")

    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith(".js"):
            said = script.replace("FORGETFUL", str(forgetful).lower())
            said = said.replace("SPEECHLESS", str(speechless).lower())
            return web.Response(text=said, content_type="text/javascript")
        html = (HERE / "pawwork_page.html").read_text("utf-8")
        return web.Response(text=html, content_type="text/html")

    async def listen() -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/{path:.*}", answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    with LoopThread() as loop:
        runner = loop.run(listen())
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            loop.run(runner.cleanup())


@pytest.fixture(name="workshop")
def _workshop(tmp_path: Path) -> Iterator[Workshop]:
    with open_workshop(logs=tmp_path) as workshop:
        yield workshop


@pytest.fixture(name="backend")
def _backend(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of the family that somebody else started, with the harness's agent as its model."""
    project = make_repository(workshop.folder / "project")

    def made_already(folder: Path) -> Path:
        assert folder.resolve() == project
        return project

    # PawWork's backend works in any repository, this one in the one that it is given.
    monkeypatch.setattr(pawwork, "make_repository", made_already)
    process = start_server(workshop, project, workshop.folder / "data")
    try:
        yield process.address
    finally:
        process.stop()


@contextmanager
def at(workshop: Workshop, page_url: str, backend: str) -> Generator[PawWorkStage]:
    there = workshop._replace(base_url=page_url, server_url=backend)
    with PawWork().start(there) as stage:
        stage.patience_s = 5.0
        yield stage


def run_of(stage: PawWorkStage, workshop: Workshop, heard: list[Entry]) -> Run:
    plans = tuple(plan for plan in flows(stage.traits) if plan.name in IN_PLACE)
    return Run(plans, Runner(stage, workshop, heard.append, workshop.logs, None), None)


def performed(stage: PawWorkStage, workshop: Workshop, browser: Browser) -> list[Entry]:
    heard: list[Entry] = []
    run = run_of(stage, workshop, heard)
    for plan in run.plans:
        run.perform(plan, lambda: PageContext(browser))
    return heard


def of_outcome(heard: list[Entry], outcome: str) -> set[str]:
    judged = (entry for entry in heard if isinstance(entry, PropertyJudged))
    return {entry.property for entry in judged if entry.outcome == outcome}


def verdicts(heard: list[Entry]) -> dict[str, str]:
    return {entry.flow: entry.verdict for entry in heard if isinstance(entry, FlowEnded)}


def test_the_round_trip_in_place_holds_with_evidence(
    workshop: Workshop, backend: str, browser: Browser
) -> None:
    with page() as url, at(workshop, url, backend) as stage:
        heard = performed(stage, workshop, browser)
    assert verdicts(heard) == dict.fromkeys(IN_PLACE, "pass")
    wanted = {"timeline-mounted", "rendered-window-kept", "reading-position-kept", "send-target"}
    assert {*wanted, "send-once", "turn-shown"} <= of_outcome(heard, "pass")


def test_a_page_that_is_built_anew_is_found(
    workshop: Workshop, backend: str, browser: Browser
) -> None:
    with page(forgetful=True) as url, at(workshop, url, backend) as stage:
        heard = performed(stage, workshop, browser)
    assert set(verdicts(heard).values()) == {"violated"}
    assert "timeline-mounted" in of_outcome(heard, "violated")


def test_an_answer_that_is_not_shown_is_found(
    workshop: Workshop, backend: str, browser: Browser
) -> None:
    with page(speechless=True) as url, at(workshop, url, backend) as stage:
        heard = performed(stage, workshop, browser)
    assert set(verdicts(heard).values()) == {"violated"}
    assert of_outcome(heard, "violated") == {"turn-shown"}


def test_the_doctor_finds_all_that_the_page_has(
    workshop: Workshop, backend: str, browser: Browser
) -> None:
    with page() as url, at(workshop, url, backend) as stage, PageContext(browser) as shown:
        checks = tuple(examine(stage, workshop.wire, shown))
    assert [(check.name, check.remedy) for check in checks if check.blocks] == []
    assert {"hook rows", "prompt tells its scope", "works in worktree"} <= {c.name for c in checks}


def test_nothing_is_left_in_the_backend_of_somebody_else(workshop: Workshop, backend: str) -> None:
    with page() as url, at(workshop, url, backend) as stage:
        stage.prepare(flows(stage.traits)[0].model_copy(update={"seeded": 2}))
        assert httpx.get(f"{backend}/session", trust_env=False).json()
        assert stage.died() is None
    assert httpx.get(f"{backend}/session", trust_env=False).json() == []


def test_an_address_tells_session_and_directory(workshop: Workshop, backend: str) -> None:
    with page() as url, at(workshop, url, backend) as stage:
        shown = stage.on_screen(f"{stage.address('ses_1', '/w s/ü')}?from=link")
        assert shown
        assert (shown.server_key, shown.session_id, shown.directory) == (
            "server",
            "ses_1",
            "/w s/ü",
        )
        assert stage.on_screen(url) is None


def test_a_backend_with_another_model_is_told_what_to_set(
    workshop: Workshop, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing_missing(*_: object) -> tuple[str, ...]:
        return ()

    home = ExecutionScope(server_key="server", directory="root", epoch=0)

    class Prompted:
        sends = (Sent(text="Hello.", session=LONG, execution=home, ends_in="root"),)
        after = World()
        names = Names(sessions={"long": "ses_1"}, directories={}, servers={})

    deed: Deed = Prompted()  # pyright: ignore[reportAssignmentType]  all that is asked of it
    monkeypatch.setattr(Effects, "wait", nothing_missing)
    with page() as url, at(workshop, url, backend) as stage:
        turns = stage.server("server").turns
        turns.begin("ses_1")
        stage.patience_s = 0.0
        wanted = rf"asked no model within 0 s: .* OPENCODE_E2E_LLM_URL={workshop.agent.base_url}"
        with pytest.raises(AppError, match=wanted):
            stage.await_effect(deed, 0.0)
        httpx.post(
            f"{workshop.agent.base_url}/chat/completions",
            json={"messages": [{"role": "user", "content": "Hello."}]},
            trust_env=False,
        )
        assert stage.await_effect(deed, 0.0) == ()


@pytest.mark.parametrize(
    ("page_url", "server_url", "said"),
    [
        (None, None, "start its app and its backend, and say where they are with --base-url"),
        (NOBODY, None, "--server-url"),
        (None, NOBODY, "--base-url"),
        (f"{NOBODY}/app", NOBODY, "--base-url takes an address like"),
        (NOBODY, "there", "--server-url takes an address like"),
    ],
)
def test_both_addresses_are_needed(
    workshop: Workshop, page_url: str | None, server_url: str | None, said: str
) -> None:
    there = workshop._replace(base_url=page_url, server_url=server_url)
    with pytest.raises(UsageError, match=said), PawWork().start(there):
        pass


def test_it_has_no_version_to_choose(workshop: Workshop) -> None:
    there = workshop._replace(base_url=NOBODY, server_url=NOBODY, app_version="1")
    with pytest.raises(UsageError, match="leave out --app-version"), PawWork().start(there):
        pass


def test_nobody_at_the_address_of_the_app(workshop: Workshop) -> None:
    there = workshop._replace(base_url=NOBODY, server_url=NOBODY)
    with pytest.raises(AppError, match="nothing answers at http"), PawWork().start(there):
        pass


def test_a_backend_that_does_not_answer(workshop: Workshop) -> None:
    with page() as url:
        started = PawWork().start(workshop._replace(base_url=url, server_url=NOBODY))
        with (
            pytest.raises(
                AppError, match=r"no backend of PawWork answers at http://127\.0\.0\.1:9"
            ),
            started,
        ):
            pass


def test_another_app_is_told_apart(workshop: Workshop, serve: Serve) -> None:
    other = serve({"/": '<script src="/assets/index-x.js"></script>', "/assets/index-x.js": "x"})
    started = PawWork().start(workshop._replace(base_url=other, server_url=NOBODY))
    with pytest.raises(HookError, match="is not PawWork's"), started:
        pass
