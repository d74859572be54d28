"""Actions of the person who looks: open, scroll, go to another address."""

from typing import Literal

from pydantic import Field

from harness.actions.base import Action, Clause, not_its_own
from harness.actions.delivery import flushed
from harness.scopes import SessionScope
from harness.world import Session, World


class ComesOnScreen(Action):
    """A session comes on screen: in a new document, or in the place of another one."""

    @property
    def shown_anew(self) -> bool:
        """It has a timeline of its own."""
        return True

    @property
    def moves_reader(self) -> bool:
        """A session opens at its latest message."""
        return True

    def clicks_answered(self, world: World) -> str | None:
        """What a click asked for has come: with its page it would be lost."""
        waits = any(world.pending(what) for what in ("send", "revert", "restore"))
        return "the page still waits for what was clicked" if waits else None

    def messages_come(self, world: World) -> str | None:
        """A new page gets messages: one without them shows no row."""
        late = world.holds("messages") or "messages" in world.refused or world.offline
        return "a new page would have no messages" if late else None


class GoesToSession(ComesOnScreen):
    """The person names the session, and the directory under whose address it is shown."""

    server: str = "server"
    session: str = "long"
    directory: str = "root"

    @property
    def scope(self) -> SessionScope:
        """The session that comes on screen."""
        return SessionScope(server_key=self.server, session_id=self.session)

    @property
    def named(self) -> str:
        """The session, as it is told to a person."""
        where = "" if self.server == "server" else f" of the {self.server} server"
        return f"the {self.session} session{where}"

    def known_session(self, world: World) -> str | None:
        """The server has it."""
        named = f"{self.scope.session_id} on {self.scope.server_key}"
        return None if self._session(world) else f"there is no session {named}"

    def own_directory(self, world: World) -> str | None:
        """The session can be opened under the directory."""
        session = self._session(world)
        return not_its_own(session, self.directory) if session else None

    def _session(self, world: World) -> Session | None:
        return next((each for each in world.sessions if each.scope == self.scope), None)


class OpenSession(GoesToSession):
    """A cold load of a session under one directory's address."""

    name: Literal["open-session"] = "open-session"

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"open the {self.session} session at the address of {self.directory}"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return (
            f"In a new tab open {self.named} at its address under <{self.directory}>; "
            "it opens at its latest message."
        )

    def clauses(self) -> tuple[Clause, ...]:
        """The session exists, the directory is one of its own, and nothing is lost."""
        return (self.known_session, self.own_directory, self.clicks_answered, self.messages_come)

    def effect(self, world: World) -> World:
        """The session is on screen, read at the bottom; a new page has loaded nothing yet."""
        return loaded_anew(world, self.scope, self.directory)


class Reload(ComesOnScreen):
    """The person loads the page again."""

    name: Literal["reload"] = "reload"

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return "reload the page"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return "Reload the page."

    def clauses(self) -> tuple[Clause, ...]:
        """Something is on screen, and nothing is lost."""
        return (self.on_screen, self.clicks_answered, self.messages_come)

    def effect(self, world: World) -> World:
        """The same session under the same address; a new page has loaded nothing yet."""
        if world.view is None:
            return world
        return loaded_anew(world, world.view.session, world.view.address)


class ShowSession(GoesToSession):
    """The person goes to a session by a link in the page, on any server."""

    name: Literal["show-session"] = "show-session"

    @property
    def title(self) -> str:
        """The action in words for a person."""
        where = "" if self.server == "server" else f" of {self.server}"
        return f"go to the {self.session} session{where} under {self.directory}"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return (
            f"Go to {self.named} under <{self.directory}> by a link in the page, without a reload."
        )

    def clauses(self) -> tuple[Clause, ...]:
        """The session exists, is another one, and the directory is one of its own."""
        return (self.on_screen, self.another_session, self.known_session, self.own_directory)

    def another_session(self, world: World) -> str | None:
        """It is not on screen."""
        same = world.view is not None and world.view.session == self.scope
        return f"{self.session} is on screen" if same else None

    def effect(self, world: World) -> World:
        """It is on screen, read at the bottom; what waits in it and may leave is sent."""
        return flushed(world.seen_from(self.scope, self.directory, "bottom"))


def loaded_anew(world: World, scope: SessionScope, address: str) -> World:
    """The world with a new page on a session: nothing has arrived, no answer is awaited."""
    gone = dict.fromkeys(("arrived", "asked", "in_flight", "complaints"), ())
    blank = world.model_copy(update={**gone, "view": None, "unheard": 0})
    return flushed(blank.seen_from(scope, address, "bottom"))


class ReadHistory(Action):
    """The person wheels up until `rows` rows are rendered and reads in the midst of them."""

    name: Literal["read-history"] = "read-history"
    rows: int = Field(default=30, ge=1)

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"wheel up until {self.rows} rows are rendered, and read there"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return (
            f"Scroll up with the wheel until at least {self.rows} messages are loaded, stop in the "
            "midst of them, and note the message at the top of the view."
        )

    @property
    def moves_reader(self) -> bool:
        """It is what the action is for."""
        return True

    def clauses(self) -> tuple[Clause, ...]:
        """There must be that many messages, and the page must have them."""
        return (self.on_screen, self.long_enough, self.messages_there)

    def long_enough(self, world: World) -> str | None:
        """The session has the messages."""
        has = world.on_screen.messages if world.on_screen else 0
        return None if has >= self.rows else f"the session has {has} messages, not {self.rows}"

    def messages_there(self, world: World) -> str | None:
        """They have come."""
        return None if world.readiness.cache else "the session's messages are not there to be read"

    def effect(self, world: World) -> World:
        """The reader is in history."""
        return world.with_reader("history")


class ReadLatest(Action):
    """The person goes down to the latest message."""

    name: Literal["read-latest"] = "read-latest"

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return "scroll down to the latest message"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return "Scroll down to the latest message."

    @property
    def moves_reader(self) -> bool:
        """It is what the action is for."""
        return True

    def effect(self, world: World) -> World:
        """The reader is at the bottom."""
        return world.with_reader("bottom")


class OpenAddress(Action):
    """The page's address becomes that of the same session under another directory, warm."""

    name: Literal["open-address"] = "open-address"
    directory: str
    how: Literal["link", "back", "forward"] = "link"

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"go to the session's address under {self.directory} ({self.how})"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        there = f"the same session's address under <{self.directory}>"
        if self.how == "link":
            return f"Follow a link in the page to {there}, without a reload."
        return f"Press the browser's {self.how.capitalize()} button, which leads to {there}."

    def clauses(self) -> tuple[Clause, ...]:
        """The directory is one of the session's own."""
        return (self.on_screen, self.own_directory)

    def own_directory(self, world: World) -> str | None:
        """The session can be opened under it."""
        return not_its_own(world.on_screen, self.directory) if world.on_screen else None

    def effect(self, world: World) -> World:
        """Another address; where the agent works does not change, nor does the reader."""
        if world.view is None:
            return world
        view = world.view.model_copy(update={"address": self.directory})
        return world.model_copy(update={"view": view})


class ChooseModel(Action):
    """The person picks the model for the directory in which the session works now."""

    name: Literal["choose-model"] = "choose-model"
    model: str = Field(pattern=r"^[^/]+/.+$")  # "provider/model"

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"choose the model {self.model}"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return f"In the model menu choose “{self.model}” for the directory the session works in."

    def clauses(self) -> tuple[Clause, ...]:
        """The directory's models are there to choose from."""
        return (self.on_screen, self.models_there)

    def models_there(self, world: World) -> str | None:
        """The model chosen for the directory has been looked up."""
        return None if world.readiness.local_model else "the models are not there yet"

    def effect(self, world: World) -> World:
        """The choice belongs to the directory, whatever session is on screen; or to the session."""
        if world.view is None:
            return world
        chooser = world.chooser(world.view.session, world.view.execution)
        choices = {**dict(world.choices), chooser: self.model}
        return world.model_copy(update={"choices": tuple(choices.items())})
