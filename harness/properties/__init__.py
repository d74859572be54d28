"""The rules of the gate, one a file; each file carries its rule's id."""

from harness.properties.command_gate import command_gate
from harness.properties.epoch_guard import epoch_guard
from harness.properties.followup_owner import followup_owner
from harness.properties.followup_source import followup_source
from harness.properties.followup_target import followup_target
from harness.properties.judgement import Judgement, Property
from harness.properties.model_gate import model_gate
from harness.properties.no_blank_frame import no_blank_frame
from harness.properties.readiness_visible import readiness_visible
from harness.properties.reading_position_kept import reading_position_kept
from harness.properties.rendered_window_kept import rendered_window_kept
from harness.properties.send_once import send_once
from harness.properties.send_target import send_target
from harness.properties.stale_artifact import stale_artifact
from harness.properties.stale_restore import stale_restore
from harness.properties.stale_revert import stale_revert
from harness.properties.stale_rollback import stale_rollback
from harness.properties.stale_vcs import stale_vcs
from harness.properties.status_merge import status_merge
from harness.properties.store_retention import store_retention
from harness.properties.timeline_mounted import timeline_mounted
from harness.properties.timeline_owner import timeline_owner
from harness.properties.turn_shown import turn_shown

PROPERTIES = (
    Property(
        id="timeline-mounted",
        source="MessageTimeline does not unmount",
        unit="frames",
        check=timeline_mounted,
    ),
    Property(
        id="rendered-window-kept",
        source="rendered count does not reset to the initial small window",
        unit="frames",
        check=rendered_window_kept,
    ),
    Property(
        id="reading-position-kept",
        source="scrollTop does not jump near 0",
        unit="frames",
        check=reading_position_kept,
    ),
    Property(
        id="no-blank-frame",
        source="last-good messages survive same-session cache misses",
        unit="frames",
        check=no_blank_frame,
    ),
    Property(
        id="send-target",
        source="follow-up sends against the intended execution directory",
        unit="prompts",
        check=send_target,
    ),
    Property(id="send-once", source="nothing is lost", unit="prompts", check=send_once),
    Property(
        id="turn-shown",
        source="results reach the right view, none is lost",
        unit="messages",
        check=turn_shown,
    ),
    Property(
        id="command-gate",
        source="block /custom-command until command hydration is ready",
        unit="submissions",
        check=command_gate,
    ),
    Property(
        id="model-gate",
        source="block or defer sends until directory-local model selection is ready",
        unit="prompts",
        check=model_gate,
    ),
    Property(
        id="readiness-visible",
        source="one observable action-readiness selector",
        unit="readiness values",
        check=readiness_visible,
    ),
    Property(
        id="timeline-owner",
        source="Same sessionID under different server/workspace must not reuse timeline state",
        unit="frames",
        check=timeline_owner,
    ),
    Property(
        id="followup-owner",
        source="queued draft ownership to { serverKey, sessionID }",
        unit="queues and composers",
        check=followup_owner,
    ),
    Property(
        id="followup-source",
        source="persist source scope and verify it before auto-send",
        unit="drafts",
        check=followup_source,
    ),
    Property(
        id="followup-target",
        source="follow-up sends against the intended execution directory",
        unit="drafts",
        check=followup_target,
    ),
    Property(
        id="stale-revert",
        source="click revert, switch directory before the request settles",
        unit="answers",
        check=stale_revert,
    ),
    Property(
        id="stale-restore",
        source="guards for async revert/restore",
        unit="answers",
        check=stale_restore,
    ),
    Property(
        id="stale-rollback",
        source="guards for prompt rollback",
        unit="failed sends",
        check=stale_rollback,
    ),
    Property(
        id="stale-vcs",
        source="guards for VCS/review result application",
        unit="reviews",
        check=stale_vcs,
    ),
    Property(
        id="stale-artifact",
        source="guards for artifact result application",
        unit="reviews",
        check=stale_artifact,
    ),
    Property(
        id="epoch-guard",
        source="even if the directory string is reused",
        unit="answers",
        check=epoch_guard,
    ),
    Property(
        id="status-merge",
        source="hydration preserves active events that arrive during the request",
        unit="statuses",
        check=status_merge,
    ),
    Property(
        id="store-retention",
        source="current-directory child-store retention follows the live directory accessor",
        unit="steps of others",
        check=store_retention,
    ),
)

__all__ = ["PROPERTIES", "Judgement", "Property"]
