"""Bodies on their way: whole where the log wants to read them, else piece by piece."""

from collections.abc import AsyncIterator

from aiohttp import ClientResponse, web

from harness.probe.wire.rules import RewriteRule

KEPT = 64 * 1024  # bytes of a JSON request body that are logged

Piece = AsyncIterator[bytes]


async def read_json_start(request: web.BaseRequest) -> bytes:
    """What is known of a JSON body before it goes on: all of it, or at least `KEPT` bytes."""
    start = b""
    if _is_json(request):
        while len(start) < KEPT and (piece := await request.content.readany()):
            start += piece
    return start


def onward(request: web.BaseRequest, start: bytes) -> bytes | Piece | None:
    """The request's body for the server, of which `start` has been read."""
    if not request.body_exists:
        return None
    return start if request.content.at_eof() else _pieces(request, start)


async def rewritten(upstream: ClientResponse, rules: list[RewriteRule]) -> bytes:
    """The served body after the rules; as it was, with errors on the rules, if it is no text."""
    body = await upstream.read()
    coding = upstream.headers.get("Content-Encoding", "identity")
    problem = None if upstream.status == 200 else f"served with status {upstream.status}"  # noqa: PLR2004 # OK
    if coding != "identity":
        problem = f"served with content-encoding {coding}, though asked not to"
    if problem is not None:
        for rule in rules:
            rule.fail(problem)
        return body
    text = body.decode("utf-8", "surrogateescape")
    for rule in rules:
        text = rule.rewrite(text)
    return text.encode("utf-8", "surrogateescape")


async def _pieces(request: web.BaseRequest, start: bytes) -> Piece:
    if start:
        yield start
    async for piece in request.content.iter_any():
        yield piece


def _is_json(request: web.BaseRequest) -> bool:
    kind = request.content_type
    plain = "Content-Encoding" not in request.headers
    return plain and (kind == "application/json" or kind.endswith("+json"))
