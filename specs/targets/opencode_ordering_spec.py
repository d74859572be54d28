"""The messages that a page asks for come last of what it asks for."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from harness.targets.opencode import ordering
from harness.targets.opencode.ordering import messages_last
from harness.targets.protocol import Workshop
from harness.workshop import open_workshop

Serve = Callable[[dict[str, str]], str]
MESSAGES = "/session/s/message"


@pytest.fixture(name="workshop")
def _workshop(tmp_path: Path) -> Iterator[Workshop]:
    with open_workshop(logs=tmp_path) as workshop:
        yield workshop


class Asker:
    """A page that asks for its messages in the background, and for the rest by itself."""

    def __init__(self, origin: str) -> None:
        self._page = httpx.Client(base_url=origin, trust_env=False)
        self._asking = threading.Thread(target=self._messages)
        self.answered: list[str] = []

    def _messages(self) -> None:
        self._page.get(MESSAGES)
        self.answered.append(MESSAGES)

    def ask_for_messages(self) -> None:
        self._asking.start()

    def ask(self, path: str) -> None:
        self._page.get(path)
        self.answered.append(path)

    def end(self) -> list[str]:
        self._asking.join()
        self._page.close()
        return self.answered


def test_messages_come_after_all_that_is_asked_meanwhile(workshop: Workshop, serve: Serve) -> None:
    wire = workshop.wire
    page = Asker(wire.attach("server", serve({MESSAGES: "[]", "/vcs": "{}", "/session": "[]"})))
    with messages_last(wire):
        page.ask_for_messages()
        assert wire.wait_for(lambda _: bool(wire.held()), 10.0)
        page.ask("/session")
        page.ask("/vcs")
    assert page.end() == ["/session", "/vcs", MESSAGES]


def test_a_page_that_asks_for_no_messages_is_not_held_up(
    workshop: Workshop, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordering, "COMES_S", 0.0)
    wire = workshop.wire
    page = Asker(wire.attach("server", serve({MESSAGES: "[]", "/vcs": "{}"})))
    with messages_last(wire):
        page.ask("/vcs")
    page.ask_for_messages()  # nothing keeps them back from now on
    assert page.end() == ["/vcs", MESSAGES]
