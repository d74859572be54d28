"""A person at the reference app, for its specs."""

import re
from typing import NamedTuple

from playwright.sync_api import Locator, Page, expect

from fixtures.agent import Agent
from harness.observations import Frame
from harness.probe.recorder import Recorder
from harness.probe.wire import Wire
from harness.targets.family.api import FamilyApi
from harness.targets.reference import HOOKS, ReferenceStage, encoded

ROW = "[data-message-id]"


class Room(NamedTuple):
    """The reference server behind the wire, and the agent that answers it."""

    stage: ReferenceStage
    agent: Agent
    wire: Wire

    @property
    def api(self) -> FamilyApi:
        """The server's API, past the wire."""
        return self.stage.api

    @property
    def project(self) -> str:
        """The project's directory."""
        return self.stage.project

    def session(self, messages: int = 0, title: str = "A session") -> str:
        """Make a session with prompts of several heights in it."""
        session = self.api.create_session(self.project, title)
        texts = [f"Note {n}" + "\nand a line" * (n % 4) for n in range(1, messages + 1)]
        self.api.seed(session, self.project, texts)
        return session


class Visitor:
    """One page of the app, with the recorder in it; remembers every complaint of the page."""

    def __init__(self, page: Page, room: Room) -> None:
        self.page = page
        self.room = room
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self._note("error", error.message))
        page.on("request", lambda request: self._see(request.url))
        self.recorder = Recorder(page, HOOKS)

    def open(self, session: str, directory: str | None = None) -> None:
        """Open a session and wait until all is hydrated."""
        self.page.goto(self.address(session, directory))
        self.await_ready()

    def await_ready(self) -> None:
        """Wait until every component of readiness is ready."""
        for name in ("cache", "status", "commands", "provider", "local-model"):
            expect(self.readiness).to_have_attribute(f"data-{name}", "ready")

    def address(self, session: str, directory: str | None = None) -> str:
        """The session's address, under the project unless told otherwise."""
        where = encoded(directory or self.room.project)
        return f"{self.room.stage.origin}/{where}/session/{session}"

    def follow_link(self, address: str) -> None:
        """Go to an address within the page, as a link does."""
        self.page.evaluate(
            """href => {
                const link = Object.assign(document.createElement("a"), { href });
                document.body.append(link);
                link.click();
                link.remove();
            }""",
            address,
        )

    def submit(self, text: str) -> None:
        """Type a prompt and press Enter, once the session is there to take it."""
        self.prompt.fill(text)
        expect(self.send).to_be_enabled()
        self.prompt.press("Enter")

    def wheel(self, down: float) -> None:
        """Turn the wheel over the messages."""
        box = self.part("scroll-viewport").bounding_box()
        assert box is not None
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.mouse.wheel(0, down)

    def look(self) -> Frame:
        """The frame in which the page came to rest."""
        return self.recorder.look(5_000)

    def read_history(self) -> Frame:
        """Wheel into history, where nothing new is in view."""
        rows = self.look().rows
        self.wheel(-3_000)
        expect(self.rows).not_to_have_count(rows)
        self.look()
        self.wheel(-500)
        return self.look()

    def part(self, name: str) -> Locator:
        """An element by its data-component."""
        return self.page.locator(f'[data-component="{name}"]')

    @property
    def prompt(self) -> Locator:
        """Where prompts are typed."""
        return self.page.get_by_role("textbox", name="Prompt")

    @property
    def send(self) -> Locator:
        """The button that sends."""
        return self.page.get_by_role("button", name="Send", exact=True)

    @property
    def readiness(self) -> Locator:
        """The line that says what is ready."""
        return self.part("readiness")

    @property
    def rows(self) -> Locator:
        """The messages in the page."""
        return self.page.locator(ROW)

    def row(self, text: str) -> Locator:
        """The messages that contain a text."""
        return self.rows.filter(has_text=re.compile(re.escape(text)))

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def _see(self, url: str) -> None:
        if not url.startswith((self.room.stage.origin, "data:")):
            self.foreign.append(url)
