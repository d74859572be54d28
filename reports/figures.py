"""How figures, times and foreign text are written, the same in every report."""

import re
from datetime import UTC, datetime

_SECOND = 1000.0
_MINUTE = 60 * _SECOND
# Controls, and the marks that turn the direction of what follows or hide themselves in it.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
_IRREGULAR = {"statuses": "status"}
_SURROGATE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def number(value: float) -> str:
    """A figure with thousands separated; halves of a pixel keep one decimal."""
    rounded = round(value, 1)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.1f}"


def counted(count: int, unit: str) -> str:
    """`1 frame`, `1,204 frames`, `1 step of others`: the unit comes as a plural."""
    if count != 1:
        return f"{count:,} {unit}"
    noun, of, whose = unit.partition(" of ")
    singular = _IRREGULAR.get(noun, noun.removesuffix("s"))
    return f"1 {singular}{of}{whose}"


def duration(ms: float) -> str:
    """Milliseconds as a person says them: `412 ms`, `3.41 s`, `2 min 03 s`."""
    if ms < _SECOND:
        return f"{ms:.0f} ms"
    if ms < _MINUTE:
        return f"{ms / _SECOND:.2f} s"
    minutes, rest = divmod(round(ms / _SECOND), 60)
    return f"{minutes} min {rest:02d} s"


def moment(t: float) -> str:
    """Epoch milliseconds as `23 Nov 2026, 13:04:09 UTC`."""
    return datetime.fromtimestamp(t / _SECOND, UTC).strftime("%d %b %Y, %H:%M:%S UTC")


def timestamp(t: float) -> str:
    """Epoch milliseconds as ISO 8601 in UTC, to the second."""
    return datetime.fromtimestamp(t / _SECOND, UTC).isoformat(timespec="seconds")


def visible(text: str) -> str:
    """Foreign text in which nothing is hidden: each unseen character becomes a mark."""
    return _SURROGATE.sub("\ufffd", _UNSEEN.sub(_mark, text))


def cut(text: str, limit: int = 280) -> str:
    """At most `limit` characters, and how many were left out."""
    if len(text) <= limit:
        return text
    return f"{text[:limit].rstrip()}… (+{len(text) - limit:,} characters)"


def _mark(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\u00b7"  # noqa: PLR2004 - the Unicode block of control pictures
