"""What other people's agents do on the same server."""

from typing import Literal

from pydantic import Field

from harness.actions.base import Action, Clause
from harness.actions.delivery import blank, made, said_before, sent, undecided
from harness.requests import Spoken
from harness.scopes import ExecutionScope, SessionScope
from harness.world import Session, World


class OthersWork(Action):
    """Another client has an agent do a turn in a directory that is not on screen."""

    name: Literal["others-work"] = "others-work"
    session: str = "short"
    directory: str
    text: str = Field(min_length=1)
    reply: str = "Done over there."

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"somebody else's agent works in {self.directory}"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return (
            f"From another client, over HTTP, send “{self.text}” to the {self.session} session, to "
            f"run in <{self.directory}>, and wait for the answer; leave the page alone."
        )

    def clauses(self) -> tuple[Clause, ...]:
        """Their session is idle and not on screen, nor is their directory, which exists."""
        return (
            self.on_screen,
            self.known_session,
            self.known_directory,
            self.of_their_server,
            self.out_of_sight,
            self.idle,
            self.history_decided,
            self.has_words,
            self.new_words,
        )

    def known_session(self, world: World) -> str | None:
        """The server has it."""
        return None if self._session(world) else f"there is no session {self.session}"

    def known_directory(self, world: World) -> str | None:
        """There is one of that name."""
        there = self.directory in {file.directory for file in world.files}
        return None if there else f"there is no directory {self.directory}"

    def of_their_server(self, world: World) -> str | None:
        """It is not known for another server's alone."""
        session = self._session(world)
        others = session is not None and self.directory in _of_other_servers(
            world, session.scope.server_key
        )
        return f"{self.directory} is another server's" if others else None

    def out_of_sight(self, world: World) -> str | None:
        """Neither the session nor the directory is on screen."""
        view, session = world.view, self._session(world)
        if view is None or session is None:
            return None
        seen = session.scope == view.session or self.directory == view.execution.directory
        return "that is on screen" if seen else None

    def idle(self, world: World) -> str | None:
        """No agent is at work in their session."""
        session = self._session(world)
        return "their session is busy" if session and session.busy else None

    def history_decided(self, world: World) -> str | None:
        """Page and server agree on what is taken back there, which a prompt strikes for good."""
        session = self._session(world)
        return undecided(world, session.scope) if session else None

    def has_words(self, _: World) -> str | None:
        """White space alone is nothing to send."""
        return blank(self.text)

    def new_words(self, world: World) -> str | None:
        """No earlier prompt has them."""
        return said_before(world, self.text)

    def _session(self, world: World) -> Session | None:
        theirs = self._theirs(world.view.session.server_key) if world.view else None
        return next((each for each in world.sessions if each.scope == theirs), None)

    def effect(self, world: World) -> World:
        """Their session has two messages more; nothing on screen changes.

        A page that prepares a directory in which something happens has its lists from then on.
        """
        if world.view is None:
            return world
        server = world.view.session.server_key
        where = ExecutionScope(server_key=server, directory=self.directory, epoch=0)
        said = Spoken(text=self.text, reply=self.reply)
        prompt = made(world, said, "api", self._theirs(server), where)
        return sent(world, prompt).preparing(where)

    def _theirs(self, server: str) -> SessionScope:
        return SessionScope(server_key=server, session_id=self.session)


def _of_other_servers(world: World, server: str) -> set[str]:
    """The directories of which only sessions of other servers are known to work in them."""
    ours: set[str] = set()
    others: set[str] = set()
    for session in world.sessions:
        known = ours if session.scope.server_key == server else others
        known.update((session.owner, *session.worktrees))
    return others - ours
