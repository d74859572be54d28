"""`harness issue`: a finding as an issue, and the finding met again with what the issue says."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.faults import fault_named
from harness.flows import flows
from harness.journal import Entry
from harness.plans import Plan, load_plan, predict
from harness.run import RunOptions
from harness.run.options import again
from harness.targets.reference import TRAITS
from reports.issue import findings_of
from specs.harness import command
from specs.harness.conftest import Harness
from specs.reports.sample_journals import clean_run, failing_run, write

FENCES = re.compile(r"^```(?:json|sh)\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
FAULT = "timeline-keyed-by-directory"
IN_HISTORY = "round-trip-in-place-history"


def run_in(tmp_path: Path, entries: Iterator[Entry]) -> Path:
    return write(tmp_path / "run", entries)


def test_without_a_finding_they_are_listed_one_a_line(harness: Harness, tmp_path: Path) -> None:
    run = run_in(tmp_path, failing_run())
    told = harness("issue", run)
    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    assert len(lines) == 8
    first = findings_of(run)[0]
    assert lines[0].startswith(
        f"1  {first.id}  timeline-mounted  round-trip-by-tools-history, step 4: after"
    )


@pytest.mark.parametrize("by", ["number", "id"])
def test_an_issue_goes_to_standard_output(harness: Harness, tmp_path: Path, by: str) -> None:
    run = run_in(tmp_path, failing_run())
    told = harness("issue", run, "2" if by == "number" else findings_of(run)[1].id)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("# Messages that were loaded are thrown away\n")


def test_an_issue_goes_to_a_file(harness: Harness, tmp_path: Path) -> None:
    file = tmp_path / "new" / "issue.md"
    told = harness("issue", run_in(tmp_path, failing_run()), "1", "--out", file)
    assert (told.code, told.err) == (0, "")
    assert told.out == f"issue: {file}\n"
    assert file.read_text("utf-8").startswith("# The message timeline is built anew")


def test_a_folder_without_a_journal(harness: Harness, tmp_path: Path) -> None:
    told = harness("issue", tmp_path / "nothing")
    assert told.code == 2
    assert told.sentence.endswith(
        "nothing holds no journal.jsonl: name a folder that a run has written."
    )


def test_a_run_in_which_everything_held(harness: Harness, tmp_path: Path) -> None:
    told = harness("issue", run_in(tmp_path, clean_run()))
    assert told.code == 2
    assert "run holds no finding. Everything held: 7 rules over 4 flows" in told.sentence


def test_a_finding_that_there_is_not(harness: Harness, tmp_path: Path) -> None:
    run = run_in(tmp_path, failing_run())
    told = harness("issue", run, "9")
    assert told.code == 2
    listed = ", ".join(f"{one.number} ({one.id})" for one in findings_of(run))
    assert told.sentence.endswith(f"has no finding “9”; there are: {listed}.")


def test_a_journal_cut_short_before_its_first_verdict(harness: Harness, tmp_path: Path) -> None:
    run = run_in(tmp_path, failing_run())
    path = run / "journal.jsonl"
    path.write_bytes(path.read_bytes()[:9000])
    told = harness("issue", run)
    assert told.code == 2
    assert "run holds no finding. The run did not finish: The run died in step" in told.sentence


def test_a_file_that_cannot_be_written(harness: Harness, tmp_path: Path) -> None:
    told = harness("issue", run_in(tmp_path, failing_run()), "1", "--out", tmp_path)
    assert told.code == 2
    assert told.sentence.endswith(
        "cannot be written (Is a directory): name another file with --out."
    )


def test_a_file_needs_a_finding(harness: Harness, tmp_path: Path) -> None:
    told = harness("issue", run_in(tmp_path, failing_run()), "--out", tmp_path / "issue.md")
    assert told.code == 2
    assert told.sentence == "--out needs a finding: name one by its number or id"


def test_the_options_that_run_against_the_same_app_again() -> None:
    ours = fault_named(FAULT)
    assert again(RunOptions(fault=ours), "0.1.0") == ("--target", "reference", "--fault", FAULT)
    theirs = ours.model_copy(update={"title": "changed by somebody"})
    assert again(RunOptions(fault=theirs), "0.1.0")[2:] == ("--fault-file", f"{FAULT}.toml")
    release = RunOptions(target="opencode")
    assert again(release, "1.17.19") == ("--target", "opencode", "--app-version", "1.17.19")
    attached = RunOptions(target="opencode", base_url="http://127.0.0.1:4096", agent_port=5000)
    assert again(attached, "1.17.19") == (
        *("--target", "opencode", "--base-url", "http://127.0.0.1:4096"),
        *("--agent-port", "5000"),
    )
    two = attached.model_copy(update={"server_url": "http://127.0.0.1:4097"})
    assert again(two, "1.17.19")[4:6] == ("--server-url", "http://127.0.0.1:4097")


@pytest.mark.parametrize("plan", flows(TRAITS), ids=lambda plan: plan.name)
def test_the_beginning_of_a_plan_is_a_plan(plan: Plan) -> None:
    for step in range(1, len(plan.actions) + 1):
        begun = plan.model_copy(update={"actions": plan.actions[:step]})
        assert len(predict(begun, TRAITS)) == step + 1


def test_the_finding_is_met_again_with_what_the_issue_says(tmp_path: Path) -> None:
    first = command.finished(
        *("gate", "--flow", IN_HISTORY, "--fault", FAULT, "--report", tmp_path / "first")
    )
    assert first.returncode == 1
    (run,) = (tmp_path / "first").iterdir()
    wanted = findings_of(run)[0]
    written = command.finished("issue", run, wanted.id, "--out", tmp_path / "issue.md")
    assert written.returncode == 0
    assert (tmp_path / "issue-step-3.jpg").stat().st_size > 0
    text = (tmp_path / "issue.md").read_text("utf-8")
    assert str(tmp_path) not in text

    plan, line = FENCES.findall(text)
    (tmp_path / "plan.json").write_text(plan, "utf-8")
    assert len(load_plan(tmp_path / "plan.json").actions) == wanted.finding.step
    harness, *arguments = shlex.split(line)
    assert harness == "harness"
    where = [str(tmp_path / each) if each == "plan.json" else each for each in arguments]
    second = command.finished(*where, "--report", tmp_path / "second")
    assert second.returncode == 1, second.stderr
    (run_again,) = (tmp_path / "second").iterdir()
    assert wanted.id in {one.id for one in findings_of(run_again)}
