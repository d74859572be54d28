"""Prompts on their way: typed by the person, sent by another client, scripted for the agent."""

from collections.abc import Callable

from fixtures.agent import Agent
from harness.actions import EnterWorktree, ExitWorktree, FinishTurn, OthersWork, SendPrompt
from harness.errors import UsageError
from harness.targets.family.effects import hold_of
from harness.targets.family.server import Server
from harness.targets.person import Person
from harness.targets.protocol import Deed


class Saying:
    """Performs what makes the agent work.

    Args:
        server: answers with a server by the plan's word.
        agent: answers the prompts.
        person: the person at the page of a deed.
        heard: waits until the page has heard that a session was moved.
    """

    def __init__(
        self,
        server: Callable[[str], Server],
        agent: Agent,
        person: Callable[[Deed], Person],
        heard: Callable[[Deed], None],
    ) -> None:
        self._server = server
        self._agent = agent
        self._person = person
        self._heard = heard

    def perform(self, deed: Deed) -> None:
        """Do the action.

        Raises:
            StuckError: it sends a prompt, and the agent is still busy with the one before.
        """
        match deed.action:
            case EnterWorktree() | ExitWorktree():
                self._change_directory(deed, deed.action)
            case SendPrompt():
                self._send(deed, deed.action)
            case FinishTurn() if deed.before.running:
                self._agent.release(hold_of(deed.before.running))
            case OthersWork():
                self._prompt_over_http(deed)
            case _:
                return

    def _change_directory(self, deed: Deed, action: EnterWorktree | ExitWorktree) -> None:
        view = deed.after.view
        if view is None:
            raise UsageError("a session can be moved only while one is on screen")
        if action.by == "move":
            server = self._server(view.session.server_key)
            session = deed.names.session(view.session)
            there = deed.names.directory(view.execution.directory)
            server.api.move(session, server.project, there)
            if action.via == "rename":
                server.api.rename(session, there, action.text)
        if action.via == "composer":
            self._ensure_answered(deed)
            if action.by == "move":
                self._heard(deed)
            self._person(deed).submit(action.text)
        self._prompt_over_http(deed)

    def _send(self, deed: Deed, action: SendPrompt) -> None:
        view = deed.before.view
        if view is None:
            raise UsageError("a prompt can be sent only while a session is on screen")
        if not deed.before.busy(view.session):
            self._ensure_answered(deed)
        if action.via == "composer":
            typed = action.said.typed
            person = self._person(deed)
            written = deed.before.draft(view.session) == typed and person.reads(typed)
            if action.to_shell and not written:
                person.submit_to_shell(action.text)
            else:
                person.submit(None if written else typed)
        self._prompt_over_http(deed)

    def _prompt_over_http(self, deed: Deed) -> None:
        for sent in deed.sends:
            if sent.via == "api":
                server = self._server(sent.session.server_key)
                where = deed.names.directory(sent.execution.directory)
                server.api.prompt(deed.names.session(sent.session), where, sent.text)

    def _ensure_answered(self, deed: Deed) -> None:
        if view := deed.after.view:
            turns = self._server(view.session.server_key).turns
            turns.ensure_answered(deed.names.session(view.session))
