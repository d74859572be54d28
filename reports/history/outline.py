"""A journal without its steps: what came of a run, read at a small part of the cost."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from harness.journal import (
    SCHEMA,
    BaselineApplied,
    Entry,
    FlowEnded,
    FlowStarted,
    PropertyJudged,
    RunEnded,
    RunStarted,
)
from reports.naming import Renaming
from reports.story import Run
from reports.telling import tell

_Model = TypeVar("_Model", bound=BaseModel)
_Told = Annotated[
    FlowStarted | PropertyJudged | BaselineApplied | FlowEnded | RunEnded,
    Field(discriminator="kind"),
]
_TOLD: TypeAdapter[_Told] = TypeAdapter(_Told)
# A line begins with its kind, so that the long ones are passed over unread.
_KINDS = tuple(
    f'{{"kind":"{kind}"'.encode()
    for kind in ("flow-started", "property-judged", "baseline-applied", "flow-ended", "run-ended")
)
_LONGEST_START = 1_000_000  # bytes; a first line is about a thousand


class Broken(Exception):  # noqa: N818 - a state of a journal, never raised to a person
    """A journal that does not tell what came of its run."""


class _AsWritten(Renaming):
    """Leaves every name as it is: nothing of an outline is shown but verdicts and words."""

    def __init__(self, names: Mapping[str, str]) -> None:
        del names

    def text(self, text: str) -> str:
        return text

    def model(self, model: _Model) -> _Model:
        return model


def beginning(journal: Path) -> RunStarted:
    """The first line of a journal.

    Raises:
        Broken: it is not there, is no beginning, or is of a newer schema.
    """
    try:
        with journal.open("rb") as stream:
            started = RunStarted.model_validate_json(stream.readline(_LONGEST_START))
    except (OSError, ValidationError) as error:
        raise Broken from error
    if started.schema_version > SCHEMA:
        raise Broken
    return started


def outline(journal: Path, started: RunStarted) -> Run:
    """The run of a journal with its flows and their verdicts, without their steps.

    Args:
        journal: the file.
        started: its first line.

    Raises:
        Broken: it cannot be read, or a line of what is told cannot.
    """
    try:
        entries: tuple[Entry, ...] = (started, *_told(journal))
    except (OSError, ValidationError) as error:
        raise Broken from error
    return tell(entries, renamer=_AsWritten)


def _told(journal: Path) -> Iterator[_Told]:
    with journal.open("rb") as stream:
        for line in stream:
            if line.startswith(_KINDS) and line.endswith(b"\n"):  # a crash cuts the last one short
                yield _TOLD.validate_json(line)
