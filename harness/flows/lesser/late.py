"""Late results, on pages that hear of a move only with the next change of the session."""

from harness.actions import (
    ChangeFile,
    FinishTurn,
    Hold,
    OpenReview,
    OpenSession,
    Release,
    Restore,
    Revert,
    SendPrompt,
    WriteDraft,
)
from harness.flows import late
from harness.flows.lesser.moves import BACK, GO
from harness.flows.ownership import HOME, SHORT, TO_SHORT
from harness.plans import Plan

# Sent by another client: the page has it from the server alone.
ASK = SendPrompt(text="Say something.", reply="Something.", via="api")
OWN = SendPrompt(text="Say more.", reply="More.")  # of this the page has its own word, too


def epoch_guard() -> Plan:
    """A → B → A: changes that were asked for in the first A come in the second, and are dropped."""
    return Plan(
        name="epoch-guard",
        title="Ask in a directory, leave it, come back, and get the answer of before",
        seeded=20,
        actions=(
            OpenSession(),
            Hold(what="diff"),
            OpenReview(),
            GO,
            ChangeFile(directory="root", kind="diff", file="later-diff.txt"),
            BACK,
            Release(what="diff"),
        ),
    )


def send_target() -> Plan:
    """The same, where the page is built anew, and asks for its messages, in mid-turn.

    It hears of the move with the send. When in the turn it would ask were chance: the agent waits
    until it has asked.
    """
    whole = late.send_target()
    *before, _, there, release = whole.actions
    held = SendPrompt(text="Sent at once.", reply="At once.", held=True)
    actions = (*before, held, FinishTurn(), there, release)
    return whole.model_copy(update={"actions": actions})


def stale_revert() -> Plan:
    """A prompt is taken back, and the answer comes, or fails, in another directory or session."""
    return Plan(
        name="stale-revert",
        title="Take a prompt back, switch, then let the answer come; again, and let it fail",
        seeded=20,
        others=(SHORT,),
        actions=(
            OpenSession(),
            ASK,
            Hold(what="revert"),
            Revert(text=ASK.text),
            GO,
            Release(what="revert"),
            Restore(),
            Hold(what="revert", fails=True),
            Revert(text=ASK.text),
            TO_SHORT,
            WriteDraft(text="of the short one"),
            Release(what="revert"),
            HOME,
        ),
    )


def stale_restore() -> Plan:
    """What was taken back is brought back, and the answer comes, or fails, in another scope."""
    return Plan(
        name="stale-restore",
        title="Bring a prompt back, switch, then let the answer come; again, and let it fail",
        seeded=20,
        others=(SHORT,),
        actions=(
            OpenSession(),
            ASK,
            Revert(text=ASK.text),
            Hold(what="restore"),
            Restore(),
            GO,
            Release(what="restore"),
            Revert(text=ASK.text),
            Hold(what="restore", fails=True),
            Restore(),
            TO_SHORT,
            WriteDraft(text="of the short one"),
            Release(what="restore"),
            HOME,
            OWN,
            Revert(text=OWN.text),
            Restore(),
        ),
    )


def stale_rollback() -> Plan:
    """A send fails when another session, or another directory, is on screen."""
    return Plan(
        name="stale-rollback",
        title="Send, switch, then let the send fail: its text goes back where it came from",
        seeded=20,
        others=(SHORT,),
        actions=(
            OpenSession(),
            Hold(what="send", fails=True),
            SendPrompt(text="This one will fail."),
            TO_SHORT,
            WriteDraft(text="of the short one"),
            Release(what="send"),
            HOME,
            Hold(what="send", fails=True),
            SendPrompt(text="This one will fail, too."),
            GO,
            Release(what="send"),
            SendPrompt(text="This one arrives.", reply="It did."),
        ),
    )


def stale_vcs() -> Plan:
    """The changes of a directory come when another is on screen."""
    return Plan(
        name="stale-vcs",
        title="Ask for the changes of one directory, and get them in another",
        seeded=20,
        actions=(OpenSession(), Hold(what="diff"), OpenReview(), GO, Release(what="diff")),
    )
