"""Reads where a request or an event says it belongs."""

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol, cast
from urllib.parse import parse_qs, unquote

from pydantic import JsonValue

from harness.observations import RequestScope, ServerEvent
from harness.probe.wire.events import SseMessage

_SESSION_PATH = re.compile(r"(?:/api)?/session/([^/]+)")
_MAYBE_HALF_A_PAIR = re.compile(r"\\u[dD][89a-fA-F]")
STATUS = "session.status"
_NO_SESSION = frozenset({"status"})  # words of the API that stand where a session id would


class RequestHead(NamedTuple):
    """What is known of a request before it goes on: `path` and `query` as sent, still encoded."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]  # names compare without regard to case
    body: str  # of a JSON request, at most 64 KiB of it; "" otherwise


class ScopeReader(Protocol):
    """How an app's requests and events tell their scope; replace it for another family."""

    def request(self, server_key: str, head: RequestHead) -> RequestScope:
        """The scope of a request."""
        ...

    def event(self, t: float, stream: RequestScope, message: SseMessage) -> ServerEvent:
        """The event as it is logged; `stream` is the scope of the request that opened the stream.

        `t` is the time of passing in epoch milliseconds.
        """
        ...


class OpencodeScopes:
    """The opencode family.

    Directory: header `x-opencode-directory` (percent-encoded), else query `directory`, else JSON
    body `directory`. Session: path `/session/{id}/...`, else query or JSON body `sessionID`.
    Events: `{directory, payload: {type, properties}}` or plain `{type, properties}`; what the
    event does not say of its directory, the stream's request says.
    """

    def request(self, server_key: str, head: RequestHead) -> RequestScope:
        """Read header, query, path and body, in the order above."""
        query = parse_qs(head.query)
        body = _object(head.body)
        header = head.headers.get("x-opencode-directory")
        directory = (
            unquote(header.encode("utf-8", "replace")) if header else _first(query, "directory")
        )
        session = _session_in_path(head.path) or _first(query, "sessionID")
        return RequestScope(
            server_key=server_key,
            directory=directory or _text(body, "directory"),
            session_id=session or _text(body, "sessionID"),
        )

    def event(self, t: float, stream: RequestScope, message: SseMessage) -> ServerEvent:
        """Read type, directory, session and status; `data` stays whole, parsed or as plain text."""
        envelope = _object(message.data)
        payload = _child(envelope, "payload") or envelope
        kind = _text(payload, "type")
        properties = _child(payload, "properties")
        scope = RequestScope(
            server_key=stream.server_key,
            directory=_text(envelope, "directory") or stream.directory,
            session_id=_event_session(kind or "", properties),
        )
        data = cast("JsonValue", envelope) if envelope else message.data
        status = _text(_child(properties, "status"), "type") if kind == STATUS else None
        return ServerEvent(
            t=t,
            scope=scope,
            type=kind or message.event,
            data=data,
            busy=None if status is None else status != "idle",
        )


def _session_in_path(path: str) -> str | None:
    found = _SESSION_PATH.match(path)
    if found is None or found[1] in _NO_SESSION:
        return None
    return unquote(found[1])


def _event_session(kind: str, properties: Mapping[str, Any]) -> str | None:
    info = _child(properties, "info")
    # `info.id` is a session's only where the event is about sessions; a message has its own id.
    own = _text(info, "id") if kind.startswith("session.") else None
    return (
        _text(properties, "sessionID")
        or _text(_child(properties, "part"), "sessionID")
        or _text(info, "sessionID")
        or own
    )


def _object(text: str) -> Mapping[str, Any]:
    if not text.lstrip().startswith("{"):
        return {}
    try:
        value: Any = json.loads(text)
        if _MAYBE_HALF_A_PAIR.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):  # half a surrogate pair is no text: no log could hold it
        return {}
    return cast("Mapping[str, Any]", value)


def _child(parent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = parent.get(name)
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def _text(parent: Mapping[str, Any], name: str) -> str | None:
    value = parent.get(name)
    return value if isinstance(value, str) and value else None


def _first(query: Mapping[str, list[str]], name: str) -> str | None:
    return next(iter(query.get(name, [])), None)
