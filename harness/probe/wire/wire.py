"""The wire as the harness steers it: from the main thread, without awaiting."""

from collections.abc import Callable
from typing import Self

from aiohttp import ClientSession
from yarl import URL

from harness.observations import Exchange, ServerEvent
from harness.probe.loop import LoopThread
from harness.probe.wire.headers import Origins
from harness.probe.wire.intake import Route
from harness.probe.wire.log import Limits, Log, Mark, View
from harness.probe.wire.scope_reader import OpencodeScopes, ScopeReader
from harness.probe.wire.server import Gate, open_session
from harness.probe.wire.steering import Steering

CONNECTIONS = 6  # that a browser opens to one server for pages of HTTP/1.1, streams among them
_AT_ONCE = 5.0  # seconds in which the loop must have done what takes it no time


class Wire(Steering):
    """A streaming reverse proxy between the browser and its servers, one loopback port each.

    All methods may be called from any thread but the loop's own. While one of them waits, the
    calling thread does nothing else: Playwright's sync API dispatches no page events meanwhile.
    """

    def __init__(
        self, loop: LoopThread, reader: ScopeReader | None = None, limits: Limits | None = None
    ) -> None:
        super().__init__(Log(limits or Limits()), loop)
        self._reader: ScopeReader = reader or OpencodeScopes()
        self._gates: dict[str, Gate] = {}
        self._session: ClientSession | None = None

    def attach(self, server_key: str, upstream_url: str, reader: ScopeReader | None = None) -> str:
        """Open a port before a server; returns the base URL for the browser, no slash at the end.

        Args:
            server_key: the plan's word for the server.
            upstream_url: where it answers.
            reader: how its requests tell their scope; None: as those of the wire.

        Raises:
            ValueError: the key is taken, or the URL is no http(s) origin.
        """
        if server_key in self._gates:
            raise ValueError(f"the wire has a server {server_key!r} already")
        upstream = URL(upstream_url)
        if upstream.scheme not in {"http", "https"} or upstream.raw_path_qs not in {"", "/"}:
            raise ValueError(f"not an address like http://127.0.0.1:4096: {upstream_url!r}")
        route = Route(server_key, Origins(upstream), self._log, self, reader or self._reader)
        return self._loop.run(self._listen(route), _AT_ONCE)

    def stop(self) -> None:
        """End every connection at once and close the ports."""
        if self._session is not None:
            self._loop.run(self._close(), _AT_ONCE)

    def mark(self) -> Mark:
        """This moment, to look back to later with `view`, `wait_for`."""
        return self._log.revision

    def view(self, since: Mark | None = None) -> View:
        """What started, changed or passed since a mark; without one, since the last drain."""
        return self._log.view(since)

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The exchanges that started or changed since the last drain, in order of starting."""
        return self.view().exchanges

    @property
    def events(self) -> tuple[ServerEvent, ...]:
        """The events that passed since the last drain, in order."""
        return self.view().events

    def drain(self) -> View:
        """What `view()` shows; the next drain begins here.

        An exchange belongs to the step in whose drain it appears first. It appears again, with
        the same id and in its latest state, in the drain of each later step in which it changed.
        """
        return self._log.drain()

    @property
    def lost(self) -> int:
        """How many exchanges and events the log had no room for before they were drained."""
        return self._log.lost

    def wait_for(
        self, predicate: Callable[[View], bool], timeout: float, since: Mark | None = None
    ) -> bool:
        """Wait until the view since a mark fulfils a predicate; False after `timeout` seconds."""
        return self._log.wait_until(lambda: predicate(self.view(since)), timeout)

    def quiet(self) -> tuple[str, ...]:
        """What moves: requests in flight as "GET /path", without streams and held ones."""
        return self._log.in_flight(held=False)

    def held(self) -> tuple[str, ...]:
        """The requests that rules hold now, as "GET /path"."""
        return self._log.in_flight(held=True)

    def crowded(self) -> tuple[str, ...]:
        """The servers to which the browser opens no further connection until one is free."""
        return tuple(key for key, count in self._log.open_to().items() if count >= CONNECTIONS)

    def wait_quiet(
        self, timeout: float, but: Callable[[str], bool] | None = None
    ) -> tuple[str, ...]:
        """Wait until nothing moves; what still does after `timeout` seconds.

        Args:
            timeout: seconds.
            but: says which requests in flight are no movement; None is none of them.
        """

        def moving() -> tuple[str, ...]:
            return tuple(each for each in self.quiet() if but is None or not but(each))

        self._log.wait_until(lambda: not moving(), timeout)
        return moving()

    def cut_streams(self, server_key: str | None = None) -> int:
        """Abort the open event streams and websockets, of one server or of all; returns how many.

        They stand as cut in the log when this returns.
        """
        return self._loop.run(self._cut(self._log.open_streams(server_key)), _AT_ONCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    async def _listen(self, route: Route) -> str:
        if self._session is None:
            self._session = open_session()
        gate = Gate(route, self._session)
        base = await gate.listen()
        self._gates[route.key] = gate
        return base

    async def _cut(self, exchange_ids: tuple[int, ...]) -> int:
        gates = self._gates.values()
        return sum(gate.cut(exchange_id) for exchange_id in exchange_ids for gate in gates)

    async def _close(self) -> None:
        session, self._session = self._session, None
        for gate in self._gates.values():
            await gate.stop()
        self._gates.clear()
        if session is not None:
            await session.close()
