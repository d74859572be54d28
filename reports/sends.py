"""Which of the requests that passed the wire were a person's sends, and what they carried."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, cast

from pydantic import JsonValue

from harness.observations import Exchange, RequestScope
from harness.values import Value

Verb = Literal["prompt", "command", "shell"]
_SEND = re.compile(r"/session/[^/]+/(prompt_async|message|command|shell)$")
_VERBS: dict[str, Verb] = {
    "prompt_async": "prompt",
    "message": "prompt",
    "command": "command",
    "shell": "shell",
}
_WORDS = ("command", "arguments")  # of a command or a shell line, in the order of typing


class Send(Value):
    """A prompt, a command or a shell line on its way to a server. Times are epoch ms.

    `text` is what was typed: a command's begins with its slash, a shell line has no mark.
    """

    t: float
    verb: Verb
    text: str
    scope: RequestScope
    status: int | None


def heard(prompt: Mapping[str, JsonValue]) -> str:
    """What the agent is told of a prompt of the model: a command stands for other words."""
    return str(prompt.get("heard") or prompt.get("text", ""))


def sends(exchanges: Iterable[Exchange]) -> tuple[Send, ...]:
    """The sends among some requests, in the order in which they left the page."""
    found = (send for exchange in exchanges if (send := _send(exchange)))
    return tuple(sorted(found, key=lambda send: send.t))


def _send(exchange: Exchange) -> Send | None:
    match = _SEND.search(exchange.path)
    if match is None or exchange.method != "POST":
        return None
    verb = _VERBS[match.group(1)]
    return Send(
        t=exchange.t_start,
        verb=verb,
        text=_text(verb, exchange.body),
        scope=exchange.scope,
        status=exchange.status,
    )


def _text(verb: Verb, body: str) -> str:
    """What the person wrote, or the body as it is where it has no such form."""
    try:
        tree: object = json.loads(body)
    except (ValueError, RecursionError):
        return body
    if not isinstance(tree, dict):
        return body
    fields = cast("dict[str, object]", tree)
    parts = fields.get("parts")
    if verb == "prompt" and isinstance(parts, list):
        return "\n".join(_part_texts(cast("list[object]", parts)))
    words = [word for name in _WORDS if isinstance(word := fields.get(name), str)]
    said = " ".join(words).strip()
    return f"/{said}" if said and verb == "command" else said or body


def _part_texts(parts: Iterable[object]) -> Iterator[str]:
    """The words of the person: parts that the app adds by itself are none."""
    for part in parts:
        fields = cast("dict[str, object]", part) if isinstance(part, dict) else {}
        text = fields.get("text")
        if isinstance(text, str) and not fields.get("synthetic"):
            yield text
