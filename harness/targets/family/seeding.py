"""What a plan starts from, made on the servers: sessions with messages, and worktrees."""

from collections.abc import Callable
from contextlib import suppress

from harness.errors import AppError
from harness.names import Names
from harness.plans import ROOTS, Other, Plan
from harness.targets.family.server import Server
from harness.targets.notes import note

READY_S = 20.0


class Seeding:
    """Makes it, plan after plan.

    Args:
        server: answers with a server by the plan's word; the page's own is "server".
        twin: makes a session on a server with an id that one of the page's own server has, and a
            title; None asks the server for it.
    """

    def __init__(
        self,
        server: Callable[[str], Server],
        twin: Callable[[Server, str, str], str] | None = None,
    ) -> None:
        self._server = server
        self._twin = twin or _created
        self._sessions: list[tuple[str, str]] = []  # the server's word and the id
        self._worktrees: list[str] = []
        self._plans = 0

    def prepare(self, plan: Plan) -> Names:
        """Make the sessions and worktrees of a plan, and tell what its words stand for.

        Raises:
            AppError: a server refuses, or does not get a worktree ready.
        """
        servers = {key: self._server(key) for key in plan.servers}
        self._plans += 1
        trees = {"worktree": "side", **{f"side-{n}": f"far-{n}" for n in range(1, plan.sides + 1)}}
        worktrees = {word: self._worktree(f"{name}-{self._plans}") for word, name in trees.items()}
        sessions = {"long": self._long(plan)}
        for other in plan.others:
            sessions[other.session] = self._other(other, sessions.get(other.session))
        roots = {ROOTS[key]: server.project for key, server in servers.items()}
        origins = {key: server.origin for key, server in servers.items()}
        return Names(sessions=sessions, directories={**roots, **worktrees}, servers=origins)

    def forget(self) -> None:
        """Remove what was made for the plans before: an app that lists it all gets slow.

        What cannot be removed stays; that server may be gone, or at work there.
        """
        for key, session in self._sessions:
            server = self._server(key)
            with suppress(AppError):
                server.api.delete_session(session, server.project)
        own = self._server("server")
        for worktree in self._worktrees:
            with suppress(AppError):
                own.api.remove_worktree(own.project, worktree)
        self._sessions.clear()
        self._worktrees.clear()

    def _worktree(self, name: str) -> str:
        server = self._server("server")
        worktree = server.api.make_worktree(server.project, name)
        self._worktrees.append(worktree)
        if not server.tap.wait_ready(worktree, READY_S):
            raise AppError(f"the app did not get its worktree ready in {READY_S:.0f} s: {worktree}")
        return worktree

    def _long(self, plan: Plan) -> str:
        server = self._server("server")
        session = self._session(server, plan.title)
        server.api.seed(session, server.project, [note(n) for n in range(1, plan.seeded + 1)])
        return session

    def _other(self, other: Other, known: str | None) -> str:
        """A session on any server; one that is known elsewhere gets the same id there."""
        server = self._server(other.server)
        whose = f"{other.session} of {other.server}"
        session = self._session(server, f"The {whose}", known)
        texts = [f"{whose}: {note(number)}" for number in range(1, other.seeded + 1)]
        server.api.seed(session, server.project, texts)
        return session

    def _session(self, server: Server, title: str, known: str | None = None) -> str:
        session = (
            self._twin(server, known, title)
            if known
            else server.api.create_session(server.project, title)
        )
        self._sessions.append((server.key, session))
        return session


def _created(server: Server, session: str, title: str) -> str:
    return server.api.create_session(server.project, title, session)
