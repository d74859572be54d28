"""What every target does in the same way in a page: open it, read in it, go to another address."""

from abc import ABC, abstractmethod

from pydantic import JsonValue

from harness.actions import OpenAddress, OpenSession, Reload, ShowSession
from harness.errors import UsageError
from harness.observations import Capture, Frame, RequestScope, ShownReadiness
from harness.probe.hooks import Hooks
from harness.scopes import SessionScope
from harness.targets.hooked import ensure_hooks
from harness.targets.person import Person
from harness.targets.protocol import Deed
from harness.traits import Traits

LOOK_MS = 5_000.0


class PageStage(ABC):
    """A stage as far as the page goes; a target adds its server.

    Attributes:
        traits: how the app behaves by design.
        hooks: where its page keeps what the recorder watches.
        app_version: the app's own word for its release.
        patience_s: how long a turn or a page may take to come to rest.
        telling_s: how long the page may take to tell of itself; None is `patience_s`.
        opening_s: how long the first row may take; a busy machine takes a while to that of a
            real app.
    """

    traits: Traits
    hooks: Hooks
    app_version: str
    patience_s = 20.0
    telling_s: float | None = None
    opening_s = 60.0

    @abstractmethod
    def address_on(self, server: str, session: str, directory: str) -> str:
        """The page's address for a session of a server under a directory."""

    def stays_open(self, request: str) -> bool:
        """No request; a target whose server answers some at the end of a turn names them."""
        del request
        return False

    def readiness(self, seen: Capture) -> ShownReadiness | None:
        """None; a target whose app shows its readiness reads it."""
        del seen
        return None

    def on_screen(self, url: str) -> RequestScope | None:
        """None; a target that is judged by its addresses reads them."""
        del url
        return None

    def expected(self, deed: Deed) -> dict[str, JsonValue]:
        """What the app must come to tell of itself, by the names of its signs; nothing here."""
        del deed
        return {}

    def read_history(self, person: Person, rows: int) -> None:
        """Bring the reader into history."""
        if self.traits.rows == "windowed":
            person.read_history(rows)
        else:
            person.read_above(screens=6)

    def person(self, deed: Deed) -> Person:
        """The person at the page."""

        def look() -> Frame:
            return deed.recorder.look(LOOK_MS, frames=2)  # the step's end waits for three

        rule = self.hooks.viewport
        viewport = f"{rule.closest}:has({rule.css})" if rule.closest else rule.css
        composer = self.hooks.composer.css
        return Person(deed.page, viewport=viewport, composer=composer, look=look)

    def come_on_screen(self, deed: Deed) -> None:
        """Open a session, load the page again, or go to another address in it."""
        match deed.action:
            case OpenSession(directory=directory):
                self._open(deed, self._address(deed, directory))
            case Reload():
                self._open(deed, deed.page.url)
            case ShowSession(directory=directory):
                self.person(deed).follow_link(self._address(deed, directory))
            case OpenAddress():
                self._go(deed, deed.action)
            case _:
                return

    def _open(self, deed: Deed, url: str) -> None:
        self.person(deed).open(url, self.hooks.rows.css, self.opening_s)
        ensure_hooks(deed.recorder, LOOK_MS / 1000)

    def _address(self, deed: Deed, directory: str) -> str:
        """The address of the session that the action brings on screen."""
        scope, names = _session(deed), deed.names
        return self.address_on(scope.server_key, names.session(scope), names.directory(directory))

    def _go(self, deed: Deed, action: OpenAddress) -> None:
        if action.how == "link":
            self.person(deed).follow_link(self._address(deed, action.directory))
        elif action.how == "back":
            deed.page.go_back(wait_until="commit")
        else:
            deed.page.go_forward(wait_until="commit")


def _session(deed: Deed) -> SessionScope:
    view = deed.after.view
    if view is None:
        raise UsageError("no session is on screen")
    return view.session
