"""The rules of the gate, one a file; each file carries its rule's id."""

from harness.properties.command_gate import command_gate
from harness.properties.judgement import Judgement, Property
from harness.properties.model_gate import model_gate
from harness.properties.no_blank_frame import no_blank_frame
from harness.properties.readiness_visible import readiness_visible
from harness.properties.reading_position_kept import reading_position_kept
from harness.properties.rendered_window_kept import rendered_window_kept
from harness.properties.send_once import send_once
from harness.properties.send_target import send_target
from harness.properties.timeline_mounted import timeline_mounted
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
        unit="components",
        check=readiness_visible,
    ),
)

__all__ = ["PROPERTIES", "Judgement", "Property"]
