"""Situations tell apart what the rules do: what comes late, from where, and whether it fails."""

import pytest

from harness.actions import (
    AnyAction,
    FinishTurn,
    Hold,
    Revert,
    SendPrompt,
    ShowSession,
)
from harness.explorer.situations import situation_of
from specs.model.acting import ASK, BACK, GO, opened

TO_SHORT = ShowSession(session="short")
TAKE_BACK = Revert(text=ASK.text)
WORK, NEXT = SendPrompt(text="Work.", held=True), SendPrompt(text="Next.")


@pytest.mark.parametrize(
    ("later", "where"),
    [
        ((), ""),
        ((GO,), " of another directory"),
        ((GO, BACK), " of an earlier visit"),
        ((TO_SHORT,), " of another session"),
    ],
)
@pytest.mark.parametrize(("fails", "comes"), [(False, "revert"), (True, "failing revert")])
def test_an_answer_and_a_failure_are_told_apart_wherever_they_come(
    *, fails: bool, comes: str, later: tuple[AnyAction, ...], where: str
) -> None:
    world = opened(ASK, Hold(what="revert", fails=fails), TAKE_BACK, *later)
    assert situation_of(world).in_flight == {f"{comes}{where}"}


def test_a_follow_up_is_no_prompt_of_the_composer() -> None:
    hold = Hold(what="send")
    followed = opened(WORK, NEXT, hold, FinishTurn(), TO_SHORT)
    assert situation_of(followed).in_flight == {"follow-up of another session"}
    assert situation_of(opened(hold, NEXT, TO_SHORT)).in_flight == {"send of another session"}
