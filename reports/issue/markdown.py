"""Foreign text in Markdown: it is shown as it is, and does nothing.

GitHub's flavour is meant, which most forges share: HTML, mentions, references to issues, bare
links, mathematics and emoji are markup there, too.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from reports.figures import cut, visible

_LONGEST = 600  # characters of one sentence
_APART = "&#8203;"  # shows as nothing, and keeps two characters from being read together
_PLACEHOLDER = re.compile(r"(<[a-z][a-z0-9-]{0,40}>)")
_BREAKS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"([\\`*\[\]~|])", r"\\\1"),
        (r"(?<![^\W_])_|_(?![^\W_])", r"\\_"),  # within a word it is none
        (r"&", "&amp;"),
        (r"\$", "&#36;"),  # mathematics are looked for before Markdown is, so an escape is too late
        (r"<", "&lt;"),
        (r">", "&gt;"),
        (r"@(?=\w)", f"@{_APART}"),
        (r"(?<!&)#(?=\w)", f"#{_APART}"),
        (r"(?i)\b(GH-)(?=\d)", rf"\1{_APART}"),
        (r"://", f":{_APART}//"),
        (r"(?i)\b(www)\.", rf"\1{_APART}."),
        (r"(?i)\b(mailto|xmpp|javascript|data):", rf"\1:{_APART}"),
        (r":(?=(?:[a-z][\w+-]*|[+-]1):)", f":{_APART}"),
    )
)
_BLOCK = re.compile(r"^(?:[-+=#]|\d+(?=[.)](?:\s|$)))")


class Markdown(str):
    """Text that is Markdown already; whatever else is written passes through `prose`."""

    __slots__ = ()


def prose(text: str) -> Markdown:
    """One line of foreign text, in which a `<word>` that stands for a name is set as code."""
    return Markdown(_BLOCK.sub(_out_of_block, _inline(text)))


def code(text: str) -> Markdown:
    """A short foreign text in a span of code, where nothing in it is read as markup."""
    line = cut(" ".join(visible(text).split()), _LONGEST) or " "
    fence = "`" * (_longest_run(line) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return Markdown(f"{fence}{pad}{line}{pad}{fence}")


def fenced(text: str, language: str = "") -> Markdown:
    """A block of code whose fence is longer than any in it; the text is left as it is."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return Markdown(f"{fence}{language}\n{text}\n{fence}")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Markdown:
    """A table of foreign texts; each row has as many cells as the head."""
    lines = [head, ["---"] * len(head), *rows]
    return Markdown(
        "\n".join(
            f"| {' | '.join(cell if cell == '---' else _inline(cell) for cell in line)} |"
            for line in lines
        )
    )


def _inline(text: str) -> str:
    line = cut(" ".join(visible(text).split()), _LONGEST)
    parts = _PLACEHOLDER.split(line)
    return "".join(code(part) if n % 2 else _escaped(part) for n, part in enumerate(parts))


def _escaped(text: str) -> str:
    for pattern, instead in _BREAKS:
        text = pattern.sub(instead, text)
    return text


def _out_of_block(found: re.Match[str]) -> str:
    """At the beginning of a line it would begin a list or a heading."""
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _longest_run(text: str) -> int:
    runs = (len(list(run)) for mark, run in groupby(text) if mark == "`")
    return max(runs, default=0)
