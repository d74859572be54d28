"""One server for all specs of the app; each makes sessions of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from harness.targets.reference import Reference
from harness.workshop import open_workshop
from specs.app.visitor import Room, Visitor


@pytest.fixture(scope="session")
def room_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    logs: Path = tmp_path_factory.mktemp("app")
    with open_workshop(logs=logs) as workshop, Reference().start(workshop) as stage:
        yield Room(stage, workshop.agent, workshop.wire)


@pytest.fixture
def room(room_of_all: Room) -> Iterator[Room]:
    yield room_of_all
    room_of_all.agent.clear()
    room_of_all.wire.clear_rules()


@pytest.fixture
def visitor(page: Page, room: Room) -> Iterator[Visitor]:
    page.set_default_timeout(5_000)
    visitor = Visitor(page, room)
    yield visitor
    assert visitor.foreign == []


@pytest.fixture
def quiet_visitor(visitor: Visitor) -> Iterator[Visitor]:
    yield visitor
    assert visitor.complaints == []
