"""Event streams, websockets, and browsers that leave."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from socket import create_connection, socket

import aiohttp
import httpx
import pytest

from fixtures.upstream import Rig, rigged
from harness.probe.wire import View


@pytest.fixture(name="rig")
def _rig() -> Iterator[Rig]:
    with rigged() as rig:
        yield rig


def event(kind: str, **properties: object) -> bytes:
    return f"data: {json.dumps({'type': kind, 'properties': properties})}\r\n\r\n".encode()


def ended(view: View) -> bool:
    return any(exchange.outcome != "open" for exchange in view.exchanges)


def test_events_pass_one_by_one_unchanged_and_are_logged(rig: Rig) -> None:
    url = f"{rig.base}/events?directory=/d"
    with httpx.stream("GET", url, trust_env=False) as response:
        assert rig.wire.exchanges[0].streaming
        pieces = response.iter_raw()
        for number in range(3):
            rig.upstream.push(event("tick", sessionID=f"s{number}"))
            assert next(pieces) == event("tick", sessionID=f"s{number}")
        rig.upstream.push(b": beat\n")
        assert next(pieces) == b": beat\n"
        rig.upstream.push(b"data: torn")
        rig.upstream.push(None)
        assert list(pieces) == [b"data: torn"]
    events = rig.wire.events
    assert [event.type for event in events] == ["tick"] * 3
    assert [event.scope.session_id for event in events] == ["s0", "s1", "s2"]
    assert {event.scope.directory for event in events} == {"/d"}
    assert rig.wire.wait_for(ended, 10)
    assert rig.wire.exchanges[0].outcome == "done"


def test_browser_that_leaves_a_stream_leaves_the_server_too(rig: Rig) -> None:
    with httpx.stream("GET", f"{rig.base}/events", trust_env=False):
        pass
    assert rig.wire.wait_for(ended, 10)
    assert rig.wire.exchanges[0].outcome == "abandoned"
    assert rig.upstream.left.wait(10)


def test_cut_streams_cuts_those_of_one_server(rig: Rig) -> None:
    other = rig.wire.attach("other", rig.upstream.url)
    with (
        httpx.stream("GET", f"{rig.base}/events", trust_env=False) as mine,
        httpx.stream("GET", f"{other}/events", trust_env=False) as theirs,
    ):
        assert rig.wire.cut_streams("other") == 1
        assert [exchange.outcome for exchange in rig.wire.exchanges] == ["open", "cut"]
        with pytest.raises(httpx.HTTPError):
            theirs.read()
        assert rig.wire.cut_streams() == 1
        with pytest.raises(httpx.HTTPError):
            mine.read()
    assert rig.wire.cut_streams() == 0


def test_websocket_passes_text_bytes_protocol_and_close(rig: Rig) -> None:
    async def talk() -> tuple[str | None, str, bytes, int | None]:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{rig.base}/socket", protocols=["other", "chat"]) as socket,
        ):
            await socket.send_str("hello")
            text = await socket.receive_str()
            await socket.send_bytes(b"\0\xff")
            data = await socket.receive_bytes()
            await socket.send_str("close")
            await socket.receive()
            return socket.protocol, text, data, socket.close_code

    assert rig.loop.run(talk(), 10) == ("chat", "chat: hello", b"\0\xff", 4001)
    assert rig.wire.wait_for(ended, 10)
    (exchange,) = rig.wire.exchanges
    assert (exchange.status, exchange.streaming, exchange.outcome) == (101, True, "done")


@pytest.mark.parametrize(
    ("path", "ask", "outcome"),
    [("/socket", "die", "failed"), ("/socket", None, "done"), ("/any", None, "failed")],
)
def test_websocket_ends(rig: Rig, path: str, ask: str | None, outcome: str) -> None:
    async def talk() -> int | None:
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.ws_connect(f"{rig.base}{path}") as socket,
            ):
                if ask:
                    await socket.send_str(ask)
                    await socket.receive()
                else:
                    await socket.close(code=4002)
                return None
        except aiohttp.WSServerHandshakeError as refusal:
            return refusal.status

    assert rig.loop.run(talk(), 10) == (200 if path == "/any" else None)
    assert rig.wire.wait_for(ended, 10)
    assert rig.wire.exchanges[0].outcome == outcome


def test_browser_that_drops_a_websocket_abandons_it(rig: Rig) -> None:
    async def drop() -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{rig.base}/socket") as socket,
        ):
            await socket.send_str("here")
            await socket.receive()
            connection = socket._response.connection  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] # no public way to drop it
            assert connection is not None
            assert connection.transport is not None
            connection.transport.abort()

    rig.loop.run(drop(), 10)
    assert rig.wire.wait_for(ended, 10)
    assert rig.wire.exchanges[0].outcome == "abandoned"


UPGRADE = (
    b"GET /socket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
)
KINDS = {
    "idle": b"GET /any HTTP/1.1\r\nHost: x\r\n\r\n",
    "stream": b"GET /events HTTP/1.1\r\nHost: x\r\n\r\n",
    "socket": UPGRADE,
    "held": b"GET /held HTTP/1.1\r\nHost: x\r\n\r\n",
    "torn": b"POST /any HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",
    "silent": b"",
}


def read_to(last: bytes, connection: socket) -> None:
    received = b""
    while not received.endswith(last):
        received += connection.recv(1000)


def test_stop_ends_every_kind_of_connection_at_once(rig: Rig) -> None:
    rig.wire.hold("/held")
    port = int(rig.base.rpartition(":")[2])
    with ExitStack() as stack:
        sockets = {
            kind: stack.enter_context(create_connection(("127.0.0.1", port), timeout=10))
            for kind in KINDS
        }
        for kind, start in KINDS.items():
            sockets[kind].sendall(start)
        for kind, last in {"idle": b"\nok", "stream": b"\r\n\r\n", "socket": b"\r\n\r\n"}.items():
            read_to(last, sockets[kind])
        assert rig.wire.wait_for(lambda view: len(view.exchanges) == 5, 10)
        rig.wire.stop()
        for connection in sockets.values():
            with suppress(ConnectionResetError):
                assert connection.recv(1000) == b""
        outcomes = {exchange.path: exchange.outcome for exchange in rig.wire.exchanges}
        assert outcomes["/events"] == outcomes["/socket"] == outcomes["/held"] == "cut"
        with pytest.raises(ConnectionRefusedError):
            create_connection(("127.0.0.1", port), timeout=10)


def test_stop_ends_a_connection_whose_browser_does_not_read(rig: Rig) -> None:
    port = int(rig.base.rpartition(":")[2])
    with create_connection(("127.0.0.1", port), timeout=10) as browser:
        browser.sendall(b"GET /trickle HTTP/1.1\r\nHost: x\r\n\r\n")
        rig.upstream.push(b"x" * 16 * 1024 * 1024)
        assert browser.recv(1)
        rig.wire.stop()
