from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest

from harness.journal import (
    Entry,
    Finding,
    FlowEnded,
    FlowStarted,
    PropertyJudged,
    RunEnded,
    RunVerdict,
)
from harness.values import Value
from reports import read_run, write_reports
from reports.history import FlowPast, History, points, remembered, since, trends
from reports.html.past import past_part
from specs.reports.axe import serious
from specs.reports.conftest import Opened
from specs.reports.sample_journals import START, started, write

_DAY = 86_400_000.0
_CAUSE = "composer replaced after reload"


class Told(Value):
    """One run of one flow on its day, and what is otherwise than in a usual one."""

    day: int
    verdict: RunVerdict = "pass"
    took: float = 2_000.0
    cause: str = _CAUSE
    version: str = "1.0"
    fault: str | None = None
    target: str = "reference"
    flow: str = "reload"

    def entries(self) -> Iterator[Entry]:
        t, broken = START + self.day * _DAY, self.verdict == "violated"
        begun = started((self.flow,), fault=self.fault)
        yield begun.model_copy(update={"t": t, "app_version": self.version, "target": self.target})
        yield FlowStarted(flow=self.flow, title=self.flow, t=t, plan=None)
        yield PropertyJudged(
            flow=self.flow,
            property="timeline-mounted",
            outcome="violated" if broken else "pass",
            evidence=9,
            unit="frames",
            findings=(_finding(self.flow, self.cause),) if broken else (),
        )
        yield FlowEnded(flow=self.flow, t=t + self.took, verdict=self.verdict)
        yield RunEnded(t=t + self.took, verdict=self.verdict)


def _finding(flow: str, cause: str) -> Finding:
    return Finding(
        property="timeline-mounted",
        flow=flow,
        step=1,
        causes=(cause,),
        summary="it is new",
        expected="#1",
        observed="#9",
    )


def _runs(root: Path, told: list[Told]) -> Path:
    """Writes runs, a folder each; answers with that of the last."""
    for number, each in enumerate(told):
        folder = root / f"run-{number}"
        folder.mkdir()
        write(folder, each.entries())
    return root / f"run-{len(told) - 1}"


def _history(root: Path, told: list[Told]) -> History:
    folder = _runs(root, told)
    return remembered(read_run(folder), folder)


def _trend(root: Path, told: list[Told]) -> FlowPast:
    folder = _runs(root, told)
    run = read_run(folder)
    (past,) = trends(run, remembered(run, folder))
    return past


def _days(verdicts: str) -> list[Told]:
    words: dict[str, RunVerdict] = {"+": "pass", "-": "violated", "!": "infrastructure"}
    return [Told(day=day, verdict=words[one]) for day, one in enumerate(verdicts)]


@pytest.mark.parametrize(
    ("verdicts", "flags"),
    [
        ("+++", []),
        ("++-", ["newly failing; it held in run 2 (24 Nov 2026, 13:00:00 UTC, 1.0)"]),
        ("+!-", ["newly failing; it held in run 1 (23 Nov 2026, 13:00:00 UTC, 1.0)"]),
        (
            "+--",
            ["failing since run 2 (24 Nov 2026, 13:00:00 UTC, 1.0)"],
        ),
        ("---", ["failing at least since run 1 (23 Nov 2026, 13:00:00 UTC, 1.0)"]),
        ("--+", ["holds again; it failed in run 2 (24 Nov 2026, 13:00:00 UTC, 1.0)"]),
        ("+-++", ["flaky: 2 changes of verdict in 4 runs of 1.0"]),
        ("++!", []),
        ("!-", []),
    ],
)
def test_a_flow_is_told_by_its_verdicts(verdicts: str, flags: list[str], tmp_path: Path) -> None:
    past = _trend(tmp_path, _days(verdicts))
    assert [flag.text for flag in past.flags] == flags


def test_what_changes_with_the_release_is_not_flaky(tmp_path: Path) -> None:
    told = _days("+-+")
    told[1] = told[1].model_copy(update={"version": "1.1"})
    assert [flag.kind for flag in _trend(tmp_path, told).flags] == ["mended"]


@pytest.mark.parametrize(
    ("earlier", "now", "flags"),
    [
        ((2000, 2100, 1900, 2050), 3200, ["slower: 3.20 s, usually 2.02 s"]),
        ((2000, 2100, 1900, 2050), 2900, []),  # less than half as long again
        ((2000, 2100, 1900, 9000), 3200, ["slower: 3.20 s, usually 2.05 s"]),  # one was stuck
        ((1000, 3000, 2000, 4500), 4900, []),  # they differ as much by themselves
        ((100, 110, 105, 95), 300, []),  # milliseconds
        ((2000, 2100, 1900), 9000, []),  # too few to know
    ],
)
def test_slower_is_what_chance_does_not_explain(
    earlier: tuple[int, ...], now: int, flags: list[str], tmp_path: Path
) -> None:
    told = [Told(day=day, took=took) for day, took in enumerate((*earlier, now))]
    assert [flag.text for flag in _trend(tmp_path, told).flags] == flags


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        ("-", ""),
        ("!-", "new: not in run 1 (23 Nov 2026, 13:00:00 UTC, 1.0)"),
        ("+-", "new: not in run 1 (23 Nov 2026, 13:00:00 UTC, 1.0)"),
        ("--", "at least since run 1 (23 Nov 2026, 13:00:00 UTC, 1.0)"),
        (
            "+--",
            "since run 2 (24 Nov 2026, 13:00:00 UTC, 1.0)",
        ),
        (
            "-+-",
            "comes and goes: in 2 of 3 runs, not in run 2 (24 Nov 2026, 13:00:00 UTC, 1.0)",
        ),
    ],
)
def test_a_finding_says_since_when(verdicts: str, words: str, tmp_path: Path) -> None:
    folder = _runs(tmp_path, _days(verdicts))
    run = read_run(folder)
    flow = run.flows[0]
    assert since(points(run, remembered(run, folder), flow), flow.findings[0]) == words


def test_a_finding_of_another_cause_is_new(tmp_path: Path) -> None:
    told = [Told(day=0, verdict="violated", cause="viewport replaced after reload")]
    folder = _runs(tmp_path, [*told, Told(day=1, verdict="violated")])
    run = read_run(folder)
    flow = run.flows[0]
    told_since = since(points(run, remembered(run, folder), flow), flow.findings[0])
    assert told_since.startswith("new: not in run 1")


def test_only_runs_that_say_something_of_it_count(tmp_path: Path) -> None:
    told = [
        Told(day=0),
        Told(day=1, target="opencode"),
        Told(day=2, fault="blink"),
        Told(day=3, flow="another"),
        Told(day=9),  # later
        Told(day=5),
    ]
    assert [past.folder for past in _history(tmp_path, told).runs] == ["run-0"]


def test_a_run_with_a_fault_stands_against_those_with_it_and_without(tmp_path: Path) -> None:
    faults = (None, "blink", "other", "blink")
    history = _history(tmp_path, [Told(day=day, fault=one) for day, one in enumerate(faults)])
    assert [past.folder for past in history.runs] == ["run-0", "run-1"]


def test_explorations_are_no_history(tmp_path: Path) -> None:
    folder = _runs(tmp_path, _days("+++"))
    journal = tmp_path / "run-0" / "journal.jsonl"
    first = journal.read_text("utf-8")
    journal.write_text(first.replace('"doing":"gate"', '"doing":"explore"', 1), "utf-8")
    assert [past.folder for past in remembered(read_run(folder), folder).runs] == ["run-1"]
    walked = tmp_path / "run-0"
    assert remembered(read_run(walked), walked) == History()


def test_the_last_twenty_count_the_oldest_first(tmp_path: Path) -> None:
    history = _history(tmp_path, _days("+" * 23))
    assert [past.folder for past in history.runs] == [f"run-{number}" for number in range(2, 22)]


def test_a_flow_that_stands_in_two_journals_counts_once(tmp_path: Path) -> None:
    history = _history(tmp_path, [Told(day=0), Told(day=0), Told(day=1)])
    assert len(history.runs) == 1


@pytest.mark.parametrize("content", ["", "{}\n", '{"kind":"run-started","schema_version":99}\n'])
def test_a_broken_journal_is_left_out_and_said(content: str, tmp_path: Path) -> None:
    folder = _runs(tmp_path, _days("+++"))
    (tmp_path / "run-0" / "journal.jsonl").write_text(content)
    history = remembered(read_run(folder), folder)
    assert [past.folder for past in history.runs] == ["run-1"]
    assert history.notes == ("The journal of run-0 could not be read and is left out.",)


def test_a_line_that_cannot_be_read_breaks_a_journal_but_for_the_last(tmp_path: Path) -> None:
    folder = _runs(tmp_path, _days("+++"))
    for name, tail in (("run-0", '{"kind":"flow-ended"}\n'), ("run-1", '{"kind":"flow-en')):
        with (tmp_path / name / "journal.jsonl").open("a") as stream:
            stream.write(tail)
    history = remembered(read_run(folder), folder)
    assert [past.folder for past in history.runs] == ["run-1"]
    assert len(history.notes) == 1


def test_the_report_has_a_column_for_each_run_and_links_to_its_report(tmp_path: Path) -> None:
    folder = _runs(tmp_path, _days("+!-"))
    (tmp_path / "run-0" / "report.html").touch()
    run = read_run(folder)
    part = past_part(run, remembered(run, folder))
    assert part is not None
    assert [(each.number, each.href) for each in part.columns] == [
        (3, ""),
        (2, ""),
        (1, "../run-0/report.html"),
    ]
    (row,) = part.rows
    assert [cell.title for cell in row.cells] == [
        "violated, 2.00 s",
        "infrastructure, 2.00 s",
        "held, 2.00 s",
    ]
    assert part.sentence == "Against the 2 runs before it: 1 flow failing."


def test_the_page_says_it_of_each_finding_and_above_all(tmp_path: Path) -> None:
    page = write_reports(_runs(tmp_path, _days("+-"))).html.read_text()
    assert '<p class="since">new: not in run 1 (' in page
    assert "Against the run before it: 1 flow failing." in page
    alone = tmp_path / "alone"
    alone.mkdir()
    assert 'id="history"' not in write_reports(_runs(alone, _days("-"))).html.read_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_newest_run_is_in_sight_and_axe_finds_nothing_serious(
    scheme: Literal["light", "dark"], tmp_path: Path, open_report: Callable[..., Opened]
) -> None:
    folder = _runs(tmp_path, _days("+-" * 10))
    page = open_report(write_reports(folder).html, width=390).page
    page.emulate_media(color_scheme=scheme)
    assert page.locator(".past thead th").nth(1).inner_text() == "20"
    ends = page.locator(".past .now").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().right)"
    )
    assert max(ends) <= 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert serious(page) == []
