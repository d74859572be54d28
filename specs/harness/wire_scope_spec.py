import json
from collections.abc import Mapping
from urllib.parse import quote

import pytest

from harness.observations import RequestScope
from harness.probe.wire import Match, OpencodeScopes, RequestHead, SseMessage
from harness.probe.wire.match import Subject, to_match

AWKWARD = '/srv/a b%2F "ü" 漢'
NO_HEADERS: Mapping[str, str] = {}


def scope_of(
    path: str = "/command",
    query: str = "",
    headers: Mapping[str, str] = NO_HEADERS,
    body: object = None,
) -> tuple[str | None, str | None]:
    text = "" if body is None else json.dumps(body)
    scope = OpencodeScopes().request("main", RequestHead("GET", path, query, headers, text))
    assert scope.server_key == "main"
    return scope.session_id, scope.directory


def event_of(payload: object) -> tuple[str, str | None, str | None]:
    stream = RequestScope(server_key="main", directory="/stream")
    message = SseMessage("message", json.dumps(payload), None)
    event = OpencodeScopes().event(1.0, stream, message)
    assert event.data == payload
    return event.type, event.scope.session_id, event.scope.directory


def test_request_without_scope_has_none() -> None:
    assert scope_of() == (None, None)


def test_directory_from_header_query_and_body_in_that_order() -> None:
    header = {"x-opencode-directory": quote(AWKWARD)}
    query = f"directory={quote('/q')}"
    assert scope_of(query=query, headers=header, body={"directory": "/b"})[1] == AWKWARD
    assert scope_of(query=query, body={"directory": "/b"})[1] == "/q"
    assert scope_of(body={"directory": "/b"})[1] == "/b"


def test_session_from_path_query_and_body_in_that_order() -> None:
    assert scope_of("/session/ses_%2F1/message", "sessionID=q")[0] == "ses_/1"
    assert scope_of(query="sessionID=q", body={"sessionID": "b"})[0] == "q"
    assert scope_of(body={"sessionID": "b"})[0] == "b"


@pytest.mark.parametrize("path", ["/session", "/session/", "/session/status", "/src/session/a.js"])
def test_path_without_a_session(path: str) -> None:
    assert scope_of(path) == (None, None)


@pytest.mark.parametrize("body", [[1], "text", {"directory": 3, "sessionID": None}])
def test_body_of_another_shape_says_nothing(body: object) -> None:
    assert scope_of(body=body) == (None, None)


def test_cut_body_says_nothing() -> None:
    head = RequestHead("POST", "/x", "", {}, '{"directory": "/a", "rest')
    assert OpencodeScopes().request("main", head).directory is None


@pytest.mark.parametrize(
    ("kind", "properties", "session"),
    [
        ("session.status", {"sessionID": "s"}, "s"),
        ("session.updated", {"info": {"id": "s"}}, "s"),
        ("message.updated", {"info": {"id": "msg", "sessionID": "s"}}, "s"),
        ("message.updated", {"info": {"id": "msg"}}, None),
        ("message.part.updated", {"part": {"id": "p", "sessionID": "s"}}, "s"),
        ("vcs.branch.updated", {"branch": "b"}, None),
    ],
)
def test_session_of_an_event(kind: str, properties: object, session: str | None) -> None:
    plain = {"type": kind, "properties": properties}
    assert event_of(plain) == (kind, session, "/stream")
    assert event_of({"directory": "/d", "payload": plain}) == (kind, session, "/d")


def test_event_that_is_no_json_is_kept_as_text() -> None:
    stream = RequestScope(server_key="main")
    event = OpencodeScopes().event(1.0, stream, SseMessage("tick", "{not json", None))
    assert (event.type, event.data) == ("tick", "{not json")


SUBJECT = Subject(
    "POST",
    "/session/s1/message",
    {"directory": "/d", "limit": "3"},
    RequestScope(server_key="main", session_id="s1", directory="/d"),
    '{"text": "hello"}',
    event_type="session.idle",
)
FITTING = {
    "method": "post",
    "path": "/session/.*",
    "query": {"limit": "3"},
    "server_key": "main",
    "directory": "/d",
    "session_id": "s1",
    "body_contains": "hello",
    "event_type": r"session\..*",
}
UNFITTING = {
    "method": "GET",
    "path": "/session",
    "query": {"limit": "4"},
    "server_key": "other",
    "directory": "/d/",
    "session_id": "s",
    "body_contains": "bye",
    "event_type": "session",
}


def test_match_of_all_parts() -> None:
    assert Match.model_validate(FITTING).matches(SUBJECT)
    assert Match().matches(SUBJECT)


@pytest.mark.parametrize("part", sorted(UNFITTING))
def test_match_fails_by_any_part(part: str) -> None:
    assert not Match.model_validate({**FITTING, part: UNFITTING[part]}).matches(SUBJECT)


def test_match_by_short_form() -> None:
    assert to_match("POST /session/.*").matches(SUBJECT)
    assert to_match("/session/.*").matches(SUBJECT)
    assert not to_match("GET /session/.*").matches(SUBJECT)


def test_preflight_matches_only_by_its_method() -> None:
    preflight = Subject("OPTIONS", "/x", {}, RequestScope(server_key="main"), preflight=True)
    assert not Match(path="/x").matches(preflight)
    assert Match(method="OPTIONS", path="/x").matches(preflight)


def test_match_refuses_what_is_no_regular_expression() -> None:
    with pytest.raises(ValueError, match="not a regular expression"):
        Match(path="(")
