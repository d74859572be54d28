"""Runs on disk, shared by the specs of the reports."""

import base64
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from harness.journal import Entry
from specs.reports.sample_journals import FLOWS, write

# A grey JPEG of 16 x 10 pixels.
_JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AAB"
    "AAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFla"
    "AAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAA"
    "AChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1"
    "AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBh"
    "cmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAc"
    "AEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDAP//////////////////////////////////////"
    "////////////////////////////////////////////////2wBDAf//////////////////////////////////"
    "////////////////////////////////////////////////////wAARCAAKABADASIAAhEBAxEB/8QAFAABAAAA"
    "AAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAUAQEAAAAAAAAAAAAAAAAAAAAA/8QAFBEBAAAA"
    "AAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AAA//2Q=="
)

# Counts what payloads execute.
_SPY = "globalThis.hits = 0; globalThis.hit = () => { globalThis.hits += 1; };"

RunOf = Callable[[Iterable[Entry]], Path]


@pytest.fixture
def run_of(tmp_path: Path) -> RunOf:
    """Writes entries, and a picture for each step, into a folder of a run."""
    return lambda entries: run_in(tmp_path, entries)


def run_in(folder: Path, entries: Iterable[Entry]) -> Path:
    """Write entries, and a picture for each step, into a folder; answers with the folder."""
    folder.mkdir(exist_ok=True)
    for number, flow in enumerate(FLOWS):
        for step in range(1, 6):  # the pictures of two flows are the same
            tail = bytes([number % 2, step])
            (folder / f"{flow}-{step}.jpg").write_bytes(_JPEG + tail)
    return write(folder, iter(entries))


class Opened:
    """A report in a browser without a network, and all that went wrong in it."""

    def __init__(self, context: BrowserContext, file: Path, *, scripted: bool) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())
        if scripted:
            self.page.locator("html[data-whole]").wait_for(state="attached")


@pytest.fixture
def open_report(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """Opens a file as a person would, from the disk; contexts are closed afterwards."""
    contexts: list[BrowserContext] = []

    def opened(file: Path, *, width: int = 1280, javascript: bool = True) -> Opened:
        context = browser.new_context(
            offline=True,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
        )
        context.add_init_script(_SPY)
        contexts.append(context)
        return Opened(context, file, scripted=javascript and file.name == "report.html")

    yield opened
    for context in contexts:
        context.close()
