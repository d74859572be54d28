"""One page, two servers that hold a session of the same id: nothing of one shows in the other."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from fixtures.agent import Hold, Say
from harness.targets.process import AppProcess
from harness.targets.reference import encoded, start_server
from harness.targets.repository import make_repository
from specs.app.visitor import Room, Visitor

TWIN = "ses_twin"


@pytest.fixture(scope="module")
def second(room_of_all: Room, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder: Path = tmp_path_factory.mktemp("second")
    project = make_repository(folder / "project")
    process = start_server(room_of_all.stage.workshop, project, folder / "data")
    make_twin(process.address, "Of the second server")
    make_twin(room_of_all.api.base_url, "Of the first server")
    yield process
    process.stop()


def make_twin(base_url: str, text: str) -> None:
    """Make the session of the shared id, with one message in it."""
    body = {"noReply": True, "parts": [{"type": "text", "text": text}]}
    with httpx.Client(base_url=base_url, trust_env=False) as http:
        http.post("/session", json={"id": TWIN, "title": text}).raise_for_status()
        http.post(f"/session/{TWIN}/message", json=body).raise_for_status()


def address_on(room: Room, process: AppProcess) -> str:
    """The second server's session, shown by the first server's page."""
    directory = httpx.get(f"{process.address}/path", trust_env=False).json()["root"]
    page = f"{room.stage.origin}/{encoded(directory)}/session/{TWIN}"
    return f"{page}?server={encoded(process.address)}"


def test_same_session_id_on_two_servers_shares_nothing(
    visitor: Visitor, room: Room, second: AppProcess
) -> None:
    visitor.foreign = []
    room.agent.script("keep busy", [Say("busy now"), Hold("twin")])
    visitor.open(TWIN)
    expect(visitor.row("Of the first server")).to_have_count(1)
    visitor.submit("keep busy")
    room.agent.wait_for_hold("twin")
    visitor.submit("queued on the first")
    visitor.prompt.fill("draft on the first")
    visitor.follow_link(address_on(room, second))
    expect(visitor.row("Of the second server")).to_have_count(1)
    expect(visitor.rows).to_have_count(1)
    expect(visitor.part("busy")).to_have_count(0)
    expect(visitor.part("followup-dock")).to_have_count(0)
    expect(visitor.prompt).to_have_value("")
    visitor.submit("only for the second")
    expect(visitor.row("Done.")).to_have_count(1)
    visitor.page.go_back()
    expect(visitor.prompt).to_have_value("draft on the first")
    expect(visitor.part("followup-dock")).to_contain_text("queued on the first")
    expect(visitor.row("only for the second")).to_have_count(0)
    room.agent.release("twin")
    expect(visitor.row("queued on the first")).to_have_count(1)
    visitor.foreign = [url for url in visitor.foreign if not url.startswith(second.address)]
