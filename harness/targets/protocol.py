"""What the runner asks of a target. A target performs and reads; it judges nothing."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from playwright.sync_api import Page
from pydantic import JsonValue

from fixtures.agent import Agent
from harness.actions import AnyAction
from harness.names import Names
from harness.observations import (
    Capture,
    Exchange,
    Prompt,
    RequestScope,
    SessionRecord,
    ShownReadiness,
    Witness,
)
from harness.plans import Plan
from harness.probe.hooks import Hooks
from harness.probe.loop import LoopThread
from harness.probe.recorder import Recorder
from harness.probe.wire import Wire
from harness.traits import Traits
from harness.world import Sent, World


class Workshop(NamedTuple):
    """What a target is given to start its app with."""

    folder: Path  # for repositories, worktrees and data; removed after the run
    logs: Path  # what the app prints is kept here
    loop: LoopThread
    wire: Wire
    agent: Agent
    app_version: str | None = None  # None: the target's own choice
    base_url: str | None = None  # an app that runs already
    server_url: str | None = None  # its server, where that has an address of its own

    @property
    def asked(self) -> "Asked":
        """What of the app is asked for."""
        return Asked(self.app_version, self.base_url, self.server_url)


class Deed(NamedTuple):
    """One action to be performed, in the plan's words and the run's names."""

    action: AnyAction
    before: World
    after: World
    names: Names
    page: Page
    recorder: Recorder

    @property
    def sends(self) -> tuple[Sent, ...]:
        """The prompts that the action sends."""
        return self.after.sent_since(self.before)


class Stage(Protocol):
    """An app that runs behind the wire, ready for flows."""

    traits: Traits
    hooks: Hooks
    app_version: str
    patience_s: float  # how long a turn or a page may take to come to rest
    telling_s: float | None  # how long the page may take to tell; None is `patience_s`

    def prepare(self, plan: Plan) -> Names:
        """Make what the plan's first world has: the repository, the worktree, the long session."""
        ...

    def perform(self, deed: Deed) -> None:
        """Do the action, with real input where a person does it.

        Raises:
            HarnessError: it cannot be done; the message says why.
        """
        ...

    def await_effect(self, deed: Deed, timeout_s: float) -> tuple[str, ...]:
        """Wait for what the model expects of the action; name what has not come in time."""
        ...

    def record(self, deed: Deed) -> SessionRecord | None:
        """What the server holds for the session on screen after the action."""
        ...

    def prompts(self, exchanges: tuple[Exchange, ...]) -> tuple[Prompt, ...]:
        """The prompts, commands and shell lines among the page's requests."""
        ...

    def stays_open(self, request: str) -> bool:
        """Whether "METHOD /path" is answered only when the turn that it began is over."""
        ...

    def witnesses(self) -> tuple[Witness, ...]:
        """What the agent has seen since this was last asked."""
        ...

    def expected(self, deed: Deed) -> dict[str, JsonValue]:
        """What the app must come to tell of itself after the action, by the names of its signs."""
        ...

    def readiness(self, seen: Capture) -> ShownReadiness | None:
        """What the app tells of its readiness; None if it tells nothing."""
        ...

    def on_screen(self, url: str) -> RequestScope | None:
        """Which session an address of the page shows; None if that is not known."""
        ...

    def died(self) -> str | None:
        """Why the app no longer runs, or None."""
        ...


class Asked(NamedTuple):
    """What of an app is asked for, as far as it can be refused before anything is started."""

    app_version: str | None = None
    base_url: str | None = None
    server_url: str | None = None


@runtime_checkable
class Choosy(Protocol):
    """A target that can tell at once that it will not start."""

    def ensure_possible(self, asked: Asked) -> None:
        """Refuse it.

        Raises:
            UsageError: it cannot be; the message names the remedy.
        """
        ...


class Target(Protocol):
    """One app, by name."""

    name: str

    def start(self, workshop: Workshop) -> AbstractContextManager[Stage]:
        """Start the app; at the end of the context it is stopped with all its children.

        Raises:
            HarnessError: it cannot be started; the message names the remedy.
        """
        ...
