"""The readiness line of the reference app, read: its attributes for tools, its words for people."""

from typing import Final

from pydantic import TypeAdapter

from harness.observations import Capture, ShownReadiness
from harness.readiness import NEEDS

# The model's components: the line's data attributes, and its words for what is missing.
ATTRIBUTES: dict[str, str] = {
    "cache": "cache",
    "status": "status",
    "commands": "commands",
    "provider": "provider",
    "local_model": "local-model",
}
WORDS: dict[str, str] = {
    "cache": "the messages",
    "status": "the session's status",
    "commands": "the commands of this directory",
    "provider": "the model provider",
    "local_model": "the model chosen for this directory",
}
_LINE: Final = TypeAdapter(dict[str, str])
WAITING, CUT = "Send waits for", "Connection lost"


def shown_readiness(seen: Capture) -> ShownReadiness | None:
    """What the line told in the end; None where no frame showed one."""
    signs = {sign.name: sign.value for sign in seen.signs}
    if signs.get("readiness") is None:
        return None
    line = _LINE.validate_python(signs["readiness"])
    words, typed = (str(signs.get(name) or "") for name in ("sentence", "draft"))
    problem = words if "problem" in line else ""
    return ShownReadiness(
        told=_told(line), waits_for=_waits_for(line, words, typed), problem=problem
    )


def _told(line: dict[str, str]) -> dict[str, bool]:
    submits = line.get("can-submit", "").split()
    return {
        **{name: line.get(key) == "ready" for name, key in ATTRIBUTES.items()},
        **{f"can_submit_{kind}": kind in submits for kind in NEEDS},
        "can_act": line.get("can-act") == "true",
        "can_send_followup": line.get("can-send-followup") == "true",
    }


def _waits_for(line: dict[str, str], words: str, typed: str) -> tuple[str, ...] | None:
    """None where the line has something more pressing to say, or speaks of a shell line."""
    if "problem" in line or words.startswith(CUT) or typed.lstrip().startswith("!"):
        return None
    missing = words.removeprefix(WAITING) if words.startswith(WAITING) else ""
    return tuple(name for name, called in WORDS.items() if called in missing)
