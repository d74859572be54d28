"""The wire between a real browser and two servers."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from fixtures.upstream import Rig, rigged
from harness.probe.wire import Match, View

FETCH = """url => fetch(url, {method: "POST", body: "{}", headers: {
    "content-type": "application/json", "x-opencode-directory": "%2Fd"}})
    .then(response => response.status, error => error.name)"""
LISTEN = """() => {
    window.heard = [];
    new EventSource("/events").onmessage = event => window.heard.push(JSON.parse(event.data).type);
}"""
ABORT = """() => {
    window.stop = new AbortController();
    window.over = fetch("/any", {signal: window.stop.signal}).catch(error => error.name);
}"""


@pytest.fixture(name="rig")
def _rig() -> Iterator[Rig]:
    with rigged() as rig:
        yield rig


@pytest.fixture(name="shown")
def _shown(rig: Rig, page: Page) -> Iterator[Page]:
    page.goto(f"{rig.base}/missing")
    yield page
    page.goto("about:blank")  # or the browser tries again to reach streams that have ended


def test_events_reach_the_page_as_they_come(rig: Rig, shown: Page) -> None:
    shown.evaluate(LISTEN)
    for kind in ("one", "two"):
        rig.upstream.push(f'data: {{"type":"{kind}"}}\n\n'.encode())
        shown.wait_for_function("kind => window.heard.at(-1) === kind", arg=kind)
    assert [event.type for event in rig.wire.events] == ["one", "two"]


def test_request_that_the_page_gives_up_is_abandoned(rig: Rig, shown: Page) -> None:
    rule = rig.wire.hold("/any")
    shown.evaluate(ABORT)
    assert rule.wait_caught(1, 10)
    assert shown.evaluate("() => { window.stop.abort(); return window.over; }") == "AbortError"
    assert rig.wire.wait_for(abandoned, 10)


def test_rule_for_another_origin_spares_the_preflight_and_is_readable(
    rig: Rig, shown: Page
) -> None:
    other = rig.wire.attach("other", rig.upstream.url)
    rule = rig.wire.fail(Match(path="/any", server_key="other"), 503)
    assert shown.evaluate(FETCH, f"{other}/any") == 503
    assert rule.caught == 1
    methods = [exchange.method for exchange in rig.settled() if exchange.path == "/any"]
    assert methods == ["OPTIONS", "POST"]


def abandoned(view: View) -> bool:
    return any(exchange.outcome == "abandoned" for exchange in view.exchanges)
