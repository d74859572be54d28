"""The file of a baseline: TOML for people to read and edit, written in one order."""

import os
import tomllib
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Annotated, Literal, cast

import tomli_w
from pydantic import BeforeValidator, Field, ValidationError

from harness.baseline.baseline import Baseline, key_of
from harness.errors import UsageError
from harness.journal import Acceptance, Cause
from harness.values import Value

HEADER = """\
# Findings that are accepted for a while; everything else fails: harness gate --baseline FILE
#
# A finding is accepted up to the day `until` (UTC) where its flow, its property and its causes are
# here. Reasons and days are yours to edit. “harness baseline update RUN --baseline FILE” adds what
# a run found and drops what it found no more; it keeps reasons and days, but no other comments.

"""
REMEDY = "mend it by hand, or take the entry out"


def _day(value: object) -> object:
    """A day may stand in quotes; a moment of it is refused."""
    with suppress(ValueError):
        return date.fromisoformat(value) if isinstance(value, str) else value
    return value


class _Entry(Value):
    """Causes of one property in one flow that are accepted for the same reason."""

    flow: str = Field(min_length=1)
    property: str = Field(min_length=1)
    causes: tuple[Cause, ...] = Field(min_length=1)
    reason: str = Field(min_length=1)
    until: Annotated[date, BeforeValidator(_day), Field(strict=True)]


class _File(Value):
    schema_version: Literal[1] = 1
    target: str = Field(min_length=1)
    accepted: tuple[_Entry, ...] = ()


def load_baseline(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        UsageError: the file cannot be read or is no baseline; the message names the entry.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(
            f"there is no baseline {path}: write one from a run with:"
            f" harness baseline update RUN --baseline {path}"
        ) from error
    except OSError as error:
        raise UsageError(f"cannot read the baseline {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"the baseline {path} is no TOML: {error}; mend it by hand") from error
    try:
        held = _File.model_validate(data)
    except ValidationError as error:
        raise UsageError(f"the baseline {path} {_first_problem(error, data)}") from error
    baseline = Baseline(target=held.target, accepted=tuple(_acceptances(held)))
    _ensure_once(path, baseline)
    return baseline


def _ensure_once(path: Path, baseline: Baseline) -> None:
    counts = Counter(key_of(each) for each in baseline.accepted)
    for (flow, rule, cause), count in counts.items():
        if count > 1:
            raise UsageError(
                f"the baseline {path} accepts “{cause}” ({rule} in {flow}) {count} times:"
                " leave it in one entry"
            )


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write a baseline, all of it or nothing; the same baseline always makes the same file.

    Raises:
        UsageError: the file cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(HEADER + _text(baseline), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise UsageError(
            f"cannot write the baseline {path} ({error.strerror}):"
            " name another file with --baseline"
        ) from error


def _acceptances(held: _File) -> list[Acceptance]:
    return [
        Acceptance(
            flow=entry.flow,
            property=entry.property,
            cause=cause,
            reason=entry.reason,
            until=entry.until,
        )
        for entry in held.accepted
        for cause in entry.causes
    ]


def _alike(each: Acceptance) -> tuple[str, str, str, date]:
    return (each.flow, each.property, each.reason, each.until)


def _text(baseline: Baseline) -> str:
    ordered = sorted(baseline.accepted, key=lambda each: (*_alike(each), each.cause))
    entries = [
        _Entry(
            flow=flow,
            property=rule,
            causes=tuple(each.cause for each in alike),
            reason=reason,
            until=until,
        )
        for (flow, rule, reason, until), alike in groupby(ordered, key=_alike)
    ]
    return tomli_w.dumps(_File(target=baseline.target, accepted=tuple(entries)).model_dump())


def _first_problem(error: ValidationError, data: Mapping[str, object]) -> str:
    """What is wrong first, with the entry that it is in as a person finds it in the file."""
    first = error.errors(include_url=False)[0]
    said = first["msg"].removeprefix("Value error, ")
    where = ".".join(str(part) for part in first["loc"])
    match first["loc"]:
        case ("schema_version",):
            return f"is of another schema ({said}): upgrade scope-harness"
        case ("accepted", int(place), *rest):
            entry = f"entry {place + 1}{_named(data, place)}"
            where = ": ".join((entry, *(str(part) for part in rest)))
            return f"has a fault in {where}: {said}; {REMEDY}"
        case _:
            return f"has a fault: {where}: {said}; mend it by hand"


def _named(data: Mapping[str, object], place: int) -> str:
    entry = cast("list[object]", data["accepted"])[place]
    if not isinstance(entry, dict):
        return ""
    held = cast("dict[str, object]", entry)
    return f" ({held.get('property', 'no property')} in {held.get('flow', 'no flow')})"
