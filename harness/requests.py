"""What the network can keep back or refuse, and what is on its way.

A request belongs for ever to the scopes in which it was made. Source: seed "verify API client,
store writes, and prompt rollback only affect the click-time execution scope".
"""

from typing import Literal

from harness.readiness import Component, Submission, kind_of
from harness.scopes import ExecutionScope, SessionScope
from harness.values import Value

# What a page asks for to be ready.
Hydration = Literal["commands", "provider", "messages", "status"]
# What a person's click or a change of the directory asks for.
Result = Literal["send", "revert", "restore", "diff", "artifacts"]
# The event stream: cut, or open with the news of busy and idle lost.
Stream = Literal["events", "busy-news"]
# A click that is answered at once, or refused; never late.
Click = Literal["stop"]
Kind = Literal[Hydration, Result, Stream, Click]

# The model chosen for a directory is looked up among its providers, so it comes after them.
BRINGS: dict[Kind, tuple[Component, ...]] = {
    "commands": ("commands",),
    "provider": ("provider", "local_model"),
    "messages": ("cache",),
    "status": ("status",),
}
REVIEWED: tuple[Result, ...] = ("diff", "artifacts")


class Held(Value):
    """One kind of answer that the network keeps back."""

    what: Kind
    fails: bool = False  # the request never reaches the server, and fails when it is let go
    loses: bool = False  # it reaches the server at once, and its answer is an error when let go

    @property
    def once(self) -> bool:
        """Whether only the first is kept back: a review is asked for again after every turn."""
        return self.what in REVIEWED


class Spoken(Value):
    """What a person says, and what the agent answers."""

    text: str
    reply: str = ""
    heard: str | None = None  # what the agent is told, where a command stands for other words
    to_shell: bool = False  # a line for the shell: no agent reads it
    of: str | None = None  # the only directory that has the command, where not every one does

    @property
    def kind(self) -> Submission:
        """What the text is."""
        return kind_of(self.text, shell_mode=self.to_shell)

    @property
    def typed(self) -> str:
        """The words as they stand in a composer: a line for the shell has its mark."""
        return f"!{self.text}" if self.to_shell else self.text

    @property
    def spoken(self) -> str:
        """The words that reach the agent and the server's record."""
        return self.text if self.heard is None else self.heard


class Pending(Value):
    """A request that is kept back, in the scopes in which it was made."""

    what: Result
    session: SessionScope
    execution: ExecutionScope
    fails: bool = False
    said: Spoken = Spoken(text="")  # the prompt that is sent, taken back or brought back
    model: str | None = None  # the model that a prompt left with
    before: str = ""  # what stood in the composer before the click
    queued: bool = False  # sent from the queue, not from the composer
    outdated: bool = False  # what it tells of has changed since it was asked for
