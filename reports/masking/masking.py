"""Puts words in the place of what only one machine knows."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import quote

from harness.masking.encoded import opened, to_base64url
from harness.masking.homes import HOME
from harness.masking.secrets import without_secrets
from reports.masking.machine import (
    HOST,
    Folders,
    Machine,
    above_of,
    is_path,
    owners,
    without_addresses,
)
from reports.naming import Renaming

WORK, USER = "<workdir>", "<user>"
_SHORTEST = 5  # a shorter id or path would be found by chance inside other words
_SHORTEST_PERSON = 3
_SURE = 16  # an id or an encoded name as long as this is found by chance nowhere
_SURE_PATH = 9  # as is a path of this length that goes down more than once
_DEPTH = 4  # encodings within encodings that are looked into
# Accounts and machines that say nothing about anybody, and words that a report needs itself.
_NOBODY = re.compile(
    r"(?i)root|users?|admin|runner|ubuntu|debian|node|app|agent|build|docker|test|nobody"
    r"|localhost|server|mirror|workspace|worktree|session|secret|tmp|workdir|home|host"
)


class Masking(Renaming):
    """Puts words in the place of what only one machine knows.

    `<word>` stands for what the plan calls so, `<server>` for an address of this machine, `~`,
    `<tmp>` and `<workdir>` for its folders, `<user>` and `<host>` for its people and its name, and
    `<secret>` for what nobody else must read. To mask twice changes nothing more.

    Args:
        names: the plan's words for sessions, directories and servers -> the real ones.
        machine: what else gives a machine away; this one's where it is not given.
    """

    def __init__(self, names: Mapping[str, str], machine: Machine | None = None) -> None:
        here = machine or Machine.this()
        real = {each.rstrip("/\\"): f"<{word}>" for word, each in names.items()}
        paths = [each for each in real if is_path(each)]
        self._folders = Folders(here.temporary, (WORK, *real.values()))
        self._known = _replacing(
            {form: word for each, word in real.items() for form in _forms(each)}
        )
        self._places = _replacing(
            {above: self._around(above) for path in paths for above in above_of(path)}
            | {home: HOME for home in here.homes if len(home) > _SHORTEST_PERSON}
        )
        users = (*here.users, *owners((*paths, *here.homes)))
        self._people = _replacing(
            dict.fromkeys(_telling(users, names), USER)
            | dict.fromkeys(_telling(here.hosts, names), HOST)
        )

    def text(self, text: str) -> str:
        """The text with a word for everything that only one machine knows."""
        return self._people(self.places(text))

    def places(self, text: str) -> str:
        """The same, but for the bare names of people and machines, which may be common words."""
        return self._masked(text, _DEPTH)

    def _masked(self, text: str, depth: int) -> str:
        text = without_secrets(text)
        if depth:
            text = opened(text, lambda inner: self._people(self._masked(inner, depth - 1)))
        return self._folders.masked(self._places(without_addresses(self._known(text))))

    def _around(self, folder: str) -> str:
        """The word for a folder in which a named one stands."""
        masked = self._folders.masked(folder)
        return WORK if masked == folder else masked


def _replacing(words: Mapping[str, str]) -> Callable[[str], str]:
    """A function that puts words in the place of names, the longest first."""
    names = sorted(words, key=len, reverse=True)
    if not names:
        return lambda text: text
    joined = "|".join(map(_pattern, names))
    known = re.compile(joined)
    return lambda text: known.sub(lambda found: words[found[0]], text)


def _pattern(name: str) -> str:
    """How a name is looked for; one that is found by chance nowhere also where words are glued."""
    if is_path(name):
        sure = len(name) >= _SURE_PATH and len(re.findall(r"[\\/]+", name)) > 1
        return ("" if sure else r"(?<![\w-])") + re.escape(name) + r"(?![\w-])"
    anchored = rf"(?<![\w-]){re.escape(name)}(?![\w-])"
    return re.escape(name) if len(name) >= _SURE else anchored


def _forms(real: str) -> Iterator[str]:
    """A real name as it may be written: as it is, with its slashes escaped, or encoded."""
    if len(real) < _SHORTEST:
        return
    yield real
    yield real.replace("/", "\\/")
    yield real.replace("\\", "\\\\")
    yield quote(real, safe="")
    yield to_base64url(real)
    if is_path(real):
        yield f"/private{real}"  # what a Mac makes of its temporary folders


def _telling(people: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """The names that tell of somebody; words of the plan and of many machines do not."""
    return [
        name
        for name in people
        if len(name) >= _SHORTEST_PERSON and not _NOBODY.fullmatch(name) and name not in names
    ]
