"""Folders of a run: reports, and where repositories are made."""

from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.run import RunOptions, open_run, run_folder


def test_each_run_has_a_folder_of_its_own(tmp_path: Path) -> None:
    options = RunOptions(reports=tmp_path / "new" / "reports")
    folders = {run_folder(options) for _ in range(3)}
    assert len(folders) == 3
    assert all(folder.is_dir() and "reference" in folder.name for folder in folders)


def test_a_file_in_the_way_of_the_reports(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.touch()
    with pytest.raises(UsageError, match=r"taken \(Not a directory\): choose another folder"):
        run_folder(RunOptions(reports=taken))


def test_a_journal_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").mkdir()
    with (
        pytest.raises(UsageError, match=r"\(Is a directory\): choose another folder"),
        open_run(RunOptions(), tmp_path, browser="any"),
    ):
        pytest.fail("it was opened")


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_file_in_the_way_of_the_workdir(tmp_path: Path, below: str) -> None:
    taken = tmp_path / "taken"
    taken.touch()
    options = RunOptions(reports=tmp_path, workdir=taken / below)
    with (
        pytest.raises(UsageError, match=r"cannot write in .*taken.*; choose another --workdir"),
        open_run(options, run_folder(options), browser="any"),
    ):
        pytest.fail("it was opened")
