"""Every action that the model may allow in a world, with its arguments.

The exhaustive exploration, the covering plans, the interleavings and random walks draw from here.
A label names an action with its arguments up to symmetry: texts are told apart by what they are
(plain words, a command, a shell line), never by their words. In one world a label stands for one
action at most.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from harness.actions import (
    Action,
    AnyAction,
    ChangeFile,
    ChooseModel,
    EditQueued,
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Hold,
    OpenAddress,
    OpenReview,
    OpenSession,
    OthersWork,
    ReadHistory,
    ReadLatest,
    Refuse,
    Release,
    Reload,
    Restore,
    ResumeQueue,
    RetryQueued,
    Revert,
    SendPrompt,
    ShowSession,
    StopTurn,
    SubmitBlank,
    WriteDraft,
)
from harness.explorer import arguments
from harness.explorer.arguments import Named, Place
from harness.explorer.bounds import ROWS
from harness.world import World

Offer = Callable[[Place], Iterable[Named]]
# The actions that load a page, which takes longer than any other.
LOADS: tuple[str, ...] = ("open-session", "reload")


def _once(action: AnyAction) -> Offer:
    alone = ((action.name, action),)
    return lambda _: alone


OFFERS: dict[type[Action], Offer] = {
    OpenSession: arguments.openings,
    Reload: _once(Reload()),
    ShowSession: arguments.showings,
    ReadHistory: _once(ReadHistory(rows=ROWS)),
    ReadLatest: _once(ReadLatest()),
    OpenAddress: arguments.addresses,
    SendPrompt: arguments.prompts,
    WriteDraft: arguments.drafts,
    FinishTurn: _once(FinishTurn()),
    StopTurn: _once(StopTurn()),
    SubmitBlank: _once(SubmitBlank()),
    EditQueued: arguments.edits,
    RetryQueued: arguments.retries,
    ResumeQueue: _once(ResumeQueue()),
    Revert: arguments.reverts,
    Restore: _once(Restore()),
    OpenReview: _once(OpenReview()),
    ChangeFile: arguments.changes,
    EnterWorktree: arguments.ways_in,
    ExitWorktree: arguments.ways_out,
    OthersWork: arguments.work_of_others,
    ChooseModel: arguments.choices,
    Hold: arguments.holds,
    Refuse: arguments.refusals,
    Release: arguments.releases,
}


class Move(NamedTuple):
    """One action with concrete arguments, and its name up to symmetry."""

    label: str
    action: AnyAction


def candidates(world: World, number: int, kinds: Collection[str] | None = None) -> Iterator[Move]:
    """All actions with all arguments, allowed or not, always in the same order.

    Args:
        world: the world they are for.
        number: makes the texts that are said now new ones; no earlier step had it.
        kinds: the names of the actions; None stands for all.
    """
    place = Place(world, number)
    for kind, offer in OFFERS.items():
        if kinds is None or kind.called() in kinds:
            for label, action in offer(place):
                yield Move(label, action)


def moves(world: World, number: int, kinds: Collection[str] | None = None) -> Iterator[Move]:
    """The candidates that the model allows."""
    asked = candidates(world, number, kinds)
    return (move for move in asked if move.action.guard(world) is None)


def move_named(label: str, world: World, number: int) -> Move:
    """The candidate of that label.

    Raises:
        KeyError: there is none in this world.
    """
    for move in candidates(world, number):
        if move.label == label:
            return move
    raise KeyError(label)
