"""What of the model was exercised, in the report of every kind of run."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from harness.journal import Entry
from reports import read_run, write_reports
from reports.coverage import SEVERAL, actions, crossings, pairs, situations, summary, transitions
from reports.junit import junit_xml
from reports.sharding import merge_runs
from reports.telling import tell
from reports.verdicts import headline
from specs.reports.axe import serious
from specs.reports.conftest import Opened, RunOf
from specs.reports.hostile_texts import SCRIPTS
from specs.reports.sample_coverage import (
    HERE,
    LATE,
    cover_run,
    exercising_run,
    exploring_run,
)
from specs.reports.sample_journals import clean_run, write

Open = Callable[..., Opened]


def cells(page: Page, table: str) -> dict[str, list[str]]:
    """The texts of a table by what stands first in each row."""
    rows = page.locator(f"{table} tbody tr").evaluate_all(
        "all => all.map((tr) => [...tr.children].map((one) => one.textContent.trim()))"
    )
    return {first: rest for first, *rest in rows}


def test_actions_are_counted_and_those_never_taken_are_told() -> None:
    told = {one.name: one for one in actions(tell(exercising_run()))}
    assert [*told] == [
        *("open-session", "reload", "send-prompt", "enter-worktree", "revert", "restore")
    ]
    assert (told["reload"].times, told["reload"].situations) == (1 + 2 + 3 + 4, 1)
    assert len(told["open-session"].where) == 4
    assert [name for name, one in told.items() if one.never] == ["revert"]
    assert told["restore"].lack == "it takes nothing back"


def test_transitions_pairs_and_situations_are_counted() -> None:
    run = tell(exercising_run())
    assert transitions(run)[HERE, "reload"] == 10
    assert pairs(run)["send-prompt", "enter-worktree"] == 4
    assert pairs(run)["reload", "reload"] == 0 + 1 + 2 + 3
    assert situations(run)[LATE] == {"enter-worktree": 4}
    assert summary(run) == "4 of 5 actions, 4 transitions, 4 pairs and 3 interleavings"


def test_every_request_meets_every_switch_or_says_why_not() -> None:
    told = {(each.requests, each.switch): each for each in crossings(tell(exercising_run()))}
    assert len(told[("diff",), "A → B"].met) == 1
    assert told[("diff",), "A → B → A"].met == ()
    assert told[("send",), "reload"].lack == "the page still waits for what was clicked"
    both = told[("diff", "send"), "A → B"]
    assert (len(both.met), both.orders) == (1, 2)
    assert told[("diff",), SEVERAL].where == ("round-trip-by-tools-history",)


def test_the_report_of_a_gate_has_the_tables(run_of: RunOf, open_report: Open) -> None:
    report = open_report(write_reports(run_of(exercising_run())).html)
    page = report.page
    assert "Never taken: revert." in page.locator("#coverage .note").inner_text()
    alone = cells(page, "#coverage > .scroll .crossings")
    assert alone["diff"] == ["1", "·", "·", "1"]
    assert alone["send"] == ["·", "·", "\u2013", ""]
    assert cells(page, "#coverage details .crossings")["diff + send"][0] == "1/2"
    taken = cells(page, "#coverage details .figures")
    assert taken["reload"][:2] == ["10", "1"]
    assert taken["restore"][2] == "cannot be done: it takes nothing back"
    assert cells(page, "#coverage .kills")["send-prompt"] == ["·", "·", "·", "4"]
    assert taken[LATE][:1] == ["4"]
    page.locator("#coverage details", has_text="actions").first.evaluate("one => one.open = true")
    page.locator("#coverage a", has_text="round-trip-by-tools-history").first.click()
    assert page.url.endswith("#flow-1")
    assert report.said == []


def test_a_run_without_it_has_no_such_section(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(clean_run())).html).page
    assert page.locator("#coverage").count() == 0


@pytest.mark.parametrize("entries", [exercising_run, exploring_run, cover_run])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_is_readable_at_every_width_and_axe_finds_nothing_serious(
    entries: Callable[[], Iterator[Entry]], width: int, run_of: RunOf, open_report: Open
) -> None:
    page = open_report(write_reports(run_of(entries())).html, width=width).page
    page.evaluate("for (const one of document.querySelectorAll('#coverage details')) one.open=true")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert serious(page) == []


def test_an_exploration_tells_its_findings_and_how_much_was_walked(
    run_of: RunOf, open_report: Open
) -> None:
    page = open_report(write_reports(run_of(exploring_run())).html).page
    assert page.locator("h1").inner_text() == "1 finding: 4 rules broken"
    assert page.locator(".detail").inner_text() == (
        "Broken: timeline-mounted, rendered-window-kept, reading-position-kept, no-blank-frame. "
        "3 walks and 60 actions in 10.00 s, 6.0 a second."
    )
    assert page.locator(".break").count() == 1
    taken = cells(page, "#coverage details .figures")
    assert taken["send-prompt"] == ["3", "1", "walk-1, walk-2, walk-3"]


@pytest.mark.parametrize(
    ("entries", "title", "detail"),
    [
        (exploring_run("pass", found=False), "Nothing was found", "3 walks and 60 actions in"),
        (
            exploring_run("inconclusive", found=False, reason="it did not come to rest"),
            "No verdict: evidence is missing",
            "1 walk not done to the end. it did not come to rest.",
        ),
        (
            exploring_run("infrastructure", reason="it was stopped by hand"),
            "The run did not finish",
            "It was stopped by hand. Before that, 3 walks and 60 actions",
        ),
        (cover_run(), "All of the model is used", "2,400 states, 20,000 transitions and 11,000"),
        (
            cover_run(("revert: “idle” never refuses",)),
            "1 part of the model is never used",
            "First, revert: “idle” never refuses.",
        ),
        (cover_run(slices=0), "Interleavings of the model", "7 orders of answers to 7 requests"),
    ],
)
def test_the_headline_says_what_it_came_to(
    entries: Iterator[Entry], title: str, detail: str
) -> None:
    told = headline(tell(entries))
    assert (told.title, detail in told.detail) == (title, True), told.detail


def test_the_model_alone_has_parts_guards_and_what_is_left_out(
    run_of: RunOf, open_report: Open
) -> None:
    errors = ("revert: “idle” never refuses",)
    page = open_report(write_reports(run_of(cover_run(errors))).html).page
    assert page.locator("#unused li").all_inner_texts() == ["Revert: “idle” never refuses"]
    assert cells(page, "#parts")["part-1prompts that wait"] == [
        *("1,200", "10,000", "20,000", "5,500", "300", "340", "1")
    ]
    left = page.locator("#parts .lines li").all_text_contents()
    assert left[0] == "1,234 transitions beyond the bound of in flight"
    assert page.locator("#coverage tr.never", has_text="idle").count() == 1
    assert "cover-1" in cells(page, "#coverage details .figures")["reload"][2]


@pytest.mark.parametrize("entries", [exploring_run, cover_run, exercising_run])
def test_a_journal_that_ends_in_the_middle_tells_what_it_has(
    entries: Callable[[], Iterator[Entry]], tmp_path: Path
) -> None:
    told = [*entries()]
    for length in range(len(told)):
        run = read_run(write(tmp_path, iter(told[:length])))
        assert run.verdict == "infrastructure"
        write_reports(tmp_path)
    assert "died after 2 parts of the model" in tell([*cover_run()][:-1]).reason


def test_shards_of_an_exploration_are_counted_together(tmp_path: Path) -> None:
    folders = [write(tmp_path / name, exploring_run()) for name in ("one", "two")]
    merge_runs(folders, tmp_path / "both")
    run = read_run(tmp_path / "both")
    assert (len(run.walks), run.doing) == (6, "explore")
    assert {one.name: one.times for one in actions(run)}["send-prompt"] == 6


def test_nothing_of_the_app_in_it_is_executed(run_of: RunOf, open_report: Open) -> None:
    def spoilt(entry: Entry) -> Entry:
        text = entry.model_dump_json()
        for word in (HERE, "it takes nothing back", "walk-1", "prompts that wait"):
            payload = json.dumps("".join(SCRIPTS))[1:-1]
            text = text.replace(word, f"{word} {payload}")
        return type(entry).model_validate_json(text)

    for entries in (exercising_run, exploring_run, cover_run):
        report = open_report(write_reports(run_of(map(spoilt, entries()))).html)
        assert report.page.evaluate("hits") == 0
        assert report.said == []


def test_what_is_never_used_is_a_failure_for_ci() -> None:
    assert 'failures="1"' in junit_xml(tell(cover_run(("revert is never allowed",))))
    assert 'failures="0"' in junit_xml(tell(cover_run()))
    assert 'tests="1"' in junit_xml(tell(exploring_run("pass", found=False)))
