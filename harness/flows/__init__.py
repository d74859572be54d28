"""The flows of the gate: named plans, each for the rule whose name it carries, or several."""

from collections.abc import Iterator

from harness.actions import EnterWorktree, ExitWorktree
from harness.flows import lesser
from harness.flows.gates import command_gate, model_gate
from harness.flows.hydration import readiness_visible, status_merge, store_retention
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
    queue_elsewhere,
    queue_paused,
    timeline_owner,
)
from harness.flows.round_trip import cache_miss, follow_ups, round_trip, round_trips, stream_cut
from harness.plans import Plan
from harness.traits import LACKS, Ability, Traits

# What an app must be able to do for a flow to be tried on it.
NEEDS: tuple[tuple[Plan, frozenset[Ability]], ...] = (
    (cache_miss(), frozenset({"move"})),
    (stream_cut(), frozenset({"stream"})),
    (command_gate(), frozenset({"commands", "defer", "queue", "shell"})),
    (model_gate(), frozenset({"defer", "models", "revert", "shell"})),
    (readiness_visible(), frozenset({"commands", "defer", "models"})),
    (timeline_owner(), frozenset({"servers", "sessions"})),
    (followup_owner(), frozenset({"queue", "servers", "sessions"})),
    (followup_source(), frozenset({"queue", "servers", "sessions"})),
    (followup_target(), frozenset({"queue"})),
    (queue_elsewhere(), frozenset({"defer", "queue", "sessions"})),
    (queue_paused(), frozenset({"queue", "resume", "sessions"})),
    (send_target(), frozenset({"hears", "move"})),
    (stale_revert(), frozenset({"hears", "move", "revert", "servers", "sessions"})),
    (stale_restore(), frozenset({"hears", "move", "revert", "sessions"})),
    (stale_rollback(), frozenset({"hears", "move", "servers", "sessions"})),
    (stale_vcs(), frozenset({"changes", "hears", "move", "review", "servers"})),
    (stale_artifact(), frozenset({"review", "move", "servers"})),
    (epoch_guard(), frozenset({"review", "revert", "move"})),
    (status_merge(), frozenset({"defer", "status"})),
    (store_retention(), frozenset({"commands", "move", "retention"})),
)
# The same flows as an app takes them that cannot do all of that; of two the first that it can take.
LESSER: tuple[tuple[Plan, frozenset[Ability]], ...] = (
    (lesser.command_gate(), frozenset({"commands", "move", "shell"})),
    (lesser.model_gate(), frozenset({"models", "move"})),
    (lesser.epoch_guard(), frozenset({"changes", "move"})),
    (lesser.timeline_owner(), frozenset({"sessions"})),
    (lesser.followup_owner_on_servers(), frozenset({"servers", "sessions"})),
    (lesser.followup_owner(), frozenset({"sessions"})),
    (lesser.send_target(), frozenset({"move"})),
    (lesser.stale_revert(), frozenset({"move", "revert", "sessions"})),
    (lesser.stale_restore(), frozenset({"move", "revert", "sessions"})),
    (lesser.stale_rollback(), frozenset({"move", "sessions"})),
    (lesser.stale_vcs(), frozenset({"changes", "move"})),
    (lesser.status_merge(), frozenset({"status"})),
)

__all__ = ["flows", "left_out", "named", "round_trip"]


def flows(traits: Traits) -> tuple[Plan, ...]:
    """The named plans of the gate, as an app with these traits takes them."""
    return tuple(plan for plan, lack in _known(traits) if lack is None)


def named(traits: Traits) -> dict[str, Plan]:
    """Every flow that can be asked for, by its name.

    Beside those of the gate it is the follow-up without a worktree, which every release of an app
    can take, also one from before its sessions entered any.
    """
    common = {plan.name: plan for plan, needs in follow_ups() if _lack(plan, needs, traits) is None}
    return {plan.name: plan for plan in flows(traits)} | common


def left_out(traits: Traits) -> dict[str, str]:
    """The other flows by name, each with what the app has no way to do."""
    return {plan.name: lack for plan, lack in _known(traits) if lack is not None}


def in_part(traits: Traits) -> dict[str, str]:
    """The flows that are done in their lesser form, each with what the app lacks for the whole."""
    done = {plan.name for plan in flows(traits)}
    lacks = ((plan.name, _lack(plan, needs, traits)) for plan, needs in NEEDS)
    return {name: lack for name, lack in lacks if lack and name in done}


def _known(traits: Traits) -> Iterator[tuple[Plan, str | None]]:
    """Each flow, whole or else lesser, with what the app lacks for it."""
    stays = () if traits.enters_by else follow_ups()
    told: dict[str, tuple[Plan, str | None]] = {}
    for plan, needs in (*round_trips(traits), *stays, *NEEDS, *LESSER):
        if plan.name not in told or told[plan.name][1] is not None:
            told[plan.name] = (plan, _lack(plan, needs, traits))
    yield from told.values()


def _lack(plan: Plan, needs: frozenset[Ability], traits: Traits) -> str | None:
    if lacking := sorted(needs - traits.can):
        return "; ".join(LACKS[ability] for ability in lacking)
    moves = (a for a in plan.actions if isinstance(a, EnterWorktree | ExitWorktree))
    ways = sorted({move.by for move in moves} - {*traits.enters_by})
    return f"no worktree is entered in it by a {ways[0]}" if ways else None
