"""An app of somebody's own: the example app with its target, right and wrong in each way."""

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiohttp import web
from playwright.sync_api import Browser

from harness.doctor import Check
from harness.doctor.live import examine
from harness.errors import UsageError
from harness.gate import PageContext, named
from harness.journal import Entry, FlowEnded, PropertyJudged, RunStarted
from harness.probe.loop import LoopThread
from harness.run import RunOptions, open_run, run_folder
from harness.targets import catalogue
from harness.targets.catalogue import target_named
from harness.targets.own import (
    Exchange,
    HeldMessage,
    Hooks,
    NodeRule,
    OwnTarget,
    RequestHead,
    RowRule,
    Told,
    Traits,
)
from harness.workshop import open_workshop
from specs.example.app import Chat as App
from specs.example.target import Chat
from specs.harness.command import finished

NAME = "specs.example.target:Chat"
Seen = dict[str, set[str]]


@contextmanager
def served(app: App) -> Generator[str]:
    with LoopThread() as loop:

        async def listen() -> web.AppRunner:
            runner = web.AppRunner(app.application(), shutdown_timeout=0.1)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            return runner

        runner = loop.run(listen())
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        loop.run(runner.cleanup())


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(App()) as url:
        yield url


def gated(url: str, browser: Browser, folder: Path) -> list[Entry]:
    """All that a whole gate writes."""
    heard: list[Entry] = []
    options = RunOptions(target=NAME, base_url=url, reports=folder)
    with open_run(
        options, run_folder(options), browser=named(browser), listeners=(heard.append,)
    ) as run:
        for plan in run.plans:
            run.perform(plan, lambda: PageContext(browser))
    return heard


def verdicts(heard: list[Entry]) -> dict[str, str]:
    return {entry.flow: entry.verdict for entry in heard if isinstance(entry, FlowEnded)}


def broken(heard: list[Entry]) -> set[str]:
    judged = (entry for entry in heard if isinstance(entry, PropertyJudged))
    return {entry.property for entry in judged if entry.outcome == "violated"}


def test_the_example_passes_its_flows_and_says_which_it_has_no_way_to_do(
    address: str, browser: Browser, tmp_path: Path
) -> None:
    heard = gated(address, browser, tmp_path)
    assert verdicts(heard) == {
        "round-trip-in-place-history": "pass",
        "round-trip-in-place-bottom": "pass",
    }
    begun = next(entry for entry in heard if isinstance(entry, RunStarted))
    lack = "no other session comes on screen within its page"
    assert begun.left_out["timeline-owner"] == lack
    judged = [entry for entry in heard if isinstance(entry, PropertyJudged)]
    passed = {entry.property for entry in judged if entry.outcome == "pass" and entry.evidence}
    assert {"timeline-mounted", "reading-position-kept", "send-target", "turn-shown"} <= passed


def test_an_example_that_forgets_its_page_is_found_out(browser: Browser, tmp_path: Path) -> None:
    with served(App(broken=True)) as url:
        heard = gated(url, browser, tmp_path)
    assert set(verdicts(heard).values()) == {"violated"}
    assert broken(heard) == {"timeline-mounted", "reading-position-kept"}


class WrongRows(Chat):
    hooks = Hooks(
        timeline=NodeRule(css="#log"),
        viewport=NodeRule(css="#log"),
        composer=NodeRule(css="#prompt"),
        rows=RowRule(css="li", key="data-nothing"),
    )


class WrongComposer(Chat):
    hooks = Chat.hooks.model_copy(update={"composer": NodeRule(css="#nothing")})


class WrongViewport(Chat):
    hooks = Chat.hooks.model_copy(update={"viewport": NodeRule(css="#where")})


class WrongKeys(Chat):
    traits = Chat.traits.model_copy(update={"row_key": r"^m(.+)$"})


class BlindToPrompts(Chat):
    def prompt(self, exchange: Exchange) -> str | None:
        del exchange


class BlindToScopes(Chat):
    def told(self, request: object) -> Told:
        del request
        return Told("another")


class Careless(Chat):
    def told(self, request: RequestHead) -> Told:
        return Told(request.path.split("/")[7])


class Unreadable(Chat):
    def messages(self, session: str) -> list[HeldMessage]:
        return [HeldMessage.model_validate(self.ask("GET", f"/api/chats/{session}")["no such"])]


class Unwitnessed(Chat):
    traits = Traits(rows="windowed", own_send="keep", declared_binds=True, enters_by=("move",))


class Immovable(Chat):
    def move(self, session: str, directory: str) -> None:
        """Says that it did."""


Examined = Callable[[Chat], tuple[Check, ...]]


@pytest.fixture
def examined(address: str, browser: Browser, tmp_path: Path) -> Examined:
    def look(app: Chat) -> tuple[Check, ...]:
        with (
            open_workshop(logs=tmp_path, base_url=address) as workshop,
            OwnTarget(app).start(workshop) as stage,
            PageContext(browser) as page,
        ):
            stage.opening_s = 2.0
            stage.patience_s = 2.0
            return tuple(examine(stage, workshop.wire, page))

    return look


def test_the_doctor_finds_all_that_the_example_has(examined: Examined) -> None:
    checks = examined(Chat())
    assert [check.name for check in checks if check.blocks] == []
    assert [check.name for check in checks] == [
        "seeding",
        "hook timeline",
        "hook viewport",
        "hook composer",
        "hook rows",
        "viewport scrolls",
        "rows are messages",
        "works in root",
        "prompt is seen",
        "prompt tells its scope",
        "prompt is witnessed",
        "answer is held",
        "works in worktree",
        "works in root",
    ]


@pytest.mark.parametrize(
    ("app", "name", "remedy"),
    [
        (WrongRows(), "hook rows", "mend Hooks.rows"),
        (WrongComposer(), "hook composer", "no element is #nothing: mend Hooks.composer"),
        (WrongViewport(), "viewport scrolls", "is not the element with the scroll bar"),
        (WrongKeys(), "rows are messages", "is no id of a message of the server"),
        (BlindToPrompts(), "prompt is seen", "requests with a body: POST /api/chats/"),
        (BlindToScopes(), "prompt tells its scope", "says session another, directory None"),
        (Careless(), "open-session", "Careless.told, own_spec.py, line "),
        (Unreadable(), "open-session", "Unreadable.messages, own_spec.py, line "),
        (Unwitnessed(), "prompt is witnessed", "the harness's model server was not asked"),
        (Immovable(), "works in worktree", "has the session in /project, not in /project/side"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Chat) else "",
)
def test_the_doctor_names_what_is_wrong_with_a_target(
    examined: Examined, app: Chat, name: str, remedy: str
) -> None:
    wrong = [check for check in examined(app) if check.blocks]
    assert wrong[0].name == name
    assert remedy in wrong[0].remedy


def test_without_an_address_the_app_is_to_be_started(tmp_path: Path) -> None:
    said = r"start it, and say where it is with --base-url"
    with open_workshop(logs=tmp_path) as workshop, pytest.raises(UsageError, match=said):
        OwnTarget(Chat()).start(workshop).__enter__()


def test_a_server_that_is_not_there_is_told() -> None:
    wide = {"COLUMNS": "240"}
    told = finished("doctor", "--target", NAME, "--base-url", "http://127.0.0.1:9", env=wide)
    assert (told.returncode, told.stderr) == (3, "")
    assert "chat did not answer POST /api/chats" in told.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nope", "there is no target “nope”; there are: opencode, pawwork, reference"),
        (
            "specs.example.nope:Chat",
            "ModuleNotFoundError: No module named 'specs.example.nope'; a module is looked for",
        ),
        ("specs.example.target:Nope", "AttributeError"),
        ("specs.example.app:PAGE", "is no target: derive it from"),
    ],
)
def test_what_is_no_target_is_refused(name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        target_named(name)


def test_a_target_of_another_package_is_found_by_its_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "someones_chat-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: someones-chat\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{catalogue.GROUP}]\nchat = {NAME}\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    found = target_named("chat")
    assert isinstance(found, OwnTarget)
    assert found.name == "chat"
