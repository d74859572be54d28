"""What must wait for its directory waits, and what need not wait does not."""

from harness.actions import (
    ChooseModel,
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Hold,
    OpenSession,
    Release,
    Restore,
    Revert,
    SendPrompt,
    StopTurn,
)
from harness.plans import Plan


def command_gate() -> Plan:
    """A command typed at once after a switch waits for its list; plain text before it does not.

    Nor does a path in shell mode, which looks like a command, nor a command in a directory whose
    list is known from before. One that waits until the session has gone where there is no such
    command is sent as nothing else. Source: seed "Directory switch
    followed by immediate /custom-command".
    """
    ours = SendPrompt(text="/here at once", heard="Say where here is: at once.", of="root")
    return Plan(
        name="command-gate",
        title="Type a command while the new directory's command list is on its way",
        seeded=20,
        actions=(
            OpenSession(),
            Hold(what="commands"),
            EnterWorktree(via="api"),
            SendPrompt(text="Plain words do not wait.", reply="They do not."),
            SendPrompt(text="/bin/ls -d .", to_shell=True),
            SendPrompt(text="/usr/bin is where they live.", reply="I know."),
            SendPrompt(
                text="/greet the reader", heard="Greet the reader kindly.", reply="Good day."
            ),
            Release(what="commands"),
            Hold(what="commands"),
            ExitWorktree(by="move", via="nobody"),
            SendPrompt(text="/greet us", heard="Greet us kindly.", reply="Good evening."),
            Release(what="commands"),
            EnterWorktree(text="Please enter once more.", reply="In again.", held=True),
            SendPrompt(text="/greet her", heard="Greet her kindly.", reply="Good night."),
            ours,
            FinishTurn(),
        ),
    )


def model_gate() -> Plan:
    """A prompt sent at once after a switch waits for the model that was chosen there.

    Meanwhile what needs no model is not kept waiting: stop, revert and restore. Source: seed
    "Directory switch followed by immediate send must not use fallback model/provider while local
    persisted model selection is still hydrating".
    """
    again = EnterWorktree(via="api", text="Please enter the worktree again.", reply="There again.")
    return Plan(
        name="model-gate",
        title="Send at once after a switch, while the model chosen there is on its way",
        seeded=20,
        actions=(
            OpenSession(),
            EnterWorktree(via="api"),
            ChooseModel(model="meadow/meadow-2"),
            ExitWorktree(via="api"),
            ChooseModel(model="harbour/harbour-small"),
            SendPrompt(text="Which model is it now?", reply="The one chosen just now."),
            OpenSession(),  # a new page: what it chose there has to come from its memory
            Hold(what="provider"),
            again,
            Revert(text=again.text),
            Restore(),
            SendPrompt(text="ls -d .", to_shell=True),
            SendPrompt(text="Work on for a while.", reply="Working.", via="api", held=True),
            StopTurn(),
            SendPrompt(text="Which model are you?", reply="The one that was chosen here."),
            Release(what="provider"),
        ),
    )
