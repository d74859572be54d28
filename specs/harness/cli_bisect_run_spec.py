"""`--bisect-run`: git skips a revision that nothing can be told of, and stops where none can be."""

from pathlib import Path

import pytest

from harness.cli import gate
from harness.errors import AppError, HarnessError, HookError, SetupError, UsageError
from harness.journal import RunVerdict
from specs.harness.conftest import Harness
from specs.reports.sample_journals import clean_run, dead_run, failing_run, write


@pytest.mark.parametrize(
    ("verdict", "own", "of_git"),
    [("pass", 0, 0), ("violated", 1, 1), ("inconclusive", 2, 125), ("infrastructure", 3, 125)],
)
def test_a_verdict(  # noqa: PLR0913, PLR0917  a table of cases
    harness: Harness,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    verdict: RunVerdict,
    own: int,
    of_git: int,
) -> None:
    def run(*_args: object, **_options: object) -> RunVerdict:
        return verdict

    monkeypatch.setattr(gate, "_run", run)
    assert harness("gate", "--report", tmp_path).code == own
    assert harness("gate", "--report", tmp_path, "--bisect-run").code == of_git


@pytest.mark.parametrize(
    ("error", "of_git"),
    [
        (AppError("it does not start"), 125),
        (HookError("the page has no composer"), 125),
        (SetupError("no browser was found"), 128),
        (UsageError("that cannot be asked for"), 128),
        (HarnessError("the reports cannot be written"), 128),
        (RuntimeError("a bug"), 128),
    ],
)
def test_an_error(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, of_git: int
) -> None:
    def fail(*_args: object, **_options: object) -> RunVerdict:
        raise error

    monkeypatch.setattr(gate, "_run", fail)
    told = harness("gate", "--report", tmp_path, "--bisect-run")
    assert (told.code, str(error) in told.sentence) == (of_git, True)


@pytest.mark.parametrize("wrong", [("--targt", "x"), ("--flow", "nope"), ("--slow", "-1")])
def test_a_wrong_command_ends_the_search(harness: Harness, wrong: tuple[str, ...]) -> None:
    assert harness("gate", "--bisect-run", *wrong).code == 128
    assert harness("gate", *wrong).code == 2


def test_two_runs_side_by_side(harness: Harness, tmp_path: Path) -> None:
    made = {"clean": clean_run, "failing": failing_run, "dead": dead_run}
    for name, run in made.items():
        (tmp_path / name).mkdir()
        write(tmp_path / name, run())
    codes = [
        harness(
            *("compare", tmp_path / "clean", tmp_path / after, "--report", tmp_path / "out"),
            "--bisect-run",
        ).code
        for after in made
    ]
    assert codes == [0, 1, 125]
