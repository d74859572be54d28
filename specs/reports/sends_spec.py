"""What a person typed, as it is read out of a request that carried it."""

import json

import pytest

from harness.observations import Exchange, RequestScope
from reports.sends import sends

PART = {"type": "text", "text": "Look around."}
ADDED = {"type": "text", "text": "You are in a worktree.", "synthetic": True}


def sent(word: str, body: object, method: str = "POST") -> Exchange:
    return Exchange(
        id=1,
        t_start=5.0,
        method=method,
        path=f"/session/ses_1/{word}",
        scope=RequestScope(server_key="server"),
        body=body if isinstance(body, str) else json.dumps(body),
    )


@pytest.mark.parametrize(
    ("word", "body", "verb", "text"),
    [
        ("prompt_async", {"parts": [PART]}, "prompt", "Look around."),
        ("message", {"parts": [ADDED, PART, {"type": "file"}, 3]}, "prompt", "Look around."),
        ("message", {"parts": [PART, PART]}, "prompt", "Look around.\nLook around."),
        ("command", {"command": "greet", "arguments": "Ada"}, "command", "/greet Ada"),
        ("command", {"command": "greet", "arguments": ""}, "command", "/greet"),
        ("shell", {"command": "ls -l", "agent": "build"}, "shell", "ls -l"),
        ("command", "half a bo", "command", "half a bo"),
        ("message", [1], "prompt", "[1]"),
        ("shell", {"agent": "build"}, "shell", '{"agent": "build"}'),
    ],
)
def test_a_send_says_what_was_typed(word: str, body: object, verb: str, text: str) -> None:
    (send,) = sends([sent(word, body)])
    assert (send.verb, send.text) == (verb, text)


def test_what_asks_for_messages_sends_nothing() -> None:
    assert sends([sent("message", {}, method="GET"), sent("abort", {})]) == ()
