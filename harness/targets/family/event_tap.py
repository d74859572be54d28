"""The harness's own ear on a server's events: it knows when a turn is over without the page."""

import asyncio
import contextlib
import threading
from collections.abc import Callable

import aiohttp

from harness.errors import AppError
from harness.observations import RequestScope
from harness.probe.loop import LoopThread
from harness.probe.wire.events import EventSplitter, SseMessage
from harness.probe.wire.scope_reader import OpencodeScopes
from harness.targets.family.wire_format import failure_in

CONNECT_S = 10.0


class EventTap:
    """Follows `GET /global/event` of one server and counts the ends of turns by session.

    It also knows which worktrees can be used, and of which sessions a turn came to nothing.

    Raises:
        AppError: the server does not open the event stream in time.
    """

    def __init__(self, loop: LoopThread, base_url: str, path: str = "/global/event") -> None:
        self._loop = loop
        self._url = base_url + path
        self._scopes = OpencodeScopes()
        self._idle: dict[str, int] = {}
        self._ready: set[str] = set()
        self._failing: dict[str, str] = {}
        self._over = False
        self._changed = threading.Condition()
        self._open = threading.Event()
        self._task = loop.run(self._begin())
        if not self._open.wait(CONNECT_S):
            self.close()
            raise AppError(f"the app did not open its event stream at {path}")

    def ended(self, session: str) -> int:
        """How many turns of the session have ended so far."""
        with self._changed:
            return self._idle.get(session, 0)

    def wait_ended(self, session: str, more_than: int, timeout_s: float) -> bool:
        """Wait until more than `more_than` turns of the session have ended.

        Raises:
            AppError: they have not, and the server has closed its event stream.
        """
        return self._wait(lambda: self._idle.get(session, 0) > more_than, timeout_s)

    def wait_over_or_failing(self, session: str, more_than: int, timeout_s: float) -> bool:
        """The same, or until the server says that its model does not answer."""
        return self._wait(
            lambda: session in self._failing or self._idle.get(session, 0) > more_than, timeout_s
        )

    def failing(self, session: str) -> str:
        """What the server says of a turn whose model does not answer; empty while it answers."""
        with self._changed:
            return self._failing.get(session, "")

    def wait_ready(self, worktree: str, timeout_s: float) -> bool:
        """Wait until a worktree can be worked in; it cannot yet when the server names it.

        Raises:
            AppError: it cannot, and the server has closed its event stream.
        """
        return self._wait(lambda: worktree in self._ready, timeout_s)

    def close(self) -> None:
        """Hang up."""
        self._loop.run(self._end())

    def _wait(self, told: Callable[[], bool], timeout_s: float) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._over or told(), timeout_s)
            if self._over and not told():
                raise AppError(f"the app closed its event stream at {self._url}")
            return told()

    async def _begin(self) -> "asyncio.Task[None]":
        return asyncio.create_task(self._follow())

    async def _end(self) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _follow(self) -> None:
        await self._listen()
        with self._changed:
            self._over = True
            self._changed.notify_all()

    async def _listen(self) -> None:
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S)
        with contextlib.suppress(aiohttp.ClientError):
            async with (
                aiohttp.ClientSession(timeout=timeout) as http,
                http.get(self._url, headers={"accept": "text/event-stream"}) as answer,
            ):
                self._open.set()
                splitter = EventSplitter()
                async for chunk in answer.content.iter_any():
                    for block in splitter.feed(chunk):
                        self._hear(block.message)

    def _hear(self, message: SseMessage | None) -> None:
        if message is None:
            return
        event = self._scopes.event(0.0, RequestScope(server_key=""), message)
        session, directory = event.scope.session_id, event.scope.directory
        with self._changed:
            if event.type == "session.idle" and session:
                self._idle[session] = self._idle.get(session, 0) + 1
            if session and (said := failure_in(event.type, event.data)):
                self._failing[session] = said
            if event.type == "worktree.ready" and directory:
                self._ready.add(directory)
            self._changed.notify_all()
