"""Which pictures a report holds where not all of them fit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.journal import (
    Entry,
    Finding,
    FlowEnded,
    FlowStarted,
    PropertyJudged,
    RunEnded,
    StepObserved,
    StepStarted,
)
from harness.observations import Observation
from reports import read_run
from reports.html.chapters import breaks
from reports.html.pictures import BUDGET, Gallery
from specs.reports.sample_journals import START, started, write

FLOWS = ("one", "two", "three", "four", "five")
STEPS = 4
# A JPEG's beginning and its frame of 16 x 10 pixels: as much as is read of it.
HEAD = b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x0a\x00\x10\x03" + bytes(9)


def finding(flow: str, step: int) -> Finding:
    return Finding(
        property="no-blank-frame", flow=flow, step=step, summary="", expected="", observed=""
    )


def failing(flow: str) -> Iterator[Entry]:
    """Every step has a picture but the second; the third and the fourth have a finding."""
    yield FlowStarted(flow=flow, title=flow, t=START, plan=None)
    for step in range(1, STEPS + 1):
        yield StepStarted(flow=flow, step=step, title="do", action=None, t=START + step)
        yield StepObserved(
            flow=flow,
            step=step,
            t=START + step,
            predicted=None,
            observation=Observation(),
            screenshot=None if step == 2 else f"{flow}-{step}.jpg",
        )
    yield PropertyJudged(
        flow=flow,
        property="no-blank-frame",
        outcome="violated",
        evidence=9,
        unit="frames",
        findings=(finding(flow, 3), finding(flow, 4)),
    )
    yield FlowEnded(flow=flow, t=START + 9, verdict="violated")


def entries() -> Iterator[Entry]:
    yield started(FLOWS)
    for flow in FLOWS:
        yield from failing(flow)
    yield RunEnded(t=START + 10, verdict="violated")


def shown(folder: Path, size: int) -> list[tuple[bool, bool]]:
    """Of each place where something broke: whether it has its picture, and the one before it."""
    for flow in FLOWS:
        for step in range(1, STEPS + 1):
            (folder / f"{flow}-{step}.jpg").write_bytes(HEAD + f"{flow}{step}".encode() * size)
    run = read_run(write(folder, entries()))
    gallery = Gallery(run, folder)
    numbered = {each: number for number, each in enumerate(run.findings, start=1)}
    assert sum(len(picture.uri) for picture in gallery.embedded) <= BUDGET
    return [
        (bool(each.after and each.after.uri), bool(each.before and each.before.uri))
        for each in breaks(run, numbered, gallery)
    ]


def test_where_there_is_room_all_have_both(tmp_path: Path) -> None:
    assert shown(tmp_path, 10) == [(True, True)] * 10


def test_what_broke_first_has_both_before_what_broke_later_has_any(tmp_path: Path) -> None:
    seen = shown(tmp_path, 35_000)
    assert seen == sorted(seen, reverse=True)
    assert seen.count((True, True)) >= 3
    assert seen.count((True, False)) <= 1  # where the room comes to its end
    assert seen.count((False, False)) >= 3


@pytest.mark.parametrize("name", ["one-1.jpg", "one-3.jpg"])
def test_a_picture_that_is_gone_leaves_its_room_to_others(name: str, tmp_path: Path) -> None:
    shown(tmp_path, 10)
    (tmp_path / name).unlink()
    run = read_run(tmp_path)
    assert len(Gallery(run, tmp_path).embedded) == 3 * len(FLOWS) - 1
