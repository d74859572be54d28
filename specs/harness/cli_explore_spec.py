"""`harness explore` in a process of its own."""

import json
from pathlib import Path

from specs.harness import command


def test_walks_are_performed_until_the_time_is_over(tmp_path: Path) -> None:
    told = command.finished(
        *("explore", "--seconds", "1", "--length", "2", "--workers", "1", "--json"),
        *("--report", tmp_path),
    )
    assert (told.returncode, told.stderr) == (0, "")
    run = json.loads(told.stdout)
    assert (run["found"], run["unfinished"]) == ([], {})
    assert run["walks"] >= 1
    assert 2 * run["walks"] <= run["actions"]
    assert 2 <= run["transitions"] <= run["actions"]


def test_an_option_that_cannot_be_is_refused_before_anything_starts(tmp_path: Path) -> None:
    told = command.finished(
        *("explore", "--target", "opencode", "--fault", "double-send", "--report", tmp_path)
    )
    assert told.returncode == 2
    assert "leave out --target" in told.stderr
    assert list(tmp_path.iterdir()) == []
