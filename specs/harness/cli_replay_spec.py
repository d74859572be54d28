"""`harness replay`: what it refuses before anything is started, and what it does with a browser."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fixtures.faults import fault_named
from harness.actions import EnterWorktree, OpenSession, WriteDraft
from harness.faulting import faulted
from harness.flow_fixtures import RunFlow
from harness.journal import Entry, StepObserved, StepStarted
from harness.plans import Plan
from harness.replaying import Counterexample, load_counterexample
from harness.replays import Replays
from harness.run import Run, RunOptions
from reports.opening import read_journal
from specs.harness import command
from specs.harness.conftest import Harness
from specs.replaying.cases import FOUND, case, changed, written

FAULT = fault_named("timeline-keyed-by-directory")
ENTERS = Plan(
    name="found-1-timeline-mounted",
    title="after enter-worktree the timeline was a new element",
    seeded=20,
    actions=(OpenSession(), WriteDraft(text="later"), EnterWorktree(by="move", via="nobody")),
)
FOUND_ENTERING = FOUND.model_copy(
    update={"step": 3, "causes": ("timeline replaced after enter-worktree",)}
)


def entering() -> Counterexample:
    return case(ENTERS, FOUND_ENTERING, RunOptions(fault=FAULT))


@pytest.mark.parametrize(
    ("there", "options", "said"),
    [
        (
            entering(),
            ("--target", "opencode"),
            "not on opencode: leave out --target, or put its plan to that app: harness gate",
        ),
        (
            case(finding=FOUND.model_copy(update={"property": "no-rule"})),
            (),
            "looks for the rule “no-rule”, which there is not; there are: timeline-mounted, ",
        ),
        (
            changed(entering(), step2={"name": "write-letter"}),
            (),
            "the nearest name is write-draft; leave out what is stale with --skip-stale",
        ),
        (
            entering().model_copy(update={"fault": "fault-of-old"}),
            (),
            "“harness faults” lists them; --no-fault leaves it out",
        ),
        (entering(), ("--fault", FAULT.id, "--no-fault"), "--no-fault excludes --fault"),
        (entering(), ("--app-version", "1.2.3"), "the reference app is part of the harness"),
    ],
    ids=["target", "rule", "step", "fault", "faults", "version"],
)
def test_what_cannot_be_run_is_refused_before_anything_starts(
    harness: Harness, tmp_path: Path, there: Counterexample, options: tuple[str, ...], said: str
) -> None:
    path = written(tmp_path, there)
    told = harness("replay", path, *options, "--report", tmp_path / "reports")
    assert told.code == 2
    assert said in told.sentence
    assert not (tmp_path / "reports").exists()


def test_a_file_that_is_not_there_is_refused(harness: Harness, tmp_path: Path) -> None:
    told = harness("replay", tmp_path / "gone.json")
    assert (told.code, told.sentence.endswith("No such file or directory")) == (2, True)


def test_stale_steps_are_left_out_of_a_printed_spec(harness: Harness, tmp_path: Path) -> None:
    path = written(tmp_path, changed(entering(), step2={"name": "write-letter"}))
    told = harness("replay", path, "--as-spec", "--skip-stale")
    assert told.code == 0
    assert "WriteDraft" not in told.out
    assert '        EnterWorktree(by="move", via="nobody"),\n' in told.out


def test_a_finding_is_reproduced_made_smaller_and_recorded(tmp_path: Path) -> None:
    missed = entering().found.model_copy(update={"replays": Replays(asked=5, tried=2, met=1)})
    there = entering().model_copy(update={"found": missed})
    told = command.finished(
        *("replay", written(tmp_path, there), "--shrink", "--keep-trace", "--json"),
        *("--report", tmp_path / "reports", "--slow", "400"),
    )
    assert (told.returncode, told.stderr) == (1, "")
    data: dict[str, Any] = json.loads(told.stdout)
    assert (data["reproduced"], data["left_out"]) == (1, [])
    assert data["when_found"] == str(missed.replays)
    smaller = load_counterexample(Path(data["smaller"]))
    assert [each.step for each in smaller.findings] == [2]
    left = tuple(each for each in ENTERS.actions if not isinstance(each, WriteDraft))
    assert Plan.model_validate(smaller.plan).actions == left
    (trace,) = data["traces"]
    with zipfile.ZipFile(trace) as kept:
        assert "trace.trace" in kept.namelist()
    assert f'href="./{Path(trace).name}"' in Path(data["report"]).read_text("utf-8")
    assert all(ms >= 400 for ms in after_steps(Path(data["report"]).parent))


def after_steps(run: Path) -> list[float]:
    """How long each but the last step of a run stayed to be looked at, in milliseconds."""
    entries = read_journal(run).entries
    seen = {entry.step: entry.t for entry in entries if isinstance(entry, StepObserved)}
    begun = {entry.step: entry.t for entry in entries if isinstance(entry, StepStarted)}
    stayed = [begun[step + 1] - t for step, t in seen.items() if step + 1 in begun]
    assert stayed
    return stayed


def test_a_printed_spec_fails_with_the_fault_and_passes_without(
    harness: Harness, tmp_path: Path, run_flow: RunFlow, harness_run: tuple[Run, list[Entry]]
) -> None:
    printed = harness("replay", written(tmp_path, entering()), "--as-spec").out
    room: dict[str, Callable[[RunFlow], None]] = {}
    exec(compile(printed, "printed_spec.py", "exec"), room)  # noqa: S102  it is our own text
    (test,) = (room[name] for name in room if name.startswith("test_"))
    test(run_flow)
    said = "timeline-mounted: after enter-worktree the timeline"
    run, _ = harness_run
    with faulted(run.wire, FAULT), pytest.raises(pytest.fail.Exception, match=said):
        test(run_flow)
