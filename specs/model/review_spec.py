"""The review: it follows the directory on screen, and shows what is uncommitted there."""

import pytest

from harness.actions import AnyAction, ChangeFile, Hold, OpenReview, Release, Reload
from harness.plans import LONG, files_of, start_of
from harness.world import File, FileKind
from specs.model.acting import (
    BACK,
    GO,
    HOME,
    TO_MIRROR,
    TO_SHORT,
    TO_WORKSPACE,
    TRAITS,
    after,
    now,
    opened,
    plan_of,
    refusal,
)

CHANGE = ChangeFile(directory="worktree", file="later.txt")


@pytest.mark.parametrize("action", [OpenReview(), CHANGE])
def test_there_is_no_review_without_a_session(action: AnyAction) -> None:
    assert action.guard(start_of(plan_of(), TRAITS)) == "no session is on screen"


def test_a_review_is_opened_once() -> None:
    assert refusal(OpenReview(), OpenReview()) == "it is open already"


@pytest.mark.parametrize("way", [(GO,), (TO_WORKSPACE,), (TO_SHORT,), (Reload(),)])
def test_a_review_stays_open(way: tuple[AnyAction, ...]) -> None:
    assert opened(OpenReview(), *way).review_open


def test_opening_a_review_changes_nothing_else() -> None:
    before = opened()
    assert after(OpenReview(), start=before) == before.model_copy(update={"review_open": True})


@pytest.mark.parametrize("kind", ["diff", "artifacts"])
def test_every_directory_begins_with_a_file_of_each_kind(kind: FileKind) -> None:
    words = {"diff": "changed-in", "artifacts": "made-in"}
    assert opened().shown_files(kind) == (f"{words[kind]}-root.txt",)
    assert opened(GO).shown_files(kind) == (f"{words[kind]}-worktree.txt",)
    assert opened(TO_WORKSPACE).shown_files(kind) == (f"{words[kind]}-elsewhere.txt",)
    assert start_of(plan_of(), TRAITS).shown_files(kind) == ()


def test_the_mirror_serves_the_same_project() -> None:
    assert opened(TO_MIRROR).shown_files("diff") == opened().shown_files("diff")


def test_the_files_of_a_directory_are_its_own() -> None:
    assert {file.directory for file in files_of("side-1")} == {"side-1"}
    assert len({file.name for word in ("root", "side-1") for file in files_of(word)}) == 4


@pytest.mark.parametrize("kind", ["diff", "artifacts"])
def test_a_changed_file_is_shown_in_its_directory_by_name_and_nowhere_else(kind: FileKind) -> None:
    change = ChangeFile(directory="worktree", kind=kind, file="a.txt")
    before = opened()
    world = after(change, start=before)
    assert world.shown_files(kind) == before.shown_files(kind)
    there = after(GO, start=world)
    assert there.shown_files(kind) == ("a.txt", *opened(GO).shown_files(kind))
    other: FileKind = "artifacts" if kind == "diff" else "diff"
    assert there.shown_files(other) == opened(GO).shown_files(other)


def test_changing_a_file_changes_nothing_else() -> None:
    before = opened(OpenReview())
    new = File(directory="worktree", kind="diff", name="later.txt")
    assert after(CHANGE, start=before) == before.model_copy(update={"files": (*before.files, new)})


def test_a_file_is_changed_where_nobody_looks() -> None:
    assert refusal(CHANGE, GO) == "worktree is the one on screen"
    assert refusal(CHANGE, GO, BACK) is None
    words = "elsewhere is no directory of the session"
    assert refusal(ChangeFile(directory="elsewhere", file="a")) == words


def test_nothing_is_asked_while_the_review_is_closed() -> None:
    world = opened(Hold(what="diff"), GO)
    assert world.in_flight == ()
    assert world.holds("diff") is not None


@pytest.mark.parametrize("way", [(GO,), (TO_MIRROR,), (TO_WORKSPACE,), (Reload(),)])
def test_a_review_is_asked_for_again_in_every_new_execution_scope(
    way: tuple[AnyAction, ...],
) -> None:
    world = opened(OpenReview(), Hold(what="diff"), *way)
    (pending,) = world.in_flight
    assert (pending.what, pending.execution) == ("diff", now(world))
    assert world.view is not None
    assert pending.session == world.view.session


def test_a_review_is_not_asked_for_again_where_the_execution_scope_stays() -> None:
    world = opened(OpenReview(), Hold(what="diff"), TO_SHORT)
    assert world.in_flight == ()
    assert world.holds("diff") is not None


def test_both_halves_of_a_review_are_kept_back_together() -> None:
    world = opened(Hold(what="artifacts"), Hold(what="diff"), OpenReview())
    assert [pending.what for pending in world.in_flight] == ["diff", "artifacts"]
    assert world.held == ()


def test_what_was_asked_in_the_first_visit_is_not_of_the_second() -> None:
    world = opened(Hold(what="diff"), OpenReview(), GO, BACK)
    (pending,) = world.in_flight
    assert pending.execution.directory == now(world).directory
    assert not now(world).admits(pending.execution)


@pytest.mark.parametrize(
    ("changed", "outdated"),
    [
        (ChangeFile(directory="root", kind="diff", file="new.txt"), ["diff"]),
        (ChangeFile(directory="root", kind="artifacts", file="new.txt"), ["artifacts"]),
        (ChangeFile(directory="worktree", kind="diff", file="new.txt"), []),
    ],
)
def test_an_answer_is_outdated_by_a_change_of_what_it_tells_of(
    changed: ChangeFile, outdated: list[str]
) -> None:
    asked = opened(Hold(what="diff"), Hold(what="artifacts"), OpenReview(), GO)
    assert not any(pending.outdated for pending in asked.in_flight)
    away = after(BACK, start=asked) if changed.directory == "worktree" else asked
    world = after(changed, start=away)
    assert [pending.what for pending in world.in_flight if pending.outdated] == outdated


def test_a_new_page_awaits_no_review_of_the_old_one() -> None:
    world = opened(Hold(what="diff"), OpenReview(), Reload())
    assert world.in_flight == ()
    assert Release(what="diff").guard(world) == "diff is not kept back"
    assert now(after(HOME, start=after(TO_SHORT, start=world))) == now(world)
    assert world.session(LONG).active == "root"
