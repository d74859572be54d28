"""The screenshots of a run as data URIs, each picture once, within a budget."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from harness.journal import Finding
from harness.values import Value
from reports.story import FlowStory, Run, StepStory

BUDGET = 1_700_000  # characters of base64 in one report: the whole stays under 2.5 MB
_WORDS, _LEAST = 7_000, 900_000  # what a finding takes with its chart and words; what stays
_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Picture(Value):
    """A picture of `width` x `height` pixels; `uri` is empty where the budget was spent."""

    id: str
    file: str
    width: int
    height: int
    uri: str


class Gallery:
    """Finds the picture of a step, and the one before it.

    While there is room, what broke first gets both its pictures before what broke later gets any;
    then what is accepted, then the other steps.
    """

    def __init__(self, run: Run, folder: Path) -> None:
        self._folder = folder
        self._by_file: dict[str, Picture] = {}
        self._by_hash: dict[str, Picture] = {}
        self._room = max(_LEAST, BUDGET - _WORDS * len(run.findings))
        for step in _by_interest(run):
            self._take(step.screenshot or "")

    @property
    def embedded(self) -> tuple[Picture, ...]:
        """The pictures that the report holds, each once."""
        return tuple(picture for picture in self._by_hash.values() if picture.uri)

    def of(self, step: StepStory | None) -> Picture | None:
        """The picture of a step, if it has one that can be read."""
        return self._by_file.get(step.screenshot or "") if step else None

    def _take(self, name: str) -> None:
        path = self._folder / name
        if name in self._by_file or not is_beside(self._folder, path):
            return
        content = path.read_bytes()
        known = self._by_hash.get(digest := hashlib.sha256(content).hexdigest())
        picture = known or self._embed(name, content)
        if picture is not None:
            self._by_file[name] = self._by_hash[digest] = picture

    def _embed(self, name: str, content: bytes) -> Picture | None:
        size = picture_size(content)
        if size is None:
            return None
        kind = "jpeg" if content.startswith(_JPEG) else "png"
        uri = f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
        if len(uri) > self._room:
            uri = ""
        self._room -= len(uri)
        number = len(self._by_hash) + 1
        return Picture(id=f"shot-{number}", file=name, width=size[0], height=size[1], uri=uri)


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a JPEG or PNG; None for anything else."""
    if content.startswith(_PNG):
        return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    at = 2 if content.startswith(_JPEG) else len(content)
    while at + 9 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004 - a JPEG marker's first byte
        if content[at + 1] in _FRAME_MARKERS:
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return int.from_bytes(width), int.from_bytes(height)
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return None


def _by_interest(run: Run) -> Iterator[StepStory]:
    for flow in run.flows:
        yield from _both(flow, flow.broken)
    for flow in run.flows:
        yield from _both(flow, flow.accepted)
    for flow in run.flows:
        yield from flow.steps


def _both(flow: FlowStory, found: Iterable[Finding]) -> Iterator[StepStory]:
    """The step of each finding, and the one with the picture from before it."""
    for number in sorted({finding.step for finding in found}):
        yield from (step for step in flow.steps if step.number == number)
        yield from [step for step in flow.steps if step.number < number and step.screenshot][-1:]


def is_beside(folder: Path, path: Path) -> bool:
    """Whether it is a file of the run's own folder: a journal may name anything."""
    try:
        return path.is_file() and path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return False
