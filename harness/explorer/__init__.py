"""The explorer: which actions the model allows, every state of it, and plans that cover it."""

from harness.explorer.bounds import Bounds
from harness.explorer.covering import Cover, Run, cover, never_taken
from harness.explorer.exercised import action_names, covered, crossable
from harness.explorer.exhaustive import Exploration, explore, explore_all
from harness.explorer.guards import Clause, Guards
from harness.explorer.interleavings import Interleaving, interleavings
from harness.explorer.moves import Move, candidates, moves
from harness.explorer.slices import SLICES, Slice
from harness.explorer.states import state_of

__all__ = [
    "SLICES",
    "Bounds",
    "Clause",
    "Cover",
    "Exploration",
    "Guards",
    "Interleaving",
    "Move",
    "Run",
    "Slice",
    "action_names",
    "candidates",
    "cover",
    "covered",
    "crossable",
    "explore",
    "explore_all",
    "interleavings",
    "moves",
    "never_taken",
    "state_of",
]
