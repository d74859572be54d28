"""Every action of the model is offered, with arguments, and none twice under one name."""

from harness.actions import ACTIONS, EditQueued, SendPrompt
from harness.explorer import candidates, moves
from harness.explorer.moves import OFFERS
from specs.model.acting import ASK, WORK, opened


def test_every_action_of_the_model_is_offered() -> None:
    world = opened(ASK, WORK, SendPrompt(text="later"))
    assert set(OFFERS) == set(ACTIONS)
    assert {type(move.action) for move in candidates(world, 9)} == set(OFFERS)


def test_a_label_stands_for_one_action() -> None:
    labels = [move.label for move in candidates(opened(ASK, WORK), 9)]
    assert len(set(labels)) == len(labels)


def test_moves_are_the_candidates_that_are_allowed() -> None:
    world = opened(WORK, SendPrompt(text="later"))
    allowed = tuple(moves(world, 9))
    assert EditQueued(text="later") in [move.action for move in allowed]
    for move in candidates(world, 9):
        assert (move in allowed) == (move.action.guard(world) is None)


def test_the_same_world_has_the_same_candidates() -> None:
    assert tuple(candidates(opened(ASK), 4)) == tuple(candidates(opened(ASK), 4))
