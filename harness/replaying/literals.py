"""Values of the model as Python source, laid out as ruff's formatter leaves it."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias, cast

from harness.values import Value

Written: TypeAlias = "str | int | float | bool | Value | tuple[Written, ...] | None"

WIDTH = 100
STEP = 4
_WORD = re.compile(r"\S+\s*|\s+")  # with the space after it
_ESCAPED = re.compile(r"\\(.)|\"", re.DOTALL)


def source(value: Written, indent: int, lead: str = "") -> str:
    """A value as an expression; broken into lines where it does not fit in one.

    Args:
        value: a text, a number, a truth value, None, a tuple of those, or a value of the model.
        indent: columns before it.
        lead: what stands before it in its line, such as `text=`.
    """
    flat = _flat(value)
    if indent + len(lead) + len(flat) + 1 <= WIDTH:  # a comma follows
        return lead + flat
    match value:
        case str():
            return lead + block("(", _pieces(value, indent + STEP), ")", indent, comma="")
        case tuple():
            parts = (source(each, indent + STEP) for each in value)
            return lead + block("(", parts, ")", indent)
        case Value():
            parts = (source(each, indent + STEP, f"{name}=") for name, each in given(value))
            return lead + block(f"{type(value).__name__}(", parts, ")", indent)
        case _:  # numbers and the like are short
            return lead + flat


def block(opening: str, parts: Iterable[str], closing: str, indent: int, comma: str = ",") -> str:
    """Parts one a line, between two brackets."""
    inner = " " * (indent + STEP)
    lines = "".join(f"{inner}{part}{comma}\n" for part in parts)
    return f"{opening}\n{lines}{' ' * indent}{closing}"


def given(value: Value) -> Iterator[tuple[str, Written]]:
    """The arguments that a value has to be made with: those that are not as they are by default."""
    for name, field in type(value).model_fields.items():
        held = cast("Written", getattr(value, name))
        if field.is_required() or held != field.default:
            yield name, held


def quoted(text: str) -> str:
    """A text in quotes: double ones, unless it has more use for single ones."""
    escaped = repr("\"'" + text)[4:-1]  # in single quotes, for it has both kinds
    if text.count('"') > text.count("'"):
        return f"'{escaped}'"

    def turned(found: re.Match[str]) -> str:
        if found[0] == '"':
            return '\\"'
        return "'" if found[1] == "'" else found[0]

    return f'"{_ESCAPED.sub(turned, escaped)}"'


def _flat(value: Written) -> str:
    match value:
        case str():
            return quoted(value)
        case tuple():
            parts = [_flat(each) for each in value]
            return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"
        case Value():
            parts = [f"{name}={_flat(each)}" for name, each in given(value)]
            return f"{type(value).__name__}({', '.join(parts)})"
        case _:
            return repr(value)


def _pieces(text: str, indent: int) -> Iterator[str]:
    """A long text in literals that stand below each other and are one."""
    piece = ""
    for word in _WORD.findall(text):
        if piece and indent + len(quoted(piece + word)) > WIDTH:
            yield quoted(piece)
            piece = ""
        piece += word
    yield quoted(piece)
