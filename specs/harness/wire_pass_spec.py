import asyncio
import json
import socket
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import httpx
import pytest
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from fixtures.upstream import GZIPPED, SCRIPT, Rig, rigged
from harness.probe.loop import LoopThread
from harness.probe.wire import Wire
from harness.probe.wire.headers import Origins


@pytest.fixture(name="rig")
def _rig() -> Iterator[Rig]:
    with rigged() as rig:
        yield rig


@pytest.fixture(name="client")
def _client(rig: Rig) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=rig.base, trust_env=False, timeout=10) as client:
        yield client


@contextmanager
def raw_server(loop: LoopThread, answer: bytes) -> Generator[str]:
    """A server that sends the same bytes whatever it is asked."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async def stop() -> None:
        server.close()
        await server.wait_closed()

    server = loop.run(asyncio.start_server(serve, "127.0.0.1", 0))
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    loop.run(stop())


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "REPORT"])
def test_any_method_passes_with_its_body(rig: Rig, client: httpx.Client, method: str) -> None:
    response = client.request(method, "/any?x=1", content=b"\0body\xff")
    assert response.content == b"\0body\xff"
    assert (rig.upstream.seen[0].method, rig.upstream.seen[0].body) == (method, b"\0body\xff")


def test_path_and_query_arrive_as_they_were_sent(rig: Rig, client: httpx.Client) -> None:
    target = "/a%2Fb/%E6%BC%A2//c?directory=%2Ftmp%20x&y=a+b&flag"
    client.get(target)
    assert rig.upstream.seen[0].path == target


def test_browser_gets_the_servers_headers_and_no_others(rig: Rig) -> None:
    with raw_server(
        rig.loop, b"HTTP/1.1 200 Fine\r\nX-Odd: \xc3\xbc\r\nContent-Length: 2\r\n\r\nok"
    ) as url:
        response = httpx.get(rig.wire.attach("raw", url), trust_env=False)
    assert response.headers.raw == [(b"X-Odd", b"\xc3\xbc"), (b"Content-Length", b"2")]
    assert (response.reason_phrase, response.content) == ("Fine", b"ok")


def test_repeated_headers_and_reason_pass(client: httpx.Client) -> None:
    missing = client.get("/missing")
    assert (missing.status_code, missing.reason_phrase) == (404, "Not Here")
    assert client.get("/cookies").headers.get_list("set-cookie") == ["a=1", "b=2"]


def test_head_has_headers_and_no_body(client: httpx.Client) -> None:
    response = client.head("/app.js")
    assert response.headers["content-length"] == str(len(SCRIPT))
    assert response.content == b""


def test_compressed_body_is_untouched(client: httpx.Client) -> None:
    with client.stream("GET", "/gzip") as response:
        assert b"".join(response.iter_raw()) == GZIPPED


def test_compressed_request_is_untouched(rig: Rig, client: httpx.Client) -> None:
    headers = {"content-encoding": "gzip", "content-type": "application/json"}
    client.post("/any", content=GZIPPED, headers=headers)
    assert rig.upstream.seen[0].body == GZIPPED
    assert rig.settled()[0].body == ""


def test_connection_headers_end_at_the_wire(rig: Rig, client: httpx.Client) -> None:
    client.get("/any", headers={"Connection": "keep-alive, X-Hop", "X-Hop": "1", "X-End": "2"})
    assert "x-hop" not in rig.upstream.seen[0].headers
    assert rig.upstream.seen[0].headers["x-end"] == "2"


def test_loopback_server_gets_host_and_origin_of_the_wire(rig: Rig, client: httpx.Client) -> None:
    client.get("/any", headers={"Origin": rig.base})
    headers = rig.upstream.seen[0].headers
    assert f"http://{headers['host']}" == headers["origin"] == rig.base


def test_other_server_gets_its_own_name_and_allows_the_wires() -> None:
    origins = Origins(URL("https://app.example"))
    origins.wire = "http://127.0.0.1:1"
    sent = CIMultiDict(
        {"Host": "127.0.0.1:1", "Origin": origins.wire, "Referer": f"{origins.wire}/x"}
    )
    assert dict(origins.request_headers(CIMultiDictProxy(sent))) == {
        "Host": "app.example",
        "Origin": "https://app.example",
        "Referer": "https://app.example/x",
    }
    allowed = CIMultiDict({"Access-Control-Allow-Origin": "https://app.example"})
    given = origins.response_headers(CIMultiDictProxy(allowed))
    assert given["Access-Control-Allow-Origin"] == origins.wire


def test_redirect_to_the_server_leads_back_through_the_wire(rig: Rig, client: httpx.Client) -> None:
    def location(to: str) -> str:
        return client.get("/redirect", params={"to": to}).headers["location"]

    assert location(f"{rig.upstream.url}/next?a=1") == f"{rig.base}/next?a=1"
    assert location(f"{rig.upstream.url}0/next") == f"{rig.upstream.url}0/next"
    assert location("/relative") == "/relative"


def test_response_passes_piece_by_piece(rig: Rig, client: httpx.Client) -> None:
    with client.stream("GET", "/trickle") as response:
        pieces = response.iter_raw()
        for piece in (b"first", b"second"):
            rig.upstream.push(piece)
            assert next(pieces) == piece
        rig.upstream.push(None)
        assert list(pieces) == []


def test_request_passes_piece_by_piece(rig: Rig) -> None:
    host, port = rig.base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as browser:
        browser.sendall(b"PUT /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc")
        received = browser.makefile("rb")
        assert b"got 3;\r\n" in received  # reads on until this line comes
        browser.sendall(b"defghi")
        assert b"got 6;\r\n" in received


def test_large_json_goes_on_before_it_is_all_there(rig: Rig) -> None:
    host, port = rig.base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as browser:
        browser.sendall(b"PUT /upload HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n")
        browser.sendall(b"Content-Length: 70001\r\n\r\n" + b" " * 70_000)
        received = browser.makefile("rb")
        assert any(line.startswith(b"got ") for line in received)  # reads on until one comes
        browser.sendall(b"1")
        assert b"0\r\n" in received


def test_client_that_asks_before_its_body_is_told_to_continue(rig: Rig) -> None:
    host, port = rig.base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as browser:
        browser.sendall(
            b"PUT /any HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
        )
        assert browser.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        browser.sendall(b"ok")
        assert browser.recv(1000).startswith(b"HTTP/1.1 200 OK\r\n")


def test_large_bodies_pass_whole(rig: Rig, client: httpx.Client) -> None:
    body = json.dumps({"directory": "/d", "text": "ü" * 150_000}).encode()
    response = client.post("/any", content=body, headers={"Content-Type": "application/json"})
    assert response.content == body
    assert len(rig.settled()[0].body) == 64 * 1024


def test_exchange_is_logged_with_scope_body_and_times(rig: Rig, client: httpx.Client) -> None:
    headers = {"x-opencode-directory": "%2Fsrv%2Fa%20b"}
    client.post("/session/ses_1/prompt_async?x=1", json={"parts": []}, headers=headers)
    (exchange,) = rig.settled()
    assert (exchange.method, exchange.path) == ("POST", "/session/ses_1/prompt_async")
    assert (exchange.query, exchange.body) == ("x=1", '{"parts":[]}')
    assert (exchange.scope.session_id, exchange.scope.directory) == ("ses_1", "/srv/a b")
    assert (exchange.status, exchange.outcome, exchange.streaming) == (200, "done", False)
    assert exchange.t_response is not None
    assert exchange.t_end is not None
    assert exchange.t_start <= exchange.t_response <= exchange.t_end


def test_body_that_is_no_json_is_not_kept(rig: Rig, client: httpx.Client) -> None:
    client.post("/any", content=b"a=1", headers={"Content-Type": "text/plain"})
    assert rig.settled()[0].body == ""


def test_name_that_is_no_unicode_passes_without_a_scope(rig: Rig, client: httpx.Client) -> None:
    body = b'{"directory": "\\ud800"}'
    response = client.post("/any", content=body, headers={"Content-Type": "application/json"})
    assert response.content == body
    assert rig.settled()[0].scope.directory is None


def test_server_that_is_not_there_is_a_clear_502() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: nobody answers there
        upstream = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with LoopThread() as loop, Wire(loop) as wire:
            base = wire.attach("gone", upstream)
            response = httpx.get(base, headers={"Origin": "http://page"}, trust_env=False)
            assert response.status_code == 502
            assert upstream in response.json()["data"]["message"]
            assert response.headers["Access-Control-Allow-Origin"] == "http://page"
            assert wire.wait_quiet(10) == ()
            (exchange,) = wire.exchanges
            assert (exchange.status, exchange.outcome) == (502, "failed")


def test_response_that_breaks_off_breaks_off_for_the_browser(
    rig: Rig, client: httpx.Client
) -> None:
    with pytest.raises(httpx.HTTPError):
        client.get("/die")
    (exchange,) = rig.settled()
    assert (exchange.status, exchange.outcome) == (200, "failed")


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "http://127.0.0.1:1/base", "nonsense"])
def test_attach_refuses_what_is_no_origin(rig: Rig, url: str) -> None:
    with pytest.raises(ValueError, match="not an address like"):
        rig.wire.attach("other", url)


def test_attach_refuses_a_key_twice(rig: Rig) -> None:
    with pytest.raises(ValueError, match="already"):
        rig.wire.attach("main", rig.upstream.url)


def test_two_servers_have_two_ports_and_their_own_keys(rig: Rig) -> None:
    other = rig.wire.attach("other", rig.upstream.url)
    for base in (rig.base, other):
        httpx.get(f"{base}/any", trust_env=False)
    assert [exchange.scope.server_key for exchange in rig.settled()] == ["main", "other"]
