"""Flows as apps take them that cannot do all that the whole flow asks for; under the same names.

A page of another maker defers nothing, shows one server and hears of a move only with the next
change of the session. What is left of a flow then still is evidence for its rule.
"""

from harness.flows.lesser.gates import command_gate, model_gate
from harness.flows.lesser.hydration import status_merge
from harness.flows.lesser.late import (
    epoch_guard,
    send_target,
    stale_restore,
    stale_revert,
    stale_rollback,
    stale_vcs,
)
from harness.flows.lesser.ownership import (
    followup_owner,
    followup_owner_on_servers,
    timeline_owner,
)

__all__ = [
    "command_gate",
    "epoch_guard",
    "followup_owner",
    "followup_owner_on_servers",
    "model_gate",
    "send_target",
    "stale_restore",
    "stale_revert",
    "stale_rollback",
    "stale_vcs",
    "status_merge",
    "timeline_owner",
]
