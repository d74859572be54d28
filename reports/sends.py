"""Which of the requests that passed the wire were a person's sends, and what they carried."""

import json
import re
from collections.abc import Iterable
from typing import Literal, cast

from harness.observations import Exchange, RequestScope
from harness.values import Value

_SEND = re.compile(r"/session/[^/]+/(prompt_async|message|command|shell)$")


class Send(Value):
    """A prompt, a command or a shell line on its way to a server. Times are epoch ms."""

    t: float
    verb: Literal["prompt", "command", "shell"]
    text: str
    scope: RequestScope
    status: int | None


def sends(exchanges: Iterable[Exchange]) -> tuple[Send, ...]:
    """The sends among some requests, in the order in which they left the page."""
    found = (send for exchange in exchanges if (send := _send(exchange)))
    return tuple(sorted(found, key=lambda send: send.t))


def _send(exchange: Exchange) -> Send | None:
    match = _SEND.search(exchange.path)
    if match is None or exchange.method != "POST":
        return None
    word = match.group(1)
    return Send(
        t=exchange.t_start,
        verb="command" if word == "command" else "shell" if word == "shell" else "prompt",
        text=_text(exchange.body),
        scope=exchange.scope,
        status=exchange.status,
    )


def _text(body: str) -> str:
    """What the person wrote, or the body as it is where it has no such form."""
    try:
        tree: object = json.loads(body)
    except (ValueError, RecursionError):
        return body
    if not isinstance(tree, dict):
        return body
    fields = cast("dict[str, object]", tree)
    parts = fields.get("parts")
    if isinstance(parts, list):
        return " ".join(_part_texts(cast("list[object]", parts)))
    words = (fields.get("command"), fields.get("arguments"))
    return " ".join(word for word in words if isinstance(word, str)) or body


def _part_texts(parts: list[object]) -> list[str]:
    texts = (
        cast("dict[str, object]", part).get("text") for part in parts if isinstance(part, dict)
    )
    return [text for text in texts if isinstance(text, str)]
