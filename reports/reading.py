"""Reads a journal as far as it can be read, and says what could not be."""

import json
from pathlib import Path
from typing import cast

from pydantic import TypeAdapter, ValidationError

from harness.journal import SCHEMA, Entry
from harness.values import Value
from reports.grouping import grouped

_ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)


class Reading(Value):
    """The entries of a journal, flow by flow.

    `damage` has one sentence for each thing amiss with it.
    """

    entries: tuple[Entry, ...]
    damage: tuple[str, ...] = ()


def read(path: Path) -> Reading:
    """Read every entry that this schema understands; the last line may be cut short by a crash.

    Lines end at a line feed and nowhere else: text of the app may hold other line separators.

    Raises:
        OSError: the file is not there or cannot be read.
    """
    *whole, rest = path.read_bytes().split(b"\n")
    newer = max((_schema(line) for line in [*whole, rest]), default=0)
    entries: list[Entry] = []
    damaged: list[int] = []
    for number, line in enumerate(whole, start=1):
        try:
            entries.append(_ENTRY.validate_json(line))
        except ValidationError:
            damaged.append(number)
    if rest:
        entries.extend(_last(rest))
    return Reading(entries=grouped(entries), damage=(*_too_new(newer), *_unreadable(damaged)))


def _last(line: bytes) -> tuple[Entry, ...]:
    try:
        return (_ENTRY.validate_json(line),)
    except ValidationError:
        return ()


def _schema(line: bytes) -> int:
    """The schema a line declares, even where the rest of it is unknown here; else 0."""
    if b'"schema_version"' not in line:
        return 0
    try:
        entry: object = json.loads(line)
    except ValueError:
        return 0
    if not isinstance(entry, dict):
        return 0
    version = cast("dict[str, object]", entry).get("schema_version")
    return version if isinstance(version, int) else 0


def _too_new(schema: int) -> tuple[str, ...]:
    if schema <= SCHEMA:
        return ()
    sentence = (
        f"The journal has schema {schema}; this harness reads up to {SCHEMA}: "
        "upgrade scope-harness to read it. What it could read is shown."
    )
    return (sentence,)


def _unreadable(numbers: list[int]) -> tuple[str, ...]:
    if not numbers:
        return ()
    if len(numbers) == 1:
        return (f"Line {numbers[0]} of the journal could not be read and is left out.",)
    sentence = (
        f"{len(numbers)} lines of the journal could not be read and are left out, "
        f"the first is line {numbers[0]}."
    )
    return (sentence,)
