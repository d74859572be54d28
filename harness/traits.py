"""What kind of app a target is: facts that the rules are stated for, never a property's verdict."""

import re
from typing import Literal

from harness.values import Value
from harness.world import ModelOf, OwnSend

# What not every app can do, or not so that the harness can see it.
Ability = Literal[
    "address",  # the page's address names the directory, and changes within the page
    "changes",  # a review shows what is changed in the directory
    "commands",  # commands of the directory are typed after a slash
    "defer",  # a submission that may not leave yet waits, and is sent by itself once it may
    "hears",  # the page hears by itself that its session was moved
    "models",  # the person chooses the model that a prompt asks for
    "move",  # a session is moved over HTTP, and nothing need be prompted
    "queue",  # prompts wait behind a running turn, and are shown
    "resume",  # a queue that a stop has paused goes on at the person's word
    "retention",  # stores of directories in which something happens are opened, and evicted
    "revert",  # the latest prompt is taken back and brought back
    "review",  # the artifacts of the directory are shown beside its changes
    "sessions",  # another session of the server comes on screen within the page
    "servers",  # one page shows sessions of several servers
    "shell",  # a line goes to the shell
    "status",  # busy and idle are shown, and asked for at the opening
    "stream",  # the page hears what happens from a stream of the server's that can be cut
]
# What is said of an app that cannot, as this target knows it.
LACKS: dict[Ability, str] = {
    "address": "its address does not change with the directory",
    "changes": "it shows no changes of a directory",
    "commands": "no command of a directory is typed in it",
    "defer": "no submission waits in it by itself until it may leave",
    "hears": "its page hears of a move only with the next change of the session",
    "models": "no model is chosen in it",
    "move": "no session is moved in it without a prompt",
    "queue": "no prompt waits in it, for all to see, behind a running turn",
    "resume": "no queue of it waits for the person's word after a stop",
    "retention": "it shows of no directory but the one on screen what it keeps",
    "revert": "no prompt is taken back and brought back in it",
    "review": "it shows no artifacts of a directory",
    "sessions": "no other session comes on screen within its page",
    "servers": "its page shows sessions of one server only, or none can be started beside it",
    "shell": "no line of it goes to the shell",
    "status": "it does not show what is busy",
    "stream": "its page follows no stream of events that the harness can cut",
}


# Models that the servers which the harness starts offer beside their default.
MODELS = ("harbour/harbour-small", "meadow/meadow-2")


class Traits(Value):
    """How the app behaves by design, where more than one behaviour is right."""

    rows: Literal["windowed", "virtual"]  # rendered rows stay, or follow the viewport
    own_send: OwnSend  # what the reader's own send does to a reader in history
    declared_binds: bool  # a prompt runs in the directory that its request declares
    enters_by: tuple[Literal["tool", "move"], ...]  # how a worktree can be entered, best first
    can: frozenset[Ability] = frozenset()
    model_of: ModelOf = "directory"  # what a model that the person chooses belongs to
    # A revert or restore that fails while something else is on screen gives its own session's
    # composer back what stood in it before the click, or leaves it alone.
    rolls_back_unseen: bool = False
    # A line for the shell stands in the composer with its mark; else the composer has a mode.
    marks_shell: bool = True
    # The page goes to another session only once the messages of that one are there.
    goes_late: bool = False
    # Enter with nothing to send stops the agent, as its stop button does.
    blank_stops: bool = False
    # The "provider/model" that every prompt asks for where none was chosen, if there is one.
    default_model: str | None = None
    # Those that are known to be offered beside it.
    models: tuple[str, ...] = ()
    # Who tells where a prompt really ran: the scripted model server, or only the app's own record.
    witnessed_by: Literal["agent", "record"] = "agent"
    # The message id within a row key; rows of one message that follow each other count as one.
    row_key: str = r"^(.+)$"
    # A windowed list lets its oldest row go for each new one while the latest is read.
    slides: bool = False
    # A virtual list may keep the rows of the latest turn in the page wherever the reader is.
    pins_latest: bool = False
    # Rows are made of a message's words and tool calls: one without any (it failed) has none.
    bare_has_row: bool = True
    roles_with_rows: tuple[Literal["user", "assistant"], ...] = ("user", "assistant")
    # A row is a turn: an answer has none of its own, and is read in that of its prompt.
    answers_in_row: bool = False

    @property
    def shows_answers(self) -> bool:
        """Whether some row shows what the agent answered."""
        return self.answers_in_row or "assistant" in self.roles_with_rows

    def message(self, row: str) -> str | None:
        """The id of the message that a row key stands for; None for a row of another kind."""
        match = re.match(self.row_key, row)
        return match[1] if match else None
