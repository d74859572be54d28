"""Late results: asked for in one scope, answered in another.

Source: seed "Old async results must not overwrite a newer execution context even if the directory
string is reused"; "Click revert, switch directory before the request settles, and verify API
client, store writes, and prompt rollback only affect the click-time execution scope".
"""

from typing import Literal

from harness.actions import (
    ChangeFile,
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Hold,
    OpenReview,
    OpenSession,
    Release,
    Restore,
    Revert,
    SendPrompt,
    SubmitBlank,
    WriteDraft,
)
from harness.actions.base import Action
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

GO = EnterWorktree(by="move", via="nobody")
BACK = ExitWorktree(by="move", via="nobody")
ASK = SendPrompt(text="Say something.", reply="Something.")


def send_target() -> Plan:
    """A prompt goes where one is at its submit, not where it was written or is delivered from.

    White space alone goes nowhere.

    Source: seed "follow-up sends against the intended execution directory".
    """
    written = SendPrompt(text="Written before, sent after.", reply="I got it.")
    return Plan(
        name="send-target",
        title="Write, switch, then send; and send, then switch while the messages are late",
        seeded=20,
        actions=(
            OpenSession(),
            WriteDraft(text="  "),
            SubmitBlank(),
            WriteDraft(text=written.text),
            GO,
            written,
            BACK,
            Hold(what="messages"),
            SendPrompt(text="Sent at once.", reply="At once."),
            GO,
            Release(what="messages"),
        ),
    )


def stale_revert() -> Plan:
    """A prompt is taken back, and the answer comes, or fails, when something else has happened.

    Another directory is on screen, another session, or other words stand in the composer.
    """
    return Plan(
        name="stale-revert",
        title="Take a prompt back, switch, then let the answer come; again, and let it fail",
        seeded=20,
        others=(MIRROR, SHORT),
        actions=(
            OpenSession(),
            ASK,
            WriteDraft(text="unfinished"),
            Hold(what="revert"),
            Revert(text=ASK.text),
            GO,
            Release(what="revert"),
            Restore(),
            WriteDraft(text="unfinished again"),
            Hold(what="revert", fails=True),
            Revert(text=ASK.text),
            BACK,
            Release(what="revert"),
            Hold(what="revert"),
            Revert(text=ASK.text),
            TO_SHORT,
            Release(what="revert"),
            TO_MIRROR,
            HOME,
            Restore(),
            Hold(what="revert", fails=True),
            Revert(text=ASK.text),
            TO_SHORT,
            Release(what="revert"),
            HOME,
            Hold(what="revert", fails=True),
            Revert(text=ASK.text),
            WriteDraft(text="written since"),
            Release(what="revert"),
        ),
    )


def stale_restore() -> Plan:
    """What was taken back is brought back, and the answer comes, or fails, in another scope.

    Words that were written since stay in the composer.
    """
    return Plan(
        name="stale-restore",
        title="Bring a prompt back, switch, then let the answer come; again, and let it fail",
        seeded=20,
        others=(SHORT,),
        actions=(
            OpenSession(),
            ASK,
            Revert(text=ASK.text),
            Hold(what="restore", fails=True),
            Restore(),
            GO,
            Release(what="restore"),
            Hold(what="restore"),
            Restore(),
            BACK,
            Release(what="restore"),
            Revert(text=ASK.text),
            Hold(what="restore", fails=True),
            Restore(),
            TO_SHORT,
            WriteDraft(text="of the short one"),
            Release(what="restore"),
            HOME,
            WriteDraft(text="edited since"),
            Restore(),
        ),
    )


def stale_rollback() -> Plan:
    """A send fails when another session, or another directory, is on screen.

    One that has arrived all the same is not taken back.
    """
    again = SendPrompt(text="This one will fail, too.", reply="It came through.")
    return Plan(
        name="stale-rollback",
        title="Send, switch, then let the send fail: its text goes back where it came from",
        seeded=20,
        others=(MIRROR, SHORT),
        actions=(
            OpenSession(),
            Hold(what="send", fails=True),
            SendPrompt(text="This one will fail.", reply="It came through."),
            TO_SHORT,
            WriteDraft(text="of the short one"),
            Release(what="send"),
            HOME,
            Hold(what="send", fails=True),
            again,
            GO,
            TO_MIRROR,
            Release(what="send"),
            HOME,
            Hold(what="send", fails=True),
            SendPrompt(text="And this one."),
            WriteDraft(text="written since"),
            Release(what="send"),
            SendPrompt(text="This one arrives.", reply="It did."),
            Hold(what="send", fails=True),
            SendPrompt(text="This one fails while others work."),
            SendPrompt(text="Work of others.", reply="Done.", via="api", held=True),
            Release(what="send"),
            FinishTurn(),
            Hold(what="send", loses=True),
            SendPrompt(text="This one arrives unheard.", reply="It did, too."),
            Release(what="send"),
        ),
    )


def stale_vcs() -> Plan:
    """The changes of a directory come when another is on screen."""
    return _review("stale-vcs", "changes", Hold(what="diff"), Release(what="diff"))


def stale_artifact() -> Plan:
    """The artifacts of a directory come when another is on screen."""
    return _review("stale-artifact", "artifacts", Hold(what="artifacts"), Release(what="artifacts"))


def _review(name: str, words: str, hold: Hold, release: Release) -> Plan:
    return Plan(
        name=name,
        title=f"Ask for the {words} of one directory, and get them in another",
        seeded=20,
        others=(WORKSPACE,),
        actions=(
            OpenSession(),
            hold,
            OpenReview(),
            GO,
            release,
            hold,
            BACK,
            GO,
            release,
            hold,
            BACK,
            TO_WORKSPACE,
            release,
            HOME,
        ),
    )


def epoch_guard() -> Plan:
    """A → B → A: what was asked for in the first A comes in the second, and is dropped."""
    changes: tuple[Literal["diff", "artifacts"], ...] = ("diff", "artifacts")
    newer = tuple(
        ChangeFile(directory="root", kind=kind, file=f"later-{kind}.txt") for kind in changes
    )
    holds: tuple[Action, ...] = tuple(Hold(what=kind) for kind in changes)
    releases: tuple[Action, ...] = tuple(Release(what=kind) for kind in changes)
    return Plan.model_validate(
        {
            "name": "epoch-guard",
            "title": "Ask in a directory, leave it, come back, and get the answer of before",
            "seeded": 20,
            "actions": (
                OpenSession(),
                ASK,
                *holds,
                OpenReview(),
                GO,
                *newer,
                BACK,
                *releases,
                WriteDraft(text="unfinished"),
                Hold(what="revert", fails=True),
                Revert(text=ASK.text),
                GO,
                BACK,
                Release(what="revert"),
                Revert(text=ASK.text),
                Hold(what="restore", fails=True),
                Restore(),
                GO,
                BACK,
                Release(what="restore"),
            ),
        }
    )
