"""`harness explore`: a planted fault is found without a flow, made small, and kept as a plan."""

import json
from pathlib import Path

from harness.plans import load_plan
from specs.harness import command


def test_what_is_found_is_kept_as_a_small_plan_that_meets_it_again(tmp_path: Path) -> None:
    told = command.finished(
        *(
            "explore",
            "--fault",
            "timeline-keyed-by-directory",
            "--first",
            "--seed",
            "2",
            "--length",
            "6",
        ),
        *("--seconds", "90", "--workers", "1", "--report", tmp_path, "--json"),
    )
    assert (told.returncode, told.stderr) == (1, "")
    run = json.loads(told.stdout)
    (found,) = run["found"]
    assert (found["property"], found["again"]) == ("timeline-mounted", True)
    assert len(found["actions"]) <= 3
    assert run["actions"] > len(found["actions"])
    assert run["transitions"] > 5
    plan = load_plan(Path(found["plan"]))
    assert [action.title for action in plan.actions] == found["actions"]
    assert plan.title == found["summary"]


def test_an_option_that_cannot_be_is_refused_before_anything_starts(tmp_path: Path) -> None:
    told = command.finished(
        *("explore", "--target", "opencode", "--fault", "double-send", "--report", tmp_path)
    )
    assert told.returncode == 2
    assert "leave out --target" in told.stderr
    assert list(tmp_path.iterdir()) == []
