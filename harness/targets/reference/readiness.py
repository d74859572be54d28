"""The readiness line of the reference app, read: its attributes for tools, its words for people."""

from playwright.sync_api import Page

from harness.observations import ShownReadiness
from harness.readiness import NEEDS

# The model's components: the line's data attributes, and its words for what is missing.
ATTRIBUTES: dict[str, str] = {
    "cache": "cache",
    "status": "status",
    "commands": "commands",
    "provider": "provider",
    "local_model": "localModel",
}
WORDS: dict[str, str] = {
    "cache": "the messages",
    "status": "the session's status",
    "commands": "the commands of this directory",
    "provider": "the model provider",
    "local_model": "the model chosen for this directory",
}
WAITING, CUT = "Send waits for", "Connection lost"


def shown_readiness(page: Page) -> ShownReadiness | None:
    """What the line tells now; None on a page without one."""
    line: dict[str, str] | None = page.evaluate(
        """() => {
            const line = document.querySelector('[data-component="readiness"]');
            const typed = document.querySelector('[data-component="prompt-input"]')?.value ?? "";
            const words = line?.querySelector(".sentence")?.textContent ?? "";
            return line && {...line.dataset, words, typed};
        }"""
    )
    if line is None:
        return None
    problem = line["words"] if "problem" in line else ""
    return ShownReadiness(told=_told(line), waits_for=_waits_for(line), problem=problem)


def _told(line: dict[str, str]) -> dict[str, bool]:
    submits = line.get("canSubmit", "").split()
    return {
        **{name: line.get(key) == "ready" for name, key in ATTRIBUTES.items()},
        **{f"can_submit_{kind}": kind in submits for kind in NEEDS},
        "can_act": line.get("canAct") == "true",
        "can_send_followup": line.get("canSendFollowup") == "true",
    }


def _waits_for(line: dict[str, str]) -> tuple[str, ...] | None:
    """None where the line has something more pressing to say, or speaks of a shell line."""
    words = line["words"]
    if "problem" in line or words.startswith(CUT) or line["typed"].lstrip().startswith("!"):
        return None
    missing = words.removeprefix(WAITING) if words.startswith(WAITING) else ""
    return tuple(name for name, called in WORDS.items() if called in missing)
