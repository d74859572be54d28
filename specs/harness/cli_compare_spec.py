"""`harness compare`: what it takes for a side, what it refuses, how it exits."""

import json
import shutil
from pathlib import Path

import pytest

from harness.cli import compare
from harness.run import RunOptions
from specs.harness.conftest import Harness
from specs.reports.sample_journals import clean_run, dead_run, failing_run, write


@pytest.fixture(name="runs")
def _runs(tmp_path: Path) -> dict[str, Path]:
    made = {"clean": clean_run, "failing": failing_run, "dead": dead_run}
    folders = {name: tmp_path / name for name in made}
    for name, folder in folders.items():
        folder.mkdir()
        write(folder, made[name]())
    return folders


@pytest.mark.parametrize(
    ("before", "after", "code", "said"),
    [
        ("clean", "clean", 0, "Nothing has changed"),
        ("failing", "clean", 0, "8 rules got better"),
        ("clean", "failing", 1, "8 rules got worse"),
        ("clean", "dead", 3, "The second run did not finish"),
    ],
)
def test_two_runs_that_are_there(  # noqa: PLR0913, PLR0917  a table of cases
    harness: Harness,
    runs: dict[str, Path],
    tmp_path: Path,
    before: str,
    after: str,
    code: int,
    said: str,
) -> None:
    told = harness("compare", runs[before], runs[after], "--report", tmp_path / "out")
    assert (told.code, told.err) == (code, "")
    assert said in " ".join(told.out.split())
    (page,) = (tmp_path / "out").glob("*-compare/comparison.html")
    assert str(page) in told.out.replace("\n", "")


def test_as_json_it_has_each_rule_and_its_turn(
    harness: Harness, runs: dict[str, Path], tmp_path: Path
) -> None:
    told = harness(
        "compare", runs["clean"], runs["failing"], "--json", "--report", tmp_path / "out"
    )
    held = json.loads(told.out)
    assert (told.code, held["turn"]) == (1, "worse")
    assert {line["turn"] for line in held["lines"]} == {"worse", "same"}


def test_only_the_flows_that_are_asked_for(
    harness: Harness, runs: dict[str, Path], tmp_path: Path
) -> None:
    arguments = (runs["clean"], runs["failing"], "--report", tmp_path / "out")
    told = harness("compare", *arguments, "--flow", "round-trip-by-tools-bottom", "--json")
    flows = {line["flow"] for line in json.loads(told.out)["lines"]}
    assert flows == {"round-trip-by-tools-bottom"}


@pytest.fixture(name="asked")
def _asked(runs: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> list[RunOptions]:
    """What is run, in order; every run is the clean one."""
    asked: list[RunOptions] = []

    def performed(options: RunOptions, *, quiet: bool) -> Path:
        del quiet
        asked.append(options)
        return runs["clean"]

    monkeypatch.setattr(compare, "_performed", performed)
    return asked


def test_a_release_and_an_address_are_run(
    harness: Harness, asked: list[RunOptions], tmp_path: Path
) -> None:
    told = harness("compare", "1.17.19", "http://127.0.0.1:4096", "--report", tmp_path / "out")
    assert told.code == 0
    assert [(one.app_version, one.base_url) for one in asked] == [
        ("1.17.19", None),
        (None, "http://127.0.0.1:4096"),
    ]
    assert {one.target for one in asked} == {"opencode"}


A, B, SERVER, OTHER = (f"http://127.0.0.1:{port}" for port in (3000, 3001, 4096, 4097))


@pytest.mark.parametrize(
    ("sides", "given", "used"),
    [
        ((A, B), (SERVER,), [SERVER, SERVER]),
        ((A, B), (SERVER, OTHER), [SERVER, OTHER]),
        ((A, A), (SERVER, OTHER), [SERVER, OTHER]),
        (("clean", B), (SERVER,), [SERVER]),
        ((A, "clean"), (SERVER,), [SERVER]),
    ],
)
def test_an_address_may_have_a_server_of_its_own(  # noqa: PLR0913, PLR0917  a table of cases
    harness: Harness,
    runs: dict[str, Path],
    asked: list[RunOptions],
    tmp_path: Path,
    sides: tuple[str, str],
    given: tuple[str, ...],
    used: list[str | None],
) -> None:
    told = harness(
        *("compare", *(runs.get(side, side) for side in sides), "--target", "pawwork"),
        *(word for address in given for word in ("--server-url", address)),
        *("--agent-port", 5000, "--report", tmp_path / "out"),
    )
    assert told.code == 0
    assert [one.server_url for one in asked] == used
    assert {one.agent_port for one in asked} == {5000}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("1", "2", "--target", "nope"), "there is no target “nope”"),
        (("1", "2", "--target", "reference"), "has no other version"),
        (("1.0.0", "2.0.0", "--flow", "nope"), "there is no flow “nope”"),
        ((A, "1", "--server-url", SERVER, "--server-url", OTHER), "given 2 times for 1 address:"),
        ((A, B, "--server-url", "there", "--target", "pawwork"), "--server-url takes an address"),
        (("reports/out/gone", "2.0.0"), "there is no run reports/out/gone: name the folder of a"),
        ((".", "2"), ". holds no journal.jsonl: name the folder of a run"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    harness: Harness, arguments: tuple[str, ...], said: str
) -> None:
    told = harness("compare", *arguments)
    assert told.code == 2
    assert said in told.sentence


def test_a_run_whose_folder_is_gone_is_no_bug(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_options: RunOptions, folder: Path, *_: object) -> str:
        shutil.rmtree(folder)
        return "pass"

    monkeypatch.setattr(compare, "run_gate", gone)
    told = harness("compare", "1.17.19", "1.17.20", "--report", tmp_path / "out")
    assert told.code == 3
    assert "holds no journal.jsonl" in told.sentence
