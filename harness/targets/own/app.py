"""What the harness must be told of an app that it does not know."""

from abc import ABC, abstractmethod
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple

import httpx
from yarl import URL

from fixtures.agent import Call, Hold, Say
from harness.errors import AppError, UsageError
from harness.names import Names
from harness.observations import Exchange, HeldMessage
from harness.probe.hooks import Hooks
from harness.probe.wire import RequestHead
from harness.targets.login import login_asked
from harness.targets.person import Person
from harness.targets.protocol import Workshop
from harness.traits import Traits
from harness.world import Sent


class Seeded(NamedTuple):
    """A session that was made for a flow.

    Attributes:
        session: its id.
        root: the directory where it works at first, as the app names directories.
        worktree: another directory that it can be moved to.
    """

    session: str
    root: str
    worktree: str


class Told(NamedTuple):
    """What a request says of its scope; None where it says nothing."""

    session: str | None = None
    directory: str | None = None


class OwnApp(ABC):
    """Subclass this in a file of your own; `harness doctor --target` says what is still wrong.

    Attributes:
        name: for the report.
        hooks: where the page keeps timeline, viewport, composer and rows. A row's key is the id of
            its message, or holds it (`Traits.row_key`).
        traits: how the app behaves by design.
        version: the app's own word for its release.
    """

    name: str
    hooks: Hooks
    traits: Traits
    version = "of its own"
    http: httpx.Client  # to the app's server, past the wire; made when the run begins

    @abstractmethod
    def seed(self, texts: Sequence[str]) -> Seeded:
        """Make a session with these messages of a user, and a directory to move it to."""

    @abstractmethod
    def address(self, session: str, directory: str) -> str:
        """The path of the page that shows a session, such as `/session/42`."""

    @abstractmethod
    def move(self, session: str, directory: str) -> None:
        """Have the session work in another directory: this is how it enters and leaves."""

    @abstractmethod
    def say(self, session: str, directory: str, text: str) -> None:
        """Send a prompt as another client would."""

    @abstractmethod
    def works_in(self, session: str) -> str | None:
        """The directory where the server has the session work now."""

    @abstractmethod
    def messages(self, session: str) -> Sequence[HeldMessage]:
        """The session's messages in order, with the directory where each ran if that is known."""

    @abstractmethod
    def told(self, request: RequestHead) -> Told:
        """What one of the page's requests says of its session and directory."""

    @abstractmethod
    def prompt(self, exchange: Exchange) -> str | None:
        """The text that a person submitted with this request; None if it carries no prompt."""

    def send(self, person: Person, text: str) -> None:
        """Submit a prompt in the page; as it is, it is typed and Enter is pressed."""
        person.submit(text)

    def turn(self, sent: Sent, names: Names) -> list[Call | Say | Hold]:
        """What the harness's model server answers, where the app's agent asks it.

        As it is, the agent says the reply. An agent with tools to enter and to leave a worktree
        calls them here, where `sent.ends_in` is another directory than `sent.execution.directory`;
        its traits then say `enters_by=("tool",)`.
        """
        del names
        return [Say(sent.reply)]

    def serving(self, workshop: Workshop) -> AbstractContextManager[str]:
        """Where the app answers; as it is, where `--base-url` says. Override it to start the app.

        Raises:
            UsageError: no `--base-url` was given.
        """
        return _running(self.name, workshop.base_url)

    def forget(self, seeded: Seeded) -> None:
        """Remove a session that was made; as it is, it stays."""
        del seeded

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Ask the app's server, past the wire; answers with the JSON of its answer, None for none.

        Raises:
            AppError: it does not answer, or refuses.
        """
        try:
            answer = self.http.request(method, path, json=body)
        except httpx.HTTPError as error:
            raise AppError(
                f"{self.name} did not answer {method} {path} ({error}): is it running there?"
            ) from error
        if login := login_asked(answer):
            raise AppError(f"{self.name} {login} (at {method} {path})")
        if answer.is_error:
            said = answer.text[:200]
            raise AppError(
                f"{self.name} answered {method} {path} with {answer.status_code}: {said}"
            )
        try:
            return answer.json() if answer.content else None
        except ValueError as error:
            kind = answer.headers.get("content-type", "something")
            raise AppError(f"{self.name} answered {method} {path} with {kind}, not JSON") from error


@contextmanager
def _running(name: str, base_url: str | None) -> Generator[str]:
    if base_url is None:
        raise UsageError(
            f"{name} is not started by the harness: start it, and say where it is with --base-url"
        )
    yield str(URL(base_url).origin())
