"""What other people's agents do beside the view."""

import pytest

from harness.actions import AnyAction, Hold, OpenSession, OthersWork, Revert, WriteDraft
from harness.plans import LONG, start_of
from specs.model.acting import (
    ASK,
    GO,
    HOME,
    SHORT,
    TO_MIRROR,
    TO_SHORT,
    TRAITS,
    WORK,
    after,
    opened,
    plan_of,
    refusal,
    sent_texts,
    waiting_texts,
)

THEIRS = OthersWork(directory="side-1", text="theirs")


def test_their_session_has_two_messages_more_and_nothing_else_changes() -> None:
    before = opened(WriteDraft(text="mine"))
    world = after(THEIRS, start=before)
    session = before.session(SHORT)
    grown = before.with_session(session.model_copy(update={"messages": session.messages + 2}))
    assert world == grown.model_copy(update={"sent": world.sent})


def test_their_prompt_belongs_to_their_session_and_directory_on_the_server_on_screen() -> None:
    (sent,) = opened(THEIRS).sent
    assert (sent.session, sent.via, sent.held) == (SHORT, "api", False)
    assert (sent.execution.server_key, sent.execution.directory) == ("server", "side-1")
    assert sent.ends_in == "side-1"


def test_their_session_stays_where_it_works() -> None:
    assert opened(THEIRS).session(SHORT).active == "root"


def test_they_keep_no_queue_of_this_session_back_and_send_none() -> None:
    world = opened(WORK, ASK, THEIRS)
    assert waiting_texts(world) == ["ask"]
    assert sent_texts(world, SHORT) == ["theirs"]


@pytest.mark.parametrize(
    ("action", "before", "words"),
    [
        (OthersWork(session="none", directory="side-1", text="a"), (), "there is no session none"),
        (THEIRS, (TO_MIRROR,), "there is no session short"),
        (THEIRS, (TO_SHORT,), "that is on screen"),
        (OthersWork(directory="root", text="a"), (), "that is on screen"),
        (OthersWork(directory="worktree", text="a"), (GO,), "that is on screen"),
        (OthersWork(directory="side-9", text="a"), (), "there is no directory side-9"),
        (OthersWork(directory="elsewhere", text="a"), (), "elsewhere is another server's"),
        (THEIRS, (TO_SHORT, WORK, HOME), "their session is busy"),
        (
            THEIRS,
            (TO_SHORT, ASK, Hold(what="revert", fails=True), Revert(text="ask"), HOME),
            "the page takes back what the server will not: that revert fails",
        ),
        (OthersWork(directory="side-1", text=" "), (), "there is nothing to send"),
    ],
)
def test_a_guard_says_why_not(
    action: OthersWork, before: tuple[AnyAction, ...], words: str
) -> None:
    assert refusal(action, *before) == words


def test_nobody_works_beside_a_view_that_is_not_there() -> None:
    assert THEIRS.guard(start_of(plan_of(), TRAITS)) == "no session is on screen"


def test_their_texts_are_told_apart_too() -> None:
    assert "was sent before" in (refusal(THEIRS, THEIRS) or "")
    assert "was sent before" in (refusal(OthersWork(directory="side-1", text="ask"), ASK) or "")


def test_they_may_work_in_the_long_session_while_another_is_on_screen() -> None:
    world = opened(TO_SHORT, OthersWork(session="long", directory="side-2", text="theirs"))
    assert sent_texts(world, LONG) == ["theirs"]
    assert world.session(LONG).messages == 62


WORKTREE = OthersWork(directory="worktree", text="ahead")


@pytest.mark.parametrize("prepares", [True, False])
def test_a_directory_in_which_something_happened_has_its_lists_if_the_page_prepares(
    prepares: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    able = TRAITS.model_copy(update={"can": frozenset({"retention"} if prepares else set[str]())})
    start = start_of(plan_of(), able)
    world = after(OpenSession(), WORKTREE, Hold(what="commands"), GO, start=start)
    assert world.readiness.commands == prepares


def test_what_is_kept_back_meanwhile_is_not_prepared() -> None:
    able = TRAITS.model_copy(update={"can": frozenset({"retention"})})
    start = start_of(plan_of(), able)
    world = after(OpenSession(), Hold(what="commands"), WORKTREE, GO, start=start)
    assert world.readiness.missing(("commands", "provider", "local_model")) == ("commands",)
