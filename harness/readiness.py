"""One selector that says which actions may run now, and what they wait for.

Source: seed "Replace scattered action gates with one observable action-readiness selector, with
components such as cacheReady, statusReady, commandsReady, providerReady, and localModelReady".
"""

from typing import Literal

from harness.values import Value

Component = Literal["cache", "status", "commands", "provider", "local_model"]
Submission = Literal["prompt", "command", "shell"]

OF_A_DIRECTORY: tuple[Component, ...] = ("commands", "provider", "local_model")
ACT: tuple[Component, ...] = ("cache", "status")
# A shell line is run as it is: it is looked up in no command list, and no model reads it.
NEEDS: dict[Submission, tuple[Component, ...]] = {
    "prompt": (*ACT, "provider", "local_model"),
    "command": (*ACT, "commands", "provider", "local_model"),
    "shell": ACT,
}


def kind_of(text: str, *, shell_mode: bool = False) -> Submission:
    """What a text in the composer is when it is submitted.

    In shell mode everything is a shell command, `/bin/ls` included. Otherwise a slash followed by
    one word, which may not contain another slash, names a command; a path such as `/usr/bin` is
    plain text.
    """
    if shell_mode:
        return "shell"
    word = text.strip().split(maxsplit=1)[0] if text.strip() else ""
    named = word.startswith("/") and len(word) > 1 and "/" not in word[1:]
    return "command" if named else "prompt"


class Readiness(Value):
    """Which components of the current scopes have arrived."""

    cache: bool = False  # the session and its messages are known
    status: bool = False  # busy or idle is known
    commands: bool = False  # the directory's command.list has been answered
    provider: bool = False  # the directory's providers are known
    local_model: bool = False  # the directory's persisted model choice is known

    @classmethod
    def complete(cls) -> "Readiness":
        """Everything has arrived."""
        return cls(cache=True, status=True, commands=True, provider=True, local_model=True)

    def missing(self, components: tuple[Component, ...]) -> tuple[Component, ...]:
        """Those of `components` that have not arrived, in their order."""
        return tuple(name for name in components if not getattr(self, name))

    @property
    def can_act(self) -> bool:
        """Stop, revert and restore: they need the session, not the model."""
        return not self.missing(ACT)

    def can_submit(self, kind: Submission) -> bool:
        """Whether a submission of this kind may leave now."""
        return not self.waits_for(kind)

    def waits_for(self, kind: Submission) -> tuple[Component, ...]:
        """What a submission of this kind still waits for; empty when it may leave."""
        return self.missing(NEEDS[kind])

    def answers(self, *, busy: bool) -> dict[str, bool]:
        """All that the selector answers, by the names in which an app may show it."""
        return {
            "can_act": self.can_act,
            **{f"can_submit_{kind}": self.can_submit(kind) for kind in NEEDS},
            "can_send_followup": self.can_send_followup("prompt", busy=busy),
        }

    def can_send_followup(self, kind: Submission, *, busy: bool) -> bool:
        """Whether a queued draft of this kind may be sent by itself now."""
        return not busy and self.can_submit(kind)
