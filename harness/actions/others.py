"""What other people's agents do on the same server."""

from typing import Literal

from pydantic import Field

from harness.actions.base import Action
from harness.actions.delivery import cannot_send, made, sent
from harness.requests import Spoken
from harness.scopes import ExecutionScope, SessionScope
from harness.world import World


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

    def guard(self, world: World) -> str | None:
        """Their session is idle and not on screen, nor is their directory, which exists."""
        view = world.view
        if view is None:
            return super().guard(world)
        theirs = self._theirs(view.session.server_key)
        if theirs not in (session.scope for session in world.sessions):
            return f"there is no session {self.session}"
        if self.directory not in {file.directory for file in world.files}:
            return f"there is no directory {self.directory}"
        if self.directory in _of_other_servers(world, theirs.server_key):
            return f"{self.directory} is another server's"
        if theirs == view.session or self.directory == view.execution.directory:
            return "that is on screen"
        busy = world.session(theirs).busy
        return "their session is busy" if busy else cannot_send(world, self.text)

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
