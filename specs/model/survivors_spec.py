"""Details of the model that nothing else would notice if they changed."""

import pytest

from harness.actions import Action, EnterWorktree, ExitWorktree
from harness.plans import LONG, start_of
from harness.readiness import Submission, kind_of
from harness.scopes import collision_proof
from specs.model.acting import SHORT, TRAITS, opened, plan_of


def test_a_key_is_a_short_array_that_a_person_can_read() -> None:
    assert collision_proof("http://a", "é 漢\n") == '["http://a","é 漢\\n"]'


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("/a", "command"),
        ("//", "prompt"),
        ("/review the files in src/app today", "command"),
    ],
)
def test_the_first_word_alone_decides_whether_it_is_a_command(text: str, kind: Submission) -> None:
    assert kind_of(text) == kind


def test_a_session_complains_once_and_leaves_the_others_theirs() -> None:
    world = opened().complaining(SHORT).complaining(LONG).complaining(SHORT)
    assert world.complaints == (LONG, SHORT)
    assert world.submitting(LONG).complaints == (SHORT,)


@pytest.mark.parametrize("unseen", [True, False])
def test_what_the_app_does_by_design_is_in_its_world_from_the_start(*, unseen: bool) -> None:
    traits = TRAITS.model_copy(update={"rolls_back_unseen": unseen})
    assert start_of(plan_of(), traits).rolls_back_unseen == unseen


def test_the_page_listens_to_its_own_server_from_the_start() -> None:
    assert start_of(plan_of(), TRAITS).servers == (LONG.server_key,)


@pytest.mark.parametrize(
    ("action", "title"),
    [
        (EnterWorktree(), "the agent enters worktree (by its tool)"),
        (
            EnterWorktree(held=True),
            "the agent enters worktree (by its tool, when its turn is finished)",
        ),
        (EnterWorktree(via="api"), "the agent enters worktree (by its tool, prompted over HTTP)"),
        (
            EnterWorktree(by="move", via="nobody"),
            "the agent enters worktree (moved over HTTP, nothing prompted)",
        ),
        (
            ExitWorktree(by="move", via="rename"),
            "the agent leaves the worktree (moved over HTTP and renamed, nothing prompted)",
        ),
    ],
)
def test_the_way_into_a_worktree_is_in_its_title(action: Action, title: str) -> None:
    assert action.title == title
