"""The page gets all its modules in one answer, and runs each under its own address."""

import re
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser

from fixtures.faults.fault import WEB
from fixtures.served import BANNER, MODULES
from harness.proving.covering import CoveredPage
from specs.app.visitor import Room

TYPES_ONLY = {"/src/types.js"}
ADDRESS = re.compile(rf"^{re.escape(BANNER)}(.+)$", re.MULTILINE)


def on_disk() -> set[str]:
    return {f"/{path.relative_to(WEB)}" for path in WEB.rglob("*.js")}


def test_one_answer_has_every_module_as_it_is(room: Room) -> None:
    text = httpx.get(f"{room.stage.origin}{MODULES}", trust_env=False).text
    _, *parts = ADDRESS.split(text)
    served = dict(zip(parts[::2], parts[1::2], strict=True))
    assert set(served) == on_disk()
    for address, source in served.items():
        assert source.strip() == (WEB / address[1:]).read_text(encoding="utf-8").strip()


def test_no_module_has_a_line_like_that_before_a_module() -> None:
    for address in on_disk():
        assert BANNER not in (WEB / address[1:]).read_text(encoding="utf-8")


def test_a_module_runs_under_its_own_address(browser: Browser, room: Room) -> None:
    asked: list[str] = []
    covered = CoveredPage(browser)
    with covered as page:
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        page.goto(f"{room.stage.origin}/")
        page.get_by_text("begin a new one").wait_for()
    assert set(covered.executed("opening").scripts) >= on_disk() - TYPES_ONLY
    assert [path for path in asked if path.endswith(".js")] == []
    assert asked.count(MODULES) == 1
