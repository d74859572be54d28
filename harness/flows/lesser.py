"""Flows as apps take them that cannot do all that the whole flow asks for; under the same names.

A page of another maker defers nothing, shows one server and hears of a move only with the next
change of the session. What is left of a flow then still is evidence for its rule.
"""

from harness.actions import (
    ChangeFile,
    ChooseModel,
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Hold,
    OpenReview,
    OpenSession,
    Release,
    Reload,
    Restore,
    Revert,
    SendPrompt,
    StopTurn,
    WriteDraft,
)
from harness.flows import late
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

GO = EnterWorktree(by="move", via="rename", text="In the worktree")
BACK = ExitWorktree(by="move", via="rename", text="Back in the project")
# Sent by another client: the page has it from the server alone.
ASK = SendPrompt(text="Say something.", reply="Something.", via="api")
OWN = SendPrompt(text="Say more.", reply="More.")  # of this the page has its own word, too


def command_gate() -> Plan:
    """A command typed at once after a switch stays in the composer; nothing else does."""
    return Plan(
        name="command-gate",
        title="Type a command while the new directory's command list is on its way",
        seeded=20,
        actions=(
            OpenSession(),
            Hold(what="commands"),
            EnterWorktree(by="move", via="api"),
            SendPrompt(text="Plain words do not wait.", reply="They do not."),
            SendPrompt(text="/bin/ls -d .", to_shell=True),
            SendPrompt(text="/usr/bin is where they live.", reply="I know."),
            SendPrompt(text="/greet the reader", heard="Greet the reader kindly."),
            Release(what="commands"),
            SendPrompt(text="/greet us", heard="Greet us kindly.", reply="Good evening."),
        ),
    )


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


def model_gate() -> Plan:
    """A prompt asks for the model of before: from a new page, and right after a switch.

    There it stays in the composer until the directory's models are known.
    """
    return Plan(
        name="model-gate",
        title="Send at once after a switch, while the directory's models are on their way",
        seeded=20,
        actions=(
            OpenSession(),
            ChooseModel(model="harness/titles"),
            SendPrompt(text="Which model is it now?", reply="The one chosen just now."),
            Hold(what="provider"),
            GO,
            SendPrompt(text="Which model is it here?", reply="The same."),
            Release(what="provider"),
            SendPrompt(text="And which is it now?", reply="The same still."),
            OpenSession(),
            SendPrompt(text="Which model are you?", reply="The one that was chosen."),
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


def status_merge() -> Plan:
    """An older snapshot of busy and idle does not undo newer events, and a fresh one clears old."""
    return Plan(
        name="status-merge",
        title="A turn begins while the page asks what is busy; another ends unheard",
        seeded=20,
        actions=(
            OpenSession(),
            Hold(what="status"),
            Reload(),
            SendPrompt(text="Begin now.", reply="Begun and done.", via="api", held=True),
            Release(what="status"),
            FinishTurn(),
            SendPrompt(text="Begin again.", reply="Done again.", via="api", held=True),
            Hold(what="busy-news"),
            FinishTurn(),
            Release(what="busy-news"),
            SendPrompt(text="Begin a third time.", reply="Never said.", held=True),
            StopTurn(),
            SendPrompt(text="Go on.", reply="I do."),
        ),
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
