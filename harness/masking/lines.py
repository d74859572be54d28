"""Masks a line of JSON before it is written. Most lines hold nothing, and cost a look."""

import base64
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import cast

from harness.masking.encoded import opened
from harness.masking.homes import HOME, SHORTEST, home_pattern
from harness.masking.secrets import HINTS, SECRET, names_a_secret, without_secrets

_HOMES = ("/home/", "/users/", "\\users\\", "/root", "%2fhome%2f", "%2fusers%2f", "%2froot")
_ENCODED = ("/home/", "/Users/", "/root/")
_AS_IT_IS = "plan"  # it is to be run again, and only it runs the same again
_SHORT, _REMEMBERED = 120, 4096  # characters of a text that is kept, and how many are


class LineMask:
    """Puts `~` in the place of home directories, and `<secret>` in that of secrets.

    A secret is told by the key or word that it stands under, or by its own shape. What is
    percent-encoded is looked into, and so is base64 where it hides a home.

    Args:
        home: the home of this account.
    """

    def __init__(self, home: str) -> None:
        self._home = home_pattern(home)
        own = (home,) if len(home) >= SHORTEST else ()
        self._encoded = tuple(form for each in (*_ENCODED, *own) for form in _alignments(each))
        self._homes = (*_HOMES, *map(str.lower, own))
        # Ids and keys come again in every frame.
        self._known = lru_cache(_REMEMBERED)(self._read)
        self._named = lru_cache(_REMEMBERED)(names_a_secret)

    @classmethod
    def this(cls) -> "LineMask":
        """The mask of the account that this runs on."""
        try:
            return cls(str(Path.home()))
        except RuntimeError:  # an account without a home
            return cls("/root")

    def line(self, line: str) -> str:
        """A JSON object on one line, masked; the same text where there is nothing to mask."""
        if not self._may_tell(line):
            return line
        tree = cast("dict[str, object]", json.loads(line))
        masked = {key: self._top(key, branch) for key, branch in tree.items()}
        return json.dumps(masked, ensure_ascii=False, separators=(",", ":"))

    def text(self, text: str) -> str:
        """One text, masked."""
        return self._known(text) if len(text) <= _SHORT else self._read(text)

    def _read(self, text: str) -> str:
        if not self._may_tell(text):
            return text
        text = self._masked(text)
        hidden = "%" in text or any(form in text for form in self._encoded)
        return self._masked(opened(text, self._masked)) if hidden else text

    def _may_tell(self, text: str) -> bool:
        folded = text.lower()
        return _holds(folded, self._homes) or _holds(folded, HINTS) or _holds(text, self._encoded)

    def _masked(self, text: str) -> str:
        folded = text.lower()
        if _holds(folded, HINTS):
            text = without_secrets(text)
        return self._home.sub(HOME, text) if _holds(folded, self._homes) else text

    def _top(self, key: str, branch: object) -> object:
        if key == _AS_IT_IS:
            return branch
        if key == "names" and isinstance(branch, dict):  # the plan's words, which say no more
            names = cast("dict[str, object]", branch)
            return {word: self._tree(real) for word, real in names.items()}
        return self._branch(key, branch)

    def _tree(self, value: object) -> object:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            branches = cast("dict[str, object]", value)
            return {self.text(key): self._branch(key, branch) for key, branch in branches.items()}
        if isinstance(value, list):
            return [self._tree(leaf) for leaf in cast("list[object]", value)]
        return value

    def _branch(self, key: str, branch: object) -> object:
        return _hidden(branch) if self._named(key) else self._tree(branch)


def _holds(text: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110 - a generator would cost more than the search
        if word in text:
            return True
    return False


def _hidden(value: object) -> object:
    """A tree with every text in it hidden, as it stands under the name of a secret."""
    if isinstance(value, str):
        return SECRET if value else value
    if isinstance(value, dict):
        branches = cast("dict[str, object]", value)
        return {key: _hidden(branch) for key, branch in branches.items()}
    if isinstance(value, list):
        return [_hidden(leaf) for leaf in cast("list[object]", value)]
    return value


def _alignments(text: str) -> Iterator[str]:
    """What stands in the base64 of whatever has a text in it, for each place it may begin at."""
    content = text.encode()
    for skipped in range(3):
        groups = (len(content) - skipped) // 3
        yield base64.b64encode(content[skipped : skipped + 3 * groups]).decode()
