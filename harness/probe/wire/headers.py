"""Which headers go on, and as what.

A loopback server gets the browser's headers as they are, Host and Origin among them: both name
the wire, so an app that compares them finds them equal, one that allows loopback origins allows
them, and an address that the app builds from Host leads back through the wire. A server elsewhere
may serve by Host, so it gets its own name there, in Origin and in Referer, and what it allows by
that name is told to the browser as the wire's.
"""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address

from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

# RFC 9110, section 7.6.1, and those that older servers send
_HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
_CONDITIONS = ("If-None-Match", "If-Modified-Since", "If-Match", "If-Range", "Range")
_OF_THE_OLD_BODY = ("Content-Length", "Content-Digest", "Digest", "ETag", "Last-Modified")

Headers = CIMultiDict[str]


class Origins:
    """The two names of one server: its own, and the wire's for the browser."""

    def __init__(self, upstream: URL) -> None:
        self.upstream = str(upstream.origin())
        self.wire = ""  # known once the port is
        self.keeps_host = _is_loopback(upstream.host or "")

    def request_headers(self, headers: CIMultiDictProxy[str]) -> Headers:
        """What the server gets."""
        passed = end_to_end(headers)
        passed.popall("Expect", None)  # answered by the wire
        if not self.keeps_host:
            passed["Host"] = self.upstream.partition("://")[2]
            _rename(passed, ("Origin", "Referer"), self.wire, self.upstream)
        return passed

    def response_headers(self, headers: CIMultiDictProxy[str]) -> Headers:
        """What the browser gets."""
        passed = end_to_end(headers)
        _rename(passed, ("Location", "Content-Location"), self.upstream, self.wire)
        if not self.keeps_host:
            _rename(passed, ("Access-Control-Allow-Origin",), self.upstream, self.wire)
        return passed


def end_to_end(headers: CIMultiDictProxy[str]) -> Headers:
    """All but the headers that are about one connection."""
    named = ",".join(headers.getall("Connection", ())).lower().split(",")
    dropped = _HOP_BY_HOP.union(name.strip() for name in named)
    return CIMultiDict((k, v) for k, v in headers.items() if k.lower() not in dropped)


def ask_for_plain(headers: Headers) -> None:
    """Ask for the whole body as it is, since it will be rewritten."""
    for name in _CONDITIONS:
        headers.popall(name, None)
    headers["Accept-Encoding"] = "identity"


def tell_of_new_body(headers: Headers) -> None:
    """Take back what was said of a body that has been rewritten, and keep it out of caches."""
    for name in _OF_THE_OLD_BODY:
        headers.popall(name, None)
    headers["Cache-Control"] = "no-store"


def own_answer(request: Mapping[str, str]) -> Headers:
    """Headers of a JSON answer by the wire itself, readable by a page of another origin."""
    headers: Headers = CIMultiDict({"Content-Type": "application/json"})
    origin = request.get("Origin")
    if origin:
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Allow-Credentials"] = "true"
        headers["Vary"] = "Origin"
    return headers


def _rename(headers: Headers, names: Iterable[str], old: str, new: str) -> None:
    for name in names:
        value = headers.get(name)
        if value is not None and (
            value == old or value.startswith(tuple(old + mark for mark in "/?#"))
        ):
            headers[name] = new + value.removeprefix(old)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
