"""What belongs to a session, where there is no queue or no other server."""

from harness.actions import FinishTurn, Hold, OpenSession, Release, Reload, SendPrompt, WriteDraft
from harness.flows.ownership import (
    HOME,
    MIRROR,
    SHORT,
    TO_MIRROR,
    TO_SHORT,
    TO_WORKSPACE,
    WORKSPACE,
)
from harness.plans import Plan


def followup_owner() -> Plan:
    """Words that are not sent stay with their session, across another's visit and a reload."""
    return Plan(
        name="followup-owner",
        title="Write while the agent works, look at another session, come back, reload",
        seeded=20,
        others=(SHORT,),
        actions=(
            OpenSession(),
            SendPrompt(text="Work for a while.", reply="I have worked.", held=True),
            SendPrompt(text="And mind this.", reply="I have minded it."),
            WriteDraft(text="not sent yet"),
            TO_SHORT,
            WriteDraft(text="of the short one"),
            HOME,
            Reload(),
            FinishTurn(),
            TO_SHORT,
        ),
    )


def followup_owner_on_servers() -> Plan:
    """The same, with sessions of the same id on other servers."""
    alone = followup_owner()
    opened, works, minds, writes, there, of_short, home, *rest = alone.actions
    elsewhere = (
        TO_MIRROR,
        WriteDraft(text="of the mirror"),
        TO_WORKSPACE,
        WriteDraft(text="of the workspace"),
    )
    return alone.model_copy(
        update={
            "title": "Write while the agent works, look at sessions of the same id, reload",
            "others": (MIRROR, WORKSPACE, SHORT),
            "actions": (
                *(opened, works, minds, writes),
                *elsewhere,
                *(there, of_short, home),
                *rest,
                TO_MIRROR,
            ),
        }
    )


def timeline_owner() -> Plan:
    """A session shows nothing of another whose messages are there while its own are late."""
    return Plan(
        name="timeline-owner",
        title="Go to another session, and back, while messages are late",
        seeded=20,
        others=(SHORT,),
        actions=(
            OpenSession(),
            Hold(what="messages"),
            TO_SHORT,
            HOME,
            Release(what="messages"),
            TO_SHORT,
            SendPrompt(text="Whose session is this?", reply="The short one's."),
            HOME,
        ),
    )
