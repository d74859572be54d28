"""A fault of one's own: printed, changed, run; and what is said of one that does not fit."""

import json
from pathlib import Path

import pytest

from specs.harness.command import finished
from specs.harness.conftest import Harness

RIGHT = """
title = "Every prompt is posted twice"
property = "send-once"

[[edits]]
file = "src/sending.js"
find = "await post(guard, submission, messageID);"
replace = "await post(guard, submission, messageID), post(guard, submission, newMessageID());"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_printed_fault_is_one_of_ones_own(harness: Harness, tmp_path: Path) -> None:
    printed = harness("faults", "double-send")
    told = finished(  # a process of its own: this one has a browser of Playwright's
        *("gate", "--fault-file", written(tmp_path, printed.out)),
        *("--flow", "round-trip-in-place-bottom", "--report", tmp_path / "reports", "--json"),
    )
    assert told.returncode == 1
    assert {found["property"] for found in json.loads(told.stdout)["findings"]} >= {"send-once"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("send-once", "sent-once", "there is no rule “sent-once”; did you mean: send-once?"),
        ("await post(guard, sub", "await past(guard, sub", "nearest is line"),
        ("src/sending.js", "src/none.js", "the web app has no file src/none.js"),
        ("title", "titel", "is no fault: title: Field required"),
        ("[[edits]]", "[[edits", "is no TOML"),
    ],
)
def test_a_fault_that_does_not_fit_is_refused(
    harness: Harness, tmp_path: Path, old: str, new: str, said: str
) -> None:
    told = harness("gate", "--fault-file", written(tmp_path, RIGHT.replace(old, new)))
    assert told.code == 2
    assert said in told.sentence


def test_a_fault_and_a_fault_file_exclude_each_other(harness: Harness, tmp_path: Path) -> None:
    path = written(tmp_path, RIGHT)
    told = harness("gate", "--fault", "double-send", "--fault-file", path)
    assert (told.code, told.sentence) == (
        2,
        "--fault and --fault-file exclude each other: give one of them",
    )
