"""What belongs to a directory: its commands, models and changes; and what waits for them."""

import secrets
from pathlib import Path

import pytest
from playwright.sync_api import expect

from fixtures.agent import Say
from harness.probe.wire import Match
from specs.app.visitor import Room, Visitor


@pytest.fixture
def worktree(room: Room) -> Path:
    made = Path(room.api.make_worktree(room.project, f"side-{secrets.token_hex(3)}"))
    folder = made / ".opencode" / "command"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "deploy.md").write_text(
        "---\ndescription: Ship it\n---\nShip $ARGUMENTS now.\n", encoding="utf-8"
    )
    return made


def test_command_waits_for_the_commands_of_its_directory(
    quiet_visitor: Visitor, room: Room, worktree: Path
) -> None:
    room.agent.script("Ship the boat now.", [Say("shipped")])
    session = room.session(1)
    quiet_visitor.open(session)
    held = room.wire.hold(Match(method="GET", path="/command", directory=str(worktree)))
    try:
        room.api.move(session, room.project, str(worktree))
        assert held.wait_caught()
        expect(quiet_visitor.readiness).to_have_attribute("data-commands", "pending")
        quiet_visitor.submit("/usr/bin/env says")
        expect(quiet_visitor.row("Done.")).to_have_count(1)
        quiet_visitor.submit("/deploy the boat")
        dock = quiet_visitor.part("followup-dock")
        expect(dock).to_contain_text("waits for the commands of this directory")
        expect(dock).to_contain_text("/deploy the boat")
        expect(quiet_visitor.prompt).to_have_value("")
    finally:
        held.remove()
    expect(dock).to_have_count(0)
    expect(quiet_visitor.row("Ship the boat now.")).to_have_count(1)
    expect(quiet_visitor.row("shipped")).to_have_count(1)


def test_popover_offers_the_commands(quiet_visitor: Visitor, room: Room, worktree: Path) -> None:
    session = room.session(1)
    room.api.move(session, room.project, str(worktree))
    quiet_visitor.open(session)
    quiet_visitor.prompt.fill("/de")
    expect(quiet_visitor.part("slash-popover").get_by_role("option")).to_have_count(1)
    quiet_visitor.prompt.press("Enter")
    expect(quiet_visitor.prompt).to_have_value("/deploy ")
    expect(quiet_visitor.part("slash-popover")).to_have_count(0)


def test_send_waits_for_the_model_of_its_directory(
    quiet_visitor: Visitor, room: Room, worktree: Path
) -> None:
    session = room.session(1)
    quiet_visitor.open(session)
    held = room.wire.hold(Match(method="GET", path="/provider", directory=str(worktree)))
    try:
        room.api.move(session, room.project, str(worktree))
        assert held.wait_caught()
        expect(quiet_visitor.readiness).to_have_attribute("data-local-model", "pending")
        quiet_visitor.submit("not yet")
        expect(quiet_visitor.part("followup-dock")).to_contain_text("not yet")
        expect(quiet_visitor.readiness).to_have_attribute("data-can-submit", "shell")
        expect(quiet_visitor.rows).to_have_count(1)
    finally:
        held.remove()
    expect(quiet_visitor.row("Done.")).to_have_count(1)


def test_model_choice_belongs_to_its_directory(
    quiet_visitor: Visitor, room: Room, worktree: Path
) -> None:
    session = room.session(1)
    quiet_visitor.open(session)
    picker = quiet_visitor.part("model-picker")
    first = picker.input_value()
    options = picker.locator("option").evaluate_all("all => all.map(one => one.value)")
    other = next(value for value in options if value != first)
    room.api.move(session, room.project, str(worktree))
    badge = quiet_visitor.part("worktree-badge")
    expect(badge).to_have_attribute("data-directory", str(worktree))
    expect(picker).to_be_enabled()
    picker.select_option(other)
    room.api.move(session, room.project, room.project)
    expect(picker).to_have_value(first)
    room.api.move(session, room.project, str(worktree))
    expect(picker).to_have_value(other)
    quiet_visitor.page.reload()
    expect(picker).to_have_value(other)


def test_review_shows_the_changes_of_the_execution_directory(
    quiet_visitor: Visitor, room: Room, worktree: Path
) -> None:
    (worktree / "README.md").write_text("# Changed here\n", encoding="utf-8")
    session = room.session(1)
    quiet_visitor.open(session)
    quiet_visitor.page.get_by_role("button", name="Review").click()
    pane = quiet_visitor.part("review-pane")
    expect(pane).to_contain_text("No changes")
    room.api.move(session, room.project, str(worktree))
    expect(pane.locator('[data-file="README.md"]')).to_contain_text("+# Changed here")
    expect(pane).to_have_attribute("data-directory", str(worktree))


def test_review_drops_what_was_asked_for_elsewhere(
    quiet_visitor: Visitor, room: Room, worktree: Path
) -> None:
    (worktree / "README.md").write_text("# Changed here\n", encoding="utf-8")
    session = room.session(1)
    room.api.move(session, room.project, str(worktree))
    quiet_visitor.open(session)
    late = Match(method="GET", path="/vcs/diff", directory=str(worktree))
    held = room.wire.hold(late, "response")
    try:
        quiet_visitor.page.get_by_role("button", name="Review").click()
        assert held.wait_caught()
        room.api.move(session, room.project, room.project)
        pane = quiet_visitor.part("review-pane")
        expect(pane).to_contain_text("No changes")
    finally:
        held.remove()
    quiet_visitor.look()
    expect(pane).to_contain_text("No changes")
    expect(pane.locator("[data-file]")).to_have_count(0)


def test_review_drops_what_was_asked_for_before_the_directory_was_left(
    quiet_visitor: Visitor, room: Room, worktree: Path
) -> None:
    session = room.session(1)
    room.api.move(session, room.project, str(worktree))
    quiet_visitor.open(session)
    pane = quiet_visitor.part("review-pane")
    again = Match(method="GET", path="/vcs/diff", directory=str(worktree))
    held = room.wire.hold(again, "response")
    try:
        quiet_visitor.page.get_by_role("button", name="Review").click()
        assert held.wait_caught(1)
        room.api.move(session, room.project, room.project)
        expect(pane).to_contain_text("No changes")
        (worktree / "README.md").write_text("# Changed meanwhile\n", encoding="utf-8")
        room.api.move(session, room.project, str(worktree))
        assert held.wait_caught(2)
        held.release(1)
        quiet_visitor.look()
        expect(pane).to_have_attribute("data-ready", "false")
    finally:
        held.remove()
    expect(pane).to_contain_text("Changed meanwhile")
