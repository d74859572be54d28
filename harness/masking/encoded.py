"""Texts within texts: percent-encoded, or base64 in either alphabet."""

import base64
import re
from collections.abc import Callable
from urllib.parse import unquote

_WORD = re.compile(r"[^\s\"'<>`]+")
_BASE64 = (
    re.compile(r"(?<![\w+/-])[A-Za-z0-9+][A-Za-z0-9+/]{10,}={0,2}"),
    re.compile(r"(?a)(?<![\w-])[\w-]{8,}={0,2}"),  # base64url, as it stands in addresses
)


def opened(text: str, change: Callable[[str], str]) -> str:
    """The text in which every encoded part that `change` changes stands decoded and changed.

    What `change` leaves as it is stays encoded.
    """

    def part(encoded: str, decode: Callable[[str], str | None]) -> str:
        inner = decode(encoded)
        if inner is None or inner == encoded:
            return encoded
        changed = change(inner)
        return encoded if changed == inner else changed

    if "%" in text:
        text = _WORD.sub(lambda found: part(found[0], unquote), text)
    for pattern in _BASE64:
        text = pattern.sub(lambda found: part(found[0], from_base64), text)
    return text


def from_base64(token: str) -> str | None:
    """The readable text that a token is the base64 of, in either alphabet; None if of none."""
    bare = token.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        text = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True).decode()
    except ValueError:
        return None
    return text if text.replace("\n", "").isprintable() else None


def to_base64url(text: str) -> str:
    """A text as it stands in addresses, without padding."""
    return base64.urlsafe_b64encode(text.encode("utf-8", "replace")).decode().rstrip("=")
