"""Taking a prompt back and bringing it back, shown at once and settled where it was clicked."""

import secrets

from playwright.sync_api import expect

from specs.app.visitor import Room, Visitor


def take_back(visitor: Visitor, text: str) -> None:
    """Press Revert on the message with a text."""
    row = visitor.row(text)
    row.hover()
    row.get_by_role("button", name="Revert").click()


def test_reverted_messages_hide_and_the_prompt_comes_back(
    quiet_visitor: Visitor, room: Room
) -> None:
    quiet_visitor.open(room.session(6))
    quiet_visitor.prompt.fill("a draft of before")
    take_back(quiet_visitor, "Note 5")
    expect(quiet_visitor.rows).to_have_count(4)
    expect(quiet_visitor.prompt).to_have_value("Note 5\nand a line")
    quiet_visitor.page.get_by_role("button", name="Restore").click()
    expect(quiet_visitor.rows).to_have_count(6)
    expect(quiet_visitor.prompt).to_have_value("")


def test_next_prompt_makes_it_final(quiet_visitor: Visitor, room: Room) -> None:
    session = room.session(6)
    quiet_visitor.open(session)
    take_back(quiet_visitor, "Note 5")
    expect(quiet_visitor.part("revert-dock")).to_be_visible()
    quiet_visitor.submit("instead of that")
    expect(quiet_visitor.row("Done.")).to_have_count(1)
    expect(quiet_visitor.part("revert-dock")).to_have_count(0)
    expect(quiet_visitor.rows).to_have_count(6)
    assert len(room.api.record(session, room.project).messages) == 6


def test_failed_revert_rolls_back(visitor: Visitor, room: Room) -> None:
    visitor.open(room.session(6))
    visitor.prompt.fill("a draft of before")
    held = room.wire.hold("POST /session/.*/revert")
    room.wire.fail("POST /session/.*/revert", times=1)
    try:
        take_back(visitor, "Note 5")
        expect(visitor.rows).to_have_count(4)
    finally:
        held.remove()
    expect(visitor.rows).to_have_count(6)
    expect(visitor.prompt).to_have_value("a draft of before")
    expect(visitor.readiness).to_contain_text("Not reverted")


def test_revert_settles_where_it_was_clicked(quiet_visitor: Visitor, room: Room) -> None:
    one, other = room.session(6), room.session(6)
    quiet_visitor.open(one)
    held = room.wire.hold("POST /session/.*/revert")
    try:
        take_back(quiet_visitor, "Note 5")
        quiet_visitor.follow_link(quiet_visitor.address(other))
        expect(quiet_visitor.rows).to_have_count(6)
    finally:
        held.remove()
    assert held.caught == 1
    quiet_visitor.look()
    expect(quiet_visitor.rows).to_have_count(6)
    expect(quiet_visitor.prompt).to_have_value("")
    quiet_visitor.page.go_back()
    expect(quiet_visitor.rows).to_have_count(4)


def test_failed_revert_leaves_the_prompt_of_a_newer_directory_alone(
    visitor: Visitor, room: Room
) -> None:
    worktree = room.api.make_worktree(room.project, f"side-{secrets.token_hex(3)}")
    session = room.session(6)
    visitor.open(session)
    visitor.prompt.fill("a draft of before")
    held = room.wire.hold("POST /session/.*/revert")
    room.wire.fail("POST /session/.*/revert", times=1)
    try:
        take_back(visitor, "Note 5")
        expect(visitor.prompt).to_have_value("Note 5\nand a line")
        room.api.move(session, room.project, worktree)
        badge = visitor.part("worktree-badge")
        expect(badge).to_have_attribute("data-directory", worktree)
    finally:
        held.remove()
    expect(visitor.readiness).to_contain_text("Not reverted")
    expect(visitor.rows).to_have_count(6)
    expect(visitor.prompt).to_have_value("Note 5\nand a line")
    expect(badge).to_have_attribute("data-directory", worktree)


def test_what_comes_later_is_not_taken_back(visitor: Visitor, room: Room) -> None:
    session = room.session(6)
    visitor.open(session)
    held = room.wire.hold("POST /session/.*/revert")
    room.wire.fail("POST /session/.*/revert", times=1)
    try:
        take_back(visitor, "Note 5")
        expect(visitor.rows).to_have_count(4)
        room.api.prompt(session, room.project, "of others")
        expect(visitor.row("of others")).to_have_count(1)
        expect(visitor.row("Note 5")).to_have_count(0)
    finally:
        held.remove()
    expect(visitor.row("Note 5")).to_have_count(1)
    expect(visitor.row("of others")).to_have_count(1)


def test_prompt_taken_back_for_good_is_not_given_back_when_its_answer_is_lost(
    visitor: Visitor, room: Room
) -> None:
    session = room.session(2)
    visitor.open(session)
    held = room.wire.hold("POST /session/.*/prompt_async", "response")
    lost = room.wire.fail("POST /session/.*/prompt_async", after_server=True)
    try:
        visitor.submit("ask this")
        expect(visitor.row("Done.")).to_have_count(1)
        take_back(visitor, "ask this")
        expect(visitor.part("revert-dock")).to_be_visible()
        room.api.prompt(session, room.project, "of others")
        expect(visitor.row("of others")).to_have_count(1)
        expect(visitor.part("revert-dock")).to_have_count(0)
        visitor.prompt.fill("something else")
        lost.limit(1)
    finally:
        held.remove()
    assert lost.wait_caught(1, 4.0)
    assert visitor.look()  # at rest
    expect(visitor.prompt).to_have_value("something else")
