"""Whose it is: timelines, drafts and queues belong to one SessionScope."""

from harness.actions import (
    EditQueued,
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Hold,
    OpenSession,
    Refuse,
    Release,
    Reload,
    ResumeQueue,
    RetryQueued,
    SendPrompt,
    ShowSession,
    StopTurn,
    WriteDraft,
)
from harness.plans import Other, Plan

MIRROR = Other(server="mirror")  # the same id and the same project, on another server
WORKSPACE = Other(server="workspace")  # the same id, in another project on another server
SHORT = Other(session="short")
TO_MIRROR = ShowSession(server="mirror")
TO_WORKSPACE = ShowSession(server="workspace", directory="elsewhere")
TO_SHORT = ShowSession(session="short")
HOME = ShowSession()


def timeline_owner() -> Plan:
    """The same session id on another server or workspace shows nothing of this one.

    Source: seed "Same sessionID under different server/workspace must not reuse timeline,
    follow-up, or action state accidentally".
    """
    return Plan(
        name="timeline-owner",
        title="Go to the session of the same id on another server while its messages are late",
        seeded=20,
        others=(MIRROR, WORKSPACE, SHORT),
        actions=(
            OpenSession(),
            Hold(what="messages"),
            TO_MIRROR,
            Release(what="messages"),
            SendPrompt(text="Whose session is this?", reply="The mirror's."),
            TO_WORKSPACE,
            HOME,
            Hold(what="messages"),
            TO_SHORT,
            HOME,
            Release(what="messages"),
            TO_SHORT,
        ),
    )


def followup_owner() -> Plan:
    """Queued drafts and words not sent yet stay with their session, also across a reload.

    Source: seed "Add follow-up queue tests proving two servers/workspaces with the same sessionID
    do not share queued drafts".
    """
    return Plan(
        name="followup-owner",
        title="Queue prompts, look at sessions of the same id elsewhere, come back, reload",
        seeded=20,
        others=(MIRROR, WORKSPACE, SHORT),
        actions=(
            OpenSession(),
            SendPrompt(text="Work for a while.", reply="I have worked.", held=True),
            SendPrompt(text="First follow-up.", reply="The first."),
            SendPrompt(text="Second follow-up.", reply="The second."),
            WriteDraft(text="not sent yet"),
            TO_MIRROR,
            WriteDraft(text="of the mirror"),
            TO_WORKSPACE,
            TO_SHORT,
            HOME,
            Reload(),
            EditQueued(text="Second follow-up."),
            FinishTurn(),
            TO_MIRROR,
        ),
    )


def followup_source() -> Plan:
    """A queued draft is not sent while another session is on screen, whatever becomes ready.

    Back on screen, what waits is sent one after another, each when the turn before it is over.

    Source: seed "Persist source scope with queued follow-up drafts and verify it before auto-send".
    """
    return Plan(
        name="followup-source",
        title="Queue two prompts, go elsewhere, let the agent finish, come back",
        seeded=20,
        others=(MIRROR, SHORT),
        actions=(
            OpenSession(),
            SendPrompt(text="Work on this.", reply="I did.", held=True),
            SendPrompt(text="Then do that.", reply="I did that too."),
            SendPrompt(text="And then this.", reply="I did this as well."),
            TO_SHORT,
            FinishTurn(),
            TO_MIRROR,
            SendPrompt(text="Something for the mirror.", reply="Here it is."),
            HOME,
        ),
    )


def followup_target() -> Plan:
    """A queued draft goes where the session works when it is sent, not where it was written.

    Source: seed "follow-up sends against the intended execution directory".
    """
    enter = EnterWorktree(held=True)
    leave = ExitWorktree(held=True)
    return Plan(
        name="followup-target",
        title="Queue a prompt while the agent is on its way into the worktree, and out of it",
        seeded=20,
        actions=(
            OpenSession(),
            enter,
            SendPrompt(text="Where does this run?", reply="In the worktree."),
            FinishTurn(),
            leave,
            SendPrompt(text="And where this?", reply="In the project."),
            FinishTurn(),
        ),
    )


def queue_elsewhere() -> Plan:
    """What waits in one session leaves though a follow-up of another is on its way for long.

    Source: seed "queued draft ownership": a queue is one session's, and so is what it waits for.
    """
    theirs = SendPrompt(text="Work here, too.", reply="Done here.", via="api", held=True)
    return Plan(
        name="queue-elsewhere",
        title="Let a queue go on while the network keeps back what another queue has sent",
        seeded=20,
        others=(SHORT,),
        actions=(
            OpenSession(),
            SendPrompt(text="Work for a while.", reply="I have worked.", held=True),
            SendPrompt(text="Then do that.", reply="I did that."),
            Hold(what="send"),
            FinishTurn(),
            TO_SHORT,
            theirs,
            SendPrompt(text="And this after it.", reply="This, too."),
            FinishTurn(),
            HOME,
            Release(what="send"),
        ),
    )


def queue_paused() -> Plan:
    """What waits behind a turn that is stopped, or fails on its way, waits for the person.

    That is a matter of one session, and over once nothing waits there.

    Source: seed "queued draft ownership"; nothing is lost, nothing sent twice.
    """
    return Plan(
        name="queue-paused",
        title="Stop the agent with prompts waiting, in two sessions; two fail on their way",
        seeded=20,
        others=(SHORT,),
        actions=(
            OpenSession(),
            SendPrompt(text="Begin something long.", reply="Never said.", held=True),
            SendPrompt(text="Wait behind it.", reply="I waited."),
            SendPrompt(text="And behind that.", reply="I did, too."),
            StopTurn(),
            SendPrompt(text="And behind those.", reply="I as well."),
            Reload(),
            TO_SHORT,
            SendPrompt(text="Begin something here.", reply="Never said here.", held=True),
            SendPrompt(text="Wait here.", reply="Never asked."),
            StopTurn(),
            EditQueued(text="Wait here."),
            SendPrompt(text="Begin here again.", reply="Done here.", held=True),
            SendPrompt(text="Then this.", reply="Done by itself."),
            FinishTurn(),
            SendPrompt(text="Begin here anew.", reply="Done here, too.", held=True),
            SendPrompt(text="Then that.", reply="Done by itself, too."),
            Refuse(what="stop"),
            StopTurn(),
            Release(what="stop"),
            FinishTurn(),
            SendPrompt(text="Begin a third time.", reply="Never said, too.", held=True),
            SendPrompt(text="Wait once more.", reply="I did."),
            StopTurn(),
            ResumeQueue(),
            HOME,
            Hold(what="send", fails=True),
            ResumeQueue(),
            Release(what="send"),
            Hold(what="send", fails=True),
            EditQueued(text="Wait behind it."),
            Release(what="send"),
            RetryQueued(text="And behind that."),
        ),
    )
