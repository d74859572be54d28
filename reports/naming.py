"""Real paths and ids back into the plan's words, so that a report reads the same everywhere."""

import base64
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeVar, cast
from urllib.parse import quote

from pydantic import BaseModel

_Model = TypeVar("_Model", bound=BaseModel)
_HOME = re.compile(r"(?<![\w.~-])/(?:(?:home|Users)/[^/\s\"'<>]+|root)(?=/|$|[\s\"',;:)])")
_OPEN, _CLOSE = "\u2039", "\u203a"
_SHORT, _REMEMBERED = 120, 8192  # characters of a text that is kept, and how many are
_SHORTEST = 5  # a shorter value would be found by chance inside other words


class Renaming(ABC):
    """Says the same with other names, in a text or in everything that holds texts."""

    @abstractmethod
    def __init__(self, names: Mapping[str, str]) -> None:
        """`names` are a plan's words and the real names."""

    @abstractmethod
    def text(self, text: str) -> str:
        """One text renamed."""

    def tree(self, value: object) -> object:
        """The same for every text in a tree of lists and dicts."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            branches = cast("dict[str, object]", value)
            return {key: self.tree(branch) for key, branch in branches.items()}
        if isinstance(value, list | tuple):
            return [self.tree(leaf) for leaf in cast("list[object]", value)]
        return value

    def model(self, model: _Model) -> _Model:
        """A copy of a model with every text in it renamed."""
        return type(model).model_validate(self.tree(model.model_dump()))


class Naming(Renaming):
    """Replaces each real name, also base64url- and percent-encoded, by its word in angle quotes."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._words = {form: word for word, real in names.items() for form in _forms(real)}
        forms = sorted(self._words, key=len, reverse=True)
        joined = "|".join(re.escape(form) for form in forms)
        self._said = lru_cache(_REMEMBERED)(self._renamed)
        self._known = re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])") if forms else None

    def text(self, text: str) -> str:
        """One text with words for names and `~` for a home directory."""
        return self._said(text) if len(text) <= _SHORT else self._renamed(text)

    def _renamed(self, text: str) -> str:
        if self._known is not None:
            text = self._known.sub(lambda match: quoted(self._words[match.group()]), text)
        return _HOME.sub("~", text)


def _forms(real: str) -> Iterator[str]:
    if len(real) < _SHORTEST and not real.startswith("~/"):
        return
    yield real
    yield quote(real, safe="")
    yield base64.urlsafe_b64encode(real.encode("utf-8", "replace")).decode().rstrip("=")


def quoted(word: str) -> str:
    """A word of the plan, marked as standing for something real."""
    return f"{_OPEN}{word}{_CLOSE}"


def bare(text: str) -> str:
    """A word without the brackets that `Naming` puts around it."""
    return text.strip(_OPEN + _CLOSE)
