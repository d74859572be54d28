"""`harness baseline update`, and what `gate --baseline` refuses before anything starts."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from harness.baseline import load_baseline, today, write_baseline
from harness.journal import Entry, Journal
from specs.harness.baseline.made import REMOVED, REPLACED, accepting, baseline, finding, judged, run
from specs.harness.conftest import Harness
from specs.reports.sample_matrices import wide_matrix

Kept = Callable[..., Path]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """Writes a journal into a folder of its own."""

    def keep(entries: Iterable[Entry], name: str = "run") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        with (folder / "journal.jsonl").open("w", encoding="utf-8") as stream:
            journal = Journal(stream)
            for entry in entries:
                journal.write(entry)
        return folder

    return keep


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "known.toml"


def test_a_first_baseline_is_written_for_ninety_days(
    harness: Harness, kept: Kept, file: Path
) -> None:
    folder = kept(run(judged(finding(REPLACED, REMOVED))))
    told = harness("baseline", "update", folder, "--baseline", file, "--reason", "known")
    assert (told.code, told.err) == (0, "")
    assert f"accepted: timeline-mounted in round-trip-in-place-history: {REPLACED}" in told.out
    assert "2 causes accepted, 0 of them as before" in told.out
    until = today() + timedelta(days=90)
    expected = (accepting(REMOVED, until=until), accepting(REPLACED, until=until))
    assert load_baseline(file).accepted == expected


def test_the_next_says_what_is_mended_and_keeps_the_rest(
    harness: Harness, kept: Kept, file: Path
) -> None:
    lasting = accepting(REPLACED, until=today() + timedelta(days=3))
    write_baseline(file, baseline(lasting, accepting(REMOVED, until=lasting.until)))
    folder = kept(run(judged(finding(REPLACED))))
    told = harness("baseline", "update", folder, "--baseline", file)
    assert told.code == 0
    assert "mended, no longer accepted: timeline-mounted in" in told.out
    assert load_baseline(file).accepted == (lasting,)


def test_a_day_of_ones_own(harness: Harness, kept: Kept, file: Path) -> None:
    folder = kept(run(judged(finding(REPLACED))))
    options = ("--baseline", file, "--reason", "x", "--until")
    over = harness("baseline", "update", folder, *options, "2020-01-01")
    assert over.code == 2
    assert over.sentence == "--until 2020-01-01 is over: name today or a later day"
    assert harness("baseline", "update", folder, *options, "soon").code == 2
    assert not file.exists()
    assert harness("baseline", "update", folder, *options, f"{today()}").code == 0
    assert load_baseline(file).accepted[0].until == today()


def test_several_runs_make_one_baseline(harness: Harness, kept: Kept, file: Path) -> None:
    runs = (kept(run(judged(finding(cause))), cause[:4]) for cause in (REPLACED, REMOVED))
    told = harness("baseline", "update", *runs, "--baseline", file, "--reason", "x")
    assert told.code == 0
    assert len(load_baseline(file).accepted) == 2


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_empty_reason_is_none(harness: Harness, kept: Kept, file: Path, reason: str) -> None:
    told = harness("baseline", "update", kept(run()), "--baseline", file, "--reason", reason)
    assert told.code == 2
    assert told.sentence == "--reason is empty: say why the findings are accepted"


def test_runs_of_other_targets_are_refused(harness: Harness, kept: Kept, file: Path) -> None:
    here, there = kept(run(), "here"), kept(run(target="opencode"), "there")
    both = harness("baseline", "update", here, there, "--baseline", file)
    assert both.code == 2
    assert both.sentence.endswith("there of opencode: a baseline is for one")
    write_baseline(file, baseline())
    other = harness("baseline", "update", there, "--baseline", file)
    assert other.code == 2
    assert "is for the target reference, and the run was of opencode" in other.sentence


def test_what_is_no_run_of_the_gate_is_refused(
    harness: Harness, kept: Kept, file: Path, tmp_path: Path
) -> None:
    def told(folder: Path) -> str:
        said = harness("baseline", "update", folder, "--baseline", file)
        assert said.code == 2
        return said.sentence

    assert "holds no journal.jsonl: name a folder" in told(tmp_path / "none")
    assert "has no beginning: take another run" in told(kept((), "empty"))
    assert "is a proof of faults: take a run of the gate" in told(kept(wide_matrix(), "proof"))
    torn = kept(run(), "torn") / "journal.jsonl"
    torn.write_text(f"x\n{torn.read_text('utf-8')}", "utf-8")
    assert "cannot be relied upon: Line 1 of the journal could not be read" in told(torn.parent)
    assert not file.exists()


def test_the_gate_refuses_what_it_cannot_apply(
    harness: Harness, file: Path, tmp_path: Path
) -> None:
    def told(*arguments: object) -> str:
        said = harness("gate", *arguments, "--report", tmp_path / "reports")
        assert said.code == 2
        assert not (tmp_path / "reports").exists()
        return said.sentence

    assert told("--baseline", file).startswith(f"there is no baseline {file}: write one")
    assert "name its file with --baseline" in told("--strict")
    write_baseline(file, baseline(target="opencode"))
    assert "is for the target opencode, not reference" in told("--baseline", file)
    write_baseline(file, baseline(accepting(rule="nope")))
    assert "of a rule: there is no rule “nope”; there are: timeline-m" in told("--baseline", file)
