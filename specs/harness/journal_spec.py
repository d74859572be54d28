"""The journal: written as it happens, read after a crash."""

from pathlib import Path

import pytest

from harness.journal import (
    SCHEMA,
    Entry,
    Finding,
    FlowEnded,
    FlowStarted,
    Journal,
    PropertyJudged,
    RunEnded,
    RunStarted,
    StepObserved,
    StepStarted,
)
from harness.observations import Anchor, Capture, Frame, Observation, ServerEvent
from reports.reading import read

ODD = "ä 漢 🙂 “\u2028\u2029\x85\x0b\x1c\r\n” {"
FRAME = Frame(
    t=1.5,
    step=1,
    timeline=1,
    viewport=2,
    composer=None,
    rows=1,
    scroll_top=0.25,
    scroll_height=9.0,
    client_height=9.0,
    anchor=Anchor(key=ODD, offset=-0.125),
)
HERE = {"server_key": "server"}
CAUSES = b'"causes":["prompt not sent after the second send-prompt"],'
FINDING = Finding(
    property="send-once",
    flow="f",
    step=1,
    causes=("prompt not sent after the second send-prompt",),
    summary=ODD,
    expected="a",
    observed="b",
    evidence=("c",),
)
STARTED = RunStarted(
    run_id="r", t=1.0, harness_version="0", target="reference", app_version="0", flows=("f",)
)
ENTRIES: tuple[Entry, ...] = (
    STARTED,
    FlowStarted(flow="f", title=ODD, t=2.0, plan={"name": "f"}, names={"root": f"/{ODD}"}),
    StepStarted(flow="f", step=1, title=ODD, action={"name": "send-prompt", "text": ODD}, t=3.0),
    StepObserved(
        flow="f",
        step=1,
        t=4.0,
        predicted={"reader": "bottom"},
        observation=Observation(
            capture=Capture(frames=(FRAME,)),
            events=(
                ServerEvent.model_validate({"t": 1, "scope": HERE, "type": "x", "data": [ODD]}),
            ),
        ),
    ),
    PropertyJudged(
        flow="f",
        property="send-once",
        outcome="violated",
        evidence=1,
        unit="p",
        findings=(FINDING,),
    ),
    FlowEnded(flow="f", t=5.0, verdict="violated"),
    RunEnded(t=6.0, verdict="violated", reason=ODD),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def write(path: Path, *entries: Entry) -> bytes:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        journal = Journal(stream)
        for entry in entries:
            journal.write(entry)
    return path.read_bytes()


def test_every_kind_survives_with_any_characters(path: Path) -> None:
    write(path, *ENTRIES)
    assert read(path).entries == ENTRIES


def test_every_line_is_on_disk_before_the_next_is_written(path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        journal = Journal(stream)
        for count, entry in enumerate(ENTRIES, start=1):
            journal.write(entry)
            assert read(path).entries == ENTRIES[:count]


def test_a_crash_at_any_byte_costs_the_last_line_only(path: Path) -> None:
    whole = write(path, STARTED, ENTRIES[1])
    first = whole.index(b"\n") + 1
    for end in range(first, len(whole)):
        path.write_bytes(whole[:end])
        # The very last byte is the newline: without it the entry is whole already.
        expected = 2 if end == len(whole) - 1 else 1
        assert len(read(path).entries) == expected


def test_an_empty_journal_has_no_entries(path: Path) -> None:
    path.write_bytes(b"")
    assert read(path).entries == ()


@pytest.mark.parametrize("garbage", [b"garbage", b"", b"{}", b'{"kind": "dance"}', b"\xff\xfe"])
def test_a_whole_line_that_is_no_entry_is_named(path: Path, garbage: bytes) -> None:
    lines = write(path, *ENTRIES[:2]).splitlines()
    path.write_bytes(b"\n".join([lines[0], garbage, lines[1], b""]))
    assert "Line 2 of the journal could not be read" in read(path).damage[0]


def test_garbage_as_the_last_whole_line_is_named(path: Path) -> None:
    path.write_bytes(write(path, STARTED) + b"garbage\n")
    assert "Line 2 of the journal could not be read" in read(path).damage[0]


def test_a_field_that_this_schema_does_not_have_is_named(path: Path) -> None:
    text = write(path, STARTED).replace(b'"run_id"', b'"extra":1,"run_id"')
    path.write_bytes(text)
    assert "Line 1 of the journal could not be read" in read(path).damage[0]


@pytest.mark.parametrize("fields", ['"run_id":"r"', '"something_new":1'])
def test_a_newer_schema_is_said_whatever_its_fields_are(path: Path, fields: str) -> None:
    line = f'{{"kind":"run-started","schema_version":{SCHEMA + 1},{fields}}}\n'
    path.write_text(line, encoding="utf-8")
    assert f"has schema {SCHEMA + 1}" in read(path).damage[0]
    assert "upgrade" in read(path).damage[0]


def test_findings_of_an_older_schema_have_no_causes(path: Path) -> None:
    older = ENTRIES[4].model_copy(update={"findings": (FINDING.model_copy(update={"causes": ()}),)})
    path.write_bytes(write(path, STARTED, ENTRIES[4]).replace(CAUSES, b"").replace(b":2", b":1"))
    assert read(path).entries[1:] == (older,)
    assert read(path).damage == ()


def test_a_missing_journal_is_an_error_of_the_file(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(path)
