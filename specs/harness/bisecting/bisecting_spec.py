"""A search over runs: what they say, what is kept, what is run again."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from harness import __version__
from harness.bisecting import Bisecting, Kind, Look, Shelf, Wanted, answer_of, findings_of
from harness.bisecting.serving import OccupiedError
from harness.errors import AppError, SetupError, UsageError
from harness.flows import flows
from harness.journal import Entry, FlowEnded, Outcome, PropertyJudged, RunEnded, RunStarted
from harness.targets.npm import SilentError
from harness.targets.reference import TRAITS
from specs.reports.sample_journals import FLOWS, clean_run, dead_run, failing_run, write

ALL = (*(plan.name for plan in flows(TRAITS)), *FLOWS)
MOUNTED = Wanted(property="timeline-mounted")
NAMES = [f"1.{number}" for number in range(8)]


def by_us(entries: Iterator[Entry], names: tuple[str, ...] = ALL) -> Iterator[Entry]:
    """The journal of a run by this harness over these flows."""
    for entry in entries:
        if isinstance(entry, RunStarted):
            yield entry.model_copy(update={"harness_version": __version__, "flows": names})
        else:
            yield entry


def judged_as(outcome: Outcome, reason: str = "") -> tuple[Entry, ...]:
    changed = {"outcome": outcome, "reason": reason, "findings": ()}
    return tuple(
        entry.model_copy(update=changed)
        if isinstance(entry, PropertyJudged) and entry.property == MOUNTED.property
        else entry
        for entry in clean_run()
    )


def test_a_run_with_the_finding_is_bad_and_one_without_it_good() -> None:
    assert answer_of(tuple(failing_run()), MOUNTED) == ("bad", "")
    assert answer_of(tuple(clean_run()), MOUNTED) == ("good", "")


def test_only_the_flow_and_the_cause_that_are_wanted_count() -> None:
    entries = tuple(failing_run())
    found = [each for each in findings_of(entries) if each.property == MOUNTED.property]
    assert found
    assert all(answer_of(entries, each) == ("bad", "") for each in found)
    other = {entry.flow for entry in entries if isinstance(entry, FlowEnded)} - {
        each.flow for each in found
    }
    elsewhere = MOUNTED.model_copy(update={"flow": min(other)})
    assert answer_of(entries, elsewhere) == ("good", "")
    otherwise = found[0].model_copy(update={"cause": "some other cause"})
    assert answer_of(entries, otherwise) == ("good", "")


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        (judged_as("inconclusive", "nobody was reading"), "nobody was reading"),
        (judged_as("not applicable"), "timeline-mounted was not judged"),
        (tuple(clean_run())[:1], "the run did not finish"),
        (
            (*tuple(clean_run())[:1], RunEnded(t=1, verdict="infrastructure", reason="it died")),
            "it died",
        ),
    ],
)
def test_a_run_without_evidence_cannot_tell(entries: tuple[Entry, ...], why: str) -> None:
    assert answer_of(entries, MOUNTED) == ("cannot tell", why)


class App:
    """Candidates that are bad, or good, from one on; a run that is said to fail raises."""

    def __init__(
        self,
        turn: str,
        fails: Mapping[str, BaseException] | None = None,
        sought: Kind = "bad",
    ) -> None:
        self.turn = turn
        self.fails = fails or {}
        self.sought = sought
        self.made: list[tuple[str, tuple[str, ...]]] = []

    def perform(self, name: str, asked: tuple[str, ...], folder: Path) -> None:
        self.made.append((name, asked))
        if name in self.fails:
            raise self.fails[name]
        turned = NAMES.index(name) >= NAMES.index(self.turn)
        bad = turned == (self.sought == "bad")
        write(folder, by_us(failing_run() if bad else clean_run(), asked or ALL))


def search(app: App, shelf: Path, told: list[Look] | None = None) -> Bisecting:
    return Bisecting(Shelf(shelf), app.perform, (told if told is not None else []).append)


def test_the_first_bad_one_is_found_and_each_is_run_once(tmp_path: Path) -> None:
    app, told = App("1.5"), list[Look]()
    found = search(app, tmp_path / "runs", told).run(NAMES, MOUNTED)
    assert (found.last, found.first, found.certain) == ("1.4", "1.5", True)
    assert [name for name, _ in app.made] == [look.candidate for look in told]
    assert len(app.made) == len(set(app.made)) == 5


@pytest.mark.parametrize("wanted", [MOUNTED, None])
def test_the_one_that_mended_it_is_found(tmp_path: Path, wanted: Wanted | None) -> None:
    app = App("1.5", sought="good")
    searching = search(app, tmp_path / "runs")
    found = searching.run(NAMES, wanted, "good")
    assert (found.last, found.first, found.certain) == ("1.4", "1.5", True)
    assert (found.answers["1.4"], found.answers["1.5"]) == ("bad", "good")
    assert searching.wanted in (MOUNTED, findings_of(tuple(failing_run()))[0])


def test_what_gets_worse_is_not_mended(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"1\.0 is good, and --bad says that it is bad"):
        search(App("1.5"), tmp_path / "runs").run(NAMES, MOUNTED, "good")


def test_a_search_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    stopped = App("1.5", {"1.5": KeyboardInterrupt()})
    with pytest.raises(KeyboardInterrupt):
        search(stopped, tmp_path / "runs").run(NAMES, MOUNTED)
    again, told = App("1.5"), list[Look]()
    found = search(again, tmp_path / "runs", told).run(NAMES, MOUNTED)
    assert found.first == "1.5"
    before = {name for name, _ in stopped.made} - {"1.5"}
    assert before
    assert {look.candidate for look in told if look.kept} == before
    assert not before & {name for name, _ in again.made}


@pytest.mark.parametrize(
    "kept",
    [
        lambda: by_us(dead_run()),
        lambda: by_us(clean_run(), ALL[:2]),
        clean_run,  # of another release of the harness
    ],
    ids=["died", "other flows", "another harness"],
)
def test_a_run_that_says_less_is_made_again(
    kept: Callable[[], Iterator[Entry]], tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path / "runs")
    write(shelf.cleared("1.0"), kept())
    app = App("1.5")
    search(app, shelf.folder).run(NAMES, MOUNTED)
    assert "1.0" in {name for name, _ in app.made}


def test_one_that_cannot_be_run_is_passed_and_says_why(tmp_path: Path) -> None:
    told = list[Look]()
    fails = {"1.4": AppError("it did not come up"), "1.5": SetupError("no program in it")}
    found = search(App("1.5", dict(fails)), tmp_path / "runs", told).run(NAMES, MOUNTED)
    assert (found.last, found.first) == ("1.3", "1.6")
    assert found.untold == ("1.4", "1.5")
    whys = {look.candidate: look.why for look in told if look.answer == "cannot tell"}
    assert whys == {"1.4": "it did not come up", "1.5": "no program in it"}


def test_a_registry_that_falls_silent_ends_the_search(tmp_path: Path) -> None:
    app = App("1.5", {"1.3": SilentError("npm's registry does not answer")})
    with pytest.raises(SilentError):
        search(app, tmp_path / "runs").run(NAMES, MOUNTED)


def test_another_app_at_the_address_ends_the_search(tmp_path: Path) -> None:
    app = App("1.5", {"1.7": OccupiedError("something answers there already")})
    with pytest.raises(OccupiedError):
        search(app, tmp_path / "runs").run(NAMES, MOUNTED)
    assert [name for name, _ in app.made] == ["1.7"]


def test_an_end_that_cannot_be_run_says_why(tmp_path: Path) -> None:
    app = App("1.5", {"1.7": AppError("it did not come up")})
    with pytest.raises(UsageError, match=r"1\.7 cannot tell, .*; it said: it did not come up"):
        search(app, tmp_path / "runs").run(NAMES, MOUNTED)


def test_without_a_wish_it_is_the_first_finding_that_the_good_one_has_not(tmp_path: Path) -> None:
    app = App("1.5")
    searching = search(app, tmp_path / "runs")
    found = searching.run(NAMES, None)
    assert found.first == "1.5"
    assert searching.wanted == findings_of(tuple(failing_run()))[0]
    # The ends were run in whole, the others in the flow of the finding alone.
    assert searching.wanted is not None
    asked = dict(app.made)
    assert asked["1.0"] == asked["1.7"] == ()
    assert {flows for name, flows in asked.items() if name not in {"1.0", "1.7"}} == {
        (searching.wanted.flow,)
    }


def test_without_a_finding_there_is_nothing_to_search_for(tmp_path: Path) -> None:
    class Good(App):
        def perform(self, name: str, asked: tuple[str, ...], folder: Path) -> None:
            del name
            write(folder, by_us(clean_run(), asked or ALL))

    with pytest.raises(
        UsageError, match=r"1\.7 has no finding that 1\.0 was judged for and has not"
    ):
        search(Good("1.5"), tmp_path / "runs").run(NAMES, None)


def test_a_finding_that_the_good_one_was_not_judged_for_is_not_chosen(tmp_path: Path) -> None:
    class Unjudged(App):
        def perform(self, name: str, asked: tuple[str, ...], folder: Path) -> None:
            super().perform(name, asked, folder)
            if name == NAMES[0]:
                write(folder, by_us(iter(judged_as("not applicable")), asked or ALL))

    searching = search(Unjudged("1.5"), tmp_path / "runs")
    searching.run(NAMES, None)
    chosen = searching.wanted
    first = next(each for each in findings_of(tuple(failing_run())))
    assert first.property == MOUNTED.property
    assert chosen is not None
    assert chosen.property != MOUNTED.property


def test_names_of_candidates_are_names_of_folders(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "runs")
    assert shelf.place("origin/main:~1").name == "origin-main-1"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"cannot keep runs in .*: name another with --report"):
        Shelf(tmp_path / "file" / "runs")
