"""The flows of the gate: named plans, each for the rule whose name it carries, or several."""

from harness.actions import EnterWorktree, ExitWorktree
from harness.flows.gates import command_gate, model_gate
from harness.flows.hydration import status_merge, store_retention
from harness.flows.late import (
    epoch_guard,
    send_target,
    stale_artifact,
    stale_restore,
    stale_revert,
    stale_rollback,
    stale_vcs,
)
from harness.flows.ownership import (
    followup_owner,
    followup_source,
    followup_target,
    queue_paused,
    timeline_owner,
)
from harness.flows.round_trip import cache_miss, round_trip, round_trips, stream_cut
from harness.plans import Plan
from harness.traits import Ability, Traits

# What an app must be able to do for a flow to be tried on it.
NEEDS: tuple[tuple[Plan, frozenset[Ability]], ...] = (
    (cache_miss(), frozenset({"move"})),
    (stream_cut(), frozenset({"queue"})),
    (command_gate(), frozenset({"defer", "shell"})),
    (model_gate(), frozenset({"defer", "revert"})),
    (timeline_owner(), frozenset({"servers"})),
    (followup_owner(), frozenset({"queue", "servers"})),
    (followup_source(), frozenset({"queue", "servers"})),
    (followup_target(), frozenset({"queue"})),
    (queue_paused(), frozenset({"queue"})),
    (send_target(), frozenset({"move"})),
    (stale_revert(), frozenset({"revert", "move", "servers"})),
    (stale_restore(), frozenset({"revert", "move"})),
    (stale_rollback(), frozenset({"move", "servers"})),
    (stale_vcs(), frozenset({"review", "move", "servers"})),
    (stale_artifact(), frozenset({"review", "move", "servers"})),
    (epoch_guard(), frozenset({"review", "revert", "move"})),
    (status_merge(), frozenset({"status"})),
    (store_retention(), frozenset({"move", "retention"})),
)

__all__ = ["flows", "round_trip"]


def flows(traits: Traits) -> tuple[Plan, ...]:
    """The named plans of the gate, as an app with these traits takes them."""
    able = (plan for plan, needs in NEEDS if needs <= traits.can)
    return (*round_trips(traits), *(plan for plan in able if _enterable(plan, traits)))


def _enterable(plan: Plan, traits: Traits) -> bool:
    moves = (a for a in plan.actions if isinstance(a, EnterWorktree | ExitWorktree))
    return all(move.by in traits.enters_by for move in moves)
