"""The file of a counterexample: kept whole, and refused in one sentence where it is none."""

import json
from pathlib import Path

import pytest

from fixtures.faults import fault_named
from harness.errors import UsageError
from harness.journal import Finding
from harness.plans import Plan
from harness.replaying import Expected, load_counterexample, plan_in
from harness.replaying.outcome import Outcome, Replayed
from harness.replays import Replays
from harness.run import RunOptions
from specs.replaying.cases import FOUND, SMALL, case, written

FAULT = fault_named("timeline-keyed-by-directory")


def refused(path: Path) -> str:
    with pytest.raises(UsageError) as said:
        load_counterexample(path)
    (line,) = str(said.value).splitlines()
    return line.removeprefix(f"{path} ")


@pytest.mark.parametrize(
    "fault", [None, FAULT, FAULT.model_copy(update={"id": "of-a-file"})], ids=["none", "id", "file"]
)
def test_what_is_written_is_what_is_read(tmp_path: Path, fault: object) -> None:
    there = case(options=RunOptions.model_validate({"fault": fault, "base_url": "http://a:1"}))
    read = load_counterexample(written(tmp_path, there))
    assert read == there
    assert read.fault == ("timeline-keyed-by-directory" if fault is FAULT else fault)
    assert Plan.model_validate(read.plan) == SMALL


def test_the_file_is_for_people(tmp_path: Path) -> None:
    lines = written(tmp_path, case()).read_text("utf-8").splitlines()
    assert lines[1:3] == ['  "kind": "counterexample",', '  "schema_version": 1,']
    assert '      "summary": "after reload the timeline was a new element"' in lines
    assert '        "text": "Say “hello”.",' in lines
    assert not any("null" in line for line in lines[:20])


def test_its_plan_is_one_for_the_gate(tmp_path: Path) -> None:
    assert plan_in(written(tmp_path, case())) == SMALL
    (tmp_path / "plan.json").write_text(SMALL.model_dump_json(), "utf-8")
    assert plan_in(tmp_path / "plan.json") == SMALL


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "it is empty"),
        (b"\xff\xfe\x00", "it is no text"),
        (b"findings: none", "it is no JSON: Expecting value, line 1, column 1"),
        (b"[1]", "its JSON is no object"),
        (b"[" * 9999 + b"]" * 9999, "nested too deep"),
        (b"{}", "it lacks the kind “counterexample”"),
    ],
)
def test_what_is_no_counterexample_is_refused(tmp_path: Path, text: bytes, said: str) -> None:
    path = tmp_path / "found.json"
    path.write_bytes(text)
    assert said in refused(path)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_a_file_that_is_cut_short_is_told_as_such(tmp_path: Path, share: float) -> None:
    path = written(tmp_path, case())
    text = path.read_text("utf-8")
    kept = text[: int(len(text) * share)].rstrip()
    path.write_text(kept, "utf-8")
    lines = kept.count("\n") + 1
    assert refused(path) == f"is no counterexample: it is cut short, its JSON ends in line {lines}"


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.json").endswith("gone.json: No such file or directory")
    assert refused(tmp_path).endswith("Is a directory")


def test_a_plan_is_no_counterexample(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(SMALL.model_dump_json(), "utf-8")
    said = f"is a plan and names no finding to look for; run it with: harness gate --plan {path}"
    assert refused(path) == said


@pytest.mark.parametrize(
    ("version", "remedy"),
    [(2, "upgrade scope-harness"), (0, "harness explore"), (None, "harness explore")],
)
def test_another_schema_is_refused(tmp_path: Path, version: int | None, remedy: str) -> None:
    path = written(tmp_path, case())
    data = {**json.loads(path.read_text("utf-8")), "schema_version": version}
    path.write_text(json.dumps(data), "utf-8")
    said = refused(path)
    assert said.startswith(f"is a counterexample of schema {version}, and this harness reads")
    assert said.endswith(remedy)


def test_what_is_wrong_in_it_is_told_with_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, case())
    path.write_text(path.read_text("utf-8").replace('"step": 4', '"step": "four"'), "utf-8")
    assert refused(path).startswith("is no counterexample: findings.0.step: ")


@pytest.mark.parametrize(
    ("cause", "same", "loosely"),
    [
        ("timeline replaced after reload", True, True),
        ("timeline replaced after the second reload", False, True),
        ("timeline replaced after a later reload", False, True),
        ("timeline replaced after open-session", False, False),
        ("composer replaced after reload", False, False),
    ],
)
def test_the_same_finding_is_of_the_same_cause(cause: str, *, same: bool, loosely: bool) -> None:
    finding = FOUND.model_copy(update={"causes": ("viewport replaced after reload", cause)})
    expected = Expected.of(FOUND)
    assert expected.met_by(finding) == same
    assert expected.met_by(finding, loosely=True) == loosely
    other = finding.model_copy(update={"property": "no-blank-frame"})
    assert not expected.met_by(other, loosely=True)


def run(*, met: bool = False, found: bool = False, doubt: str = "", down: bool = False) -> Replayed:
    other = FOUND.model_copy(update={"property": "send-once", "summary": "it was sent twice"})
    findings: tuple[Finding, ...] = (FOUND,) if met else (other,) if found else ()
    return Replayed("flow", case().findings if met else (), findings, doubt, down)


@pytest.mark.parametrize(
    ("runs", "code", "said"),
    [
        ((run(met=True),), 1, "Reproduced."),
        ((run(met=True), run(), run(met=True)), 1, "Reproduced in 2 of 3 runs."),
        ((run(),), 0, "Not reproduced: it is gone."),
        ((run(), run()), 0, "Not reproduced in 2 runs: it is gone."),
        ((run(found=True),), 1, "Not reproduced, but something else broke."),
        ((run(), run(doubt="no evidence")), 2, "Not known."),
        ((run(doubt="the app ended", down=True),), 3, "Not known."),
    ],
)
def test_the_outcome_has_the_exit_codes_of_the_gate(
    runs: tuple[Replayed, ...], code: int, said: str
) -> None:
    outcome = Outcome((), runs)
    assert (outcome.exit_code, str(outcome)) == (code, said)


@pytest.mark.parametrize(
    ("found", "sure"),
    [
        ({}, True),
        ({"replays": Replays(asked=5, tried=5, met=5)}, True),
        ({"replays": Replays(asked=5, tried=3, met=2)}, False),
        ({"again": False}, False),
    ],
    ids=["not replayed", "each time", "missed", "never met again"],
)
def test_what_was_missed_before_is_not_said_to_be_gone(
    found: dict[str, object], *, sure: bool
) -> None:
    origin = case().found.model_copy(update=found)
    assert origin.sure == sure
    outcome = Outcome((), (run(),), sure=sure)
    words = "it is gone" if sure else "it was not met each time when it was found, either"
    assert (outcome.exit_code, str(outcome)) == (0 if sure else 2, f"Not reproduced: {words}.")
    assert Outcome((), (run(doubt="no evidence"),), sure=sure).exit_code == 2
    assert Outcome((), (run(met=True),), sure=sure).exit_code == 1
