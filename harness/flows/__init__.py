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
from harness.flows.round_trip import cache_miss, follow_ups, round_trip, round_trips, stream_cut
from harness.plans import Plan
from harness.traits import LACKS, Ability, Traits

# What an app must be able to do for a flow to be tried on it.
NEEDS: tuple[tuple[Plan, frozenset[Ability]], ...] = (
    (cache_miss(), frozenset({"move"})),
    (stream_cut(), frozenset({"queue"})),
    (command_gate(), frozenset({"defer", "queue", "shell"})),
    (model_gate(), frozenset({"defer", "revert", "shell"})),
    (timeline_owner(), frozenset({"servers"})),
    (followup_owner(), frozenset({"queue", "servers"})),
    (followup_source(), frozenset({"queue", "servers"})),
    (followup_target(), frozenset({"queue"})),
    (queue_paused(), frozenset({"queue", "resume"})),
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

# The flows that only an app has in which no session enters a worktree.
STAYING: frozenset[str] = frozenset(plan.name for plan, _ in follow_ups())

__all__ = ["STAYING", "flows", "left_out", "round_trip"]


def flows(traits: Traits) -> tuple[Plan, ...]:
    """The named plans of the gate, as an app with these traits takes them."""
    return tuple(plan for plan, needs in _known(traits) if _lack(plan, needs, traits) is None)


def left_out(traits: Traits) -> dict[str, str]:
    """The other flows by name, each with what the app has no way to do."""
    lacks = ((plan.name, _lack(plan, needs, traits)) for plan, needs in _known(traits))
    return {name: lack for name, lack in lacks if lack}


def _known(traits: Traits) -> tuple[tuple[Plan, frozenset[Ability]], ...]:
    stays = () if traits.enters_by else follow_ups()
    return (*round_trips(traits), *stays, *NEEDS)


def _lack(plan: Plan, needs: frozenset[Ability], traits: Traits) -> str | None:
    if lacking := sorted(needs - traits.can):
        return "; ".join(LACKS[ability] for ability in lacking)
    moves = (a for a in plan.actions if isinstance(a, EnterWorktree | ExitWorktree))
    ways = sorted({move.by for move in moves} - {*traits.enters_by})
    return f"no worktree is entered in it by a {ways[0]}" if ways else None
