"""What must wait stays in the composer, and what need not wait leaves."""

from harness.actions import ChooseModel, EnterWorktree, Hold, OpenSession, Release, SendPrompt
from harness.flows.lesser.moves import GO
from harness.plans import Plan


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
