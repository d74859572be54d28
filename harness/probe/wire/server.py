"""The port that stands before one server."""

import asyncio

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, web
from aiohttp.web_protocol import RequestHandler

from harness.probe.wire.intake import Route, asks_for_websocket, take_in
from harness.probe.wire.passage import Passage
from harness.probe.wire.websocket import WebsocketPassage

_LONGEST_LINE = 64 * 1024  # of a request line or a header, in bytes
# Shorter than any server keeps an idle connection, so that no request meets one just closing.
_IDLE_SECONDS = 1.0
_CONNECT_SECONDS = 10.0


class Gate(web.Server):
    """Serves one loopback port by asking the server behind it."""

    def __init__(self, route: Route, session: ClientSession) -> None:
        super().__init__(
            self._pass,
            handler_cancellation=True,  # how a passage learns that the browser has gone
            auto_decompress=False,
            access_log=None,
            max_line_size=_LONGEST_LINE,
            max_field_size=_LONGEST_LINE,
        )
        self.route = route
        self._session = session
        self._transports: dict[RequestHandler, asyncio.Transport] = {}
        self._passages: dict[int, Passage] = {}
        self._listener: asyncio.Server | None = None

    async def listen(self) -> str:
        """Open a free loopback port; returns its address."""
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(self, "127.0.0.1", 0)
        port = self._listener.sockets[0].getsockname()[1]
        self.route.origins.wire = f"http://127.0.0.1:{port}"
        return self.route.origins.wire

    async def stop(self) -> None:
        """Close the port and end every connection at once."""
        if self._listener is not None:
            self._listener.close()
        for exchange_id in tuple(self._passages):
            self.cut(exchange_id)
        for transport in tuple(self._transports.values()):
            transport.abort()
        while self.connections or self._transports:  # noqa: ASYNC110 # aiohttp tells nobody when
            await asyncio.sleep(0)

    def cut(self, exchange_id: int) -> bool:
        """Abort the connection that carries an exchange; False if it is not under way here."""
        passage = self._passages.get(exchange_id)
        if passage is None:
            return False
        self.route.log.end(exchange_id, "cut")
        if passage.request.transport is not None:
            passage.request.transport.abort()
        return True

    def connection_made(self, handler: RequestHandler, transport: asyncio.Transport) -> None:
        """Remember the connection: stopping aborts even one that is closing slowly."""
        super().connection_made(handler, transport)
        self._transports[handler] = transport

    def connection_lost(self, handler: RequestHandler, exc: BaseException | None = None) -> None:
        """Forget the connection."""
        super().connection_lost(handler, exc)
        self._transports.pop(handler, None)

    async def _pass(self, request: web.BaseRequest) -> web.StreamResponse:
        kind = WebsocketPassage if asks_for_websocket(request) else Passage
        passage = kind(self.route, request, await take_in(self.route, request))
        self._passages[passage.id] = passage
        try:
            return await passage.carry(self._session)
        finally:
            del self._passages[passage.id]


def open_session() -> ClientSession:
    """The client side: passes everything as it is and keeps nothing in mind.

    Must be called in the loop.
    """
    return ClientSession(
        connector=TCPConnector(limit=0, keepalive_timeout=_IDLE_SECONDS),
        cookie_jar=DummyCookieJar(),
        auto_decompress=False,
        skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        timeout=ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS),
        max_line_size=_LONGEST_LINE,
        max_field_size=_LONGEST_LINE,
    )
