"""`harness report`: reports from whatever is left of a journal."""

import json
from pathlib import Path

import pytest

from harness.journal import Journal, RunStarted
from specs.harness.conftest import Harness


@pytest.fixture(name="run")
def _run(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    with (folder / "journal.jsonl").open("w", encoding="utf-8") as stream:
        Journal(stream).write(
            RunStarted(
                run_id="run",
                t=1.0,
                harness_version="0.1.0",
                target="reference",
                app_version="1",
                flows=("round-trip-in-place-history",),
            )
        )
    return folder


def test_a_truncated_journal_is_told_as_a_run_that_died(harness: Harness, run: Path) -> None:
    with (run / "journal.jsonl").open("a") as stream:
        stream.write('{"kind":"flow-started","fl')
    told = harness("report", run)
    assert told.code == 0
    assert "infrastructure" in told.out
    assert (run / "report.html").stat().st_size > 0
    assert (run / "junit.xml").stat().st_size > 0


def test_an_empty_journal_is_told_too(harness: Harness, run: Path) -> None:
    (run / "journal.jsonl").write_text("")
    told = harness("report", run, "--json")
    assert told.code == 0
    assert json.loads(told.out)["verdict"] == "infrastructure"
    assert (run / "report.html").exists()


@pytest.mark.parametrize("made", [True, False])
def test_a_folder_without_a_journal(harness: Harness, tmp_path: Path, *, made: bool) -> None:
    folder = tmp_path / "nothing"
    if made:
        folder.mkdir()
    told = harness("report", folder)
    assert told.code == 2
    assert "holds no journal.jsonl: name a folder that a run has written" in told.sentence


def test_a_report_that_cannot_be_written(harness: Harness, run: Path) -> None:
    (run / "report.html").mkdir()
    told = harness("report", run)
    assert told.code == 2
    assert "cannot be written (Is a directory)" in told.sentence


def test_without_colour_where_it_is_not_wanted(
    harness: Harness, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;35m" in harness("report", run).out  # the verdict in bold magenta
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1;35m" not in harness("report", run).out


def test_several_runs_become_one_where_a_person_says(
    harness: Harness, run: Path, tmp_path: Path
) -> None:
    told = harness("report", run, tmp_path / "gone", "--out", tmp_path / "whole", "--json")
    assert told.code == 0
    assert "gone has no journal" in json.loads(told.out)["reason"]
    assert (tmp_path / "whole" / "report.html").exists()


def test_several_runs_without_a_place_for_one(harness: Harness, run: Path) -> None:
    told = harness("report", run, run)
    assert told.code == 2
    assert "name it with --out" in told.sentence
