"""What is known of a request before it goes on."""

from typing import NamedTuple
from urllib.parse import parse_qsl

from aiohttp import web
from yarl import URL

from harness.observations import Exchange, RequestScope
from harness.probe.wire.bodies import KEPT, read_json_start
from harness.probe.wire.headers import Origins
from harness.probe.wire.log import Log, now
from harness.probe.wire.match import Subject
from harness.probe.wire.scope_reader import RequestHead, ScopeReader
from harness.probe.wire.steering import Steering


class Route(NamedTuple):
    """What the exchanges of one server have in common."""

    key: str
    origins: Origins
    log: Log
    steering: Steering
    reader: ScopeReader


class Intake(NamedTuple):
    """A request with its scope, as the rules and the log see it."""

    start: bytes  # of a JSON body: all of it, or as much as is logged
    head: RequestHead
    scope: RequestScope
    streaming: bool  # it asks for an event stream or a websocket

    @property
    def subject(self) -> Subject:
        """What rules match."""
        asks = "Access-Control-Request-Method" in self.head.headers
        return Subject(
            self.head.method,
            self.head.path,
            dict(parse_qsl(self.head.query, keep_blank_values=True)),
            self.scope,
            self.head.body,
            preflight=asks and self.head.method == "OPTIONS",
        )

    def exchange(self, exchange_id: int) -> Exchange:
        """What the log shows of it at first."""
        return Exchange(
            id=exchange_id,
            t_start=now(),
            method=self.head.method,
            path=self.head.path,
            query=self.head.query,
            scope=self.scope,
            body=self.head.body,
            streaming=self.streaming,
        )


async def take_in(route: Route, request: web.BaseRequest) -> Intake:
    """Read as much of the request as the log and the rules want to know."""
    if request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    start = await read_json_start(request)
    head = _head(request, start)
    return Intake(start, head, route.reader.request(route.key, head), _asks_for_stream(request))


def target(route: Route, request: web.BaseRequest) -> URL:
    """The address at the server, with path and query just as the browser sent them."""
    return URL(f"{route.origins.upstream}{request.rel_url.raw_path_qs}", encoded=True)


def asks_for_websocket(request: web.BaseRequest) -> bool:
    """Whether the browser wants a websocket."""
    return request.headers.get("Upgrade", "").lower() == "websocket"


def _asks_for_stream(request: web.BaseRequest) -> bool:
    accepts = request.headers.get("Accept", "")
    return asks_for_websocket(request) or "text/event-stream" in accepts


def _head(request: web.BaseRequest, start: bytes) -> RequestHead:
    url = request.rel_url
    body = start[:KEPT].decode("utf-8", "replace")
    path, query = _as_text(url.raw_path), _as_text(url.raw_query_string)
    return RequestHead(request.method, path, query, request.headers, body)


def _as_text(sent: str) -> str:
    # Bytes that are no UTF-8 come as lone surrogates, which no log could hold.
    return sent.encode("utf-8", "replace").decode()
