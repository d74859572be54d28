"""Every cause that a rule knows. They stand in files of users, who would miss another word."""

ASTRAY = {
    "agent told another directory",
    "another directory declared",
    "held for another directory",
    "sent to another server",
    "sent to another session",
    "shell ended in another directory",
}
REVIEW = {
    "something of another directory left",
    "something of another directory shown",
    "something of the directory missing",
    "something shown twice",
}
COMPOSER = {"other words in the composer", "other words left in the composer"}
CLICK = COMPOSER | {
    "message hidden",
    "message shown that is taken back",
    "request made for another scope",
    "session shown in another directory",
}
ANSWERS = (
    "stop and revert",
    "a prompt",
    "a command",
    "a shell line",
    "a queued prompt",
)
COMPONENTS = ("cache", "status", "commands", "provider", "local model")
CAUSES: dict[str, set[str]] = {
    "timeline-mounted": {
        f"{part} {fate}"
        for part in ("timeline", "viewport", "composer")
        for fate in ("replaced", "removed", "taken out and put back")
    },
    "rendered-window-kept": {"content shrank", "rendered rows gone", "rows around the reader gone"},
    "reading-position-kept": {
        "message being read moved",
        "reader taken from the bottom",
        "view left near the top",
        "view went up after a send",
    },
    "no-blank-frame": {"timeline blank for a while", "timeline left blank"},
    "send-target": ASTRAY,
    "send-once": {
        "prompt left in the composer",
        "prompt not sent",
        "prompt not stored",
        "prompt sent again",
        "prompt stored again",
        "prompts out of order",
        "sent though it had to wait",
        "sent though nobody submitted it",
    },
    "turn-shown": {
        "latest message not shown",
        "message shown twice",
        "no message shown",
        "row of no message shown",
        "rows out of order or left out",
        "text of a message missing",
    },
    "command-gate": {
        "command sent as a prompt",
        "command sent as a shell",
        "command sent before its list",
        "plain text not sent",
        "plain text sent as a command",
        "plain text sent as a shell",
        "plain text sent late",
        "shell line not sent",
        "shell line sent as a command",
        "shell line sent as a prompt",
        "shell line sent late",
    },
    "model-gate": {
        "click waited for the model",
        "sent with another model",
        "sent without its model",
    },
    "readiness-visible": {
        *(f"{each} shown as {seen}" for each in COMPONENTS for seen in ("there", "missing")),
        *(f"{each} shown as {seen}" for each in ANSWERS for seen in ("possible", "not possible")),
        "readiness told in other words",
        "problem shown without one",
        "problem not shown",
    },
    "timeline-owner": {"row of another session shown"},
    "followup-owner": {
        "draft of another session in the queue",
        "other words left in the composer",
        "queue left otherwise",
    },
    "followup-source": {
        "sent to another session",
        "sent while its session was not on screen",
        "sent while the agent was at work",
    },
    "followup-target": ASTRAY,
    "stale-revert": CLICK,
    "stale-restore": CLICK,
    "stale-rollback": COMPOSER
    | {
        "queue left otherwise",
        "text in the composer of another session",
        "text in the queue of another session",
    },
    "stale-vcs": REVIEW | {"another branch named", "no branch named"},
    "stale-artifact": REVIEW,
    "epoch-guard": CLICK
    | {
        "something of another directory left",
        "something of the directory missing",
        "something shown taken away",
        "something shown twice",
    },
    "status-merge": {"busy session shown as idle", "idle session shown as busy"},
    "store-retention": {"commands gone", "local-model gone", "provider gone"},
}
