"""Two runs side by side: what turned and which way, in the terminal and as a page."""

import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from harness.journal import Entry, Finding, Outcome, PropertyJudged
from reports import read_run, write_reports
from reports.comparison import (
    Comparison,
    Trail,
    Turn,
    compared,
    headline,
    show_comparison,
    write_comparison,
)
from reports.story import Run
from reports.telling import tell
from specs.reports.conftest import Opened, run_in
from specs.reports.sample_journals import FLOWS, clean_run, dead_run, failing_run

Open = Callable[..., Opened]
RULE = "timeline-mounted"


def finding(flow: str, *causes: str) -> Finding:
    return Finding(
        property=RULE,
        flow=flow,
        step=2,
        causes=causes,
        summary="the timeline was a new element",
        expected="the same",
        observed="another",
    )


def judged(outcome: Outcome, *causes: str) -> Run:
    """A clean run but for one rule in the first flow."""
    return tell(_judged(outcome, causes))


def _judged(outcome: Outcome, causes: tuple[str, ...]) -> Iterator[Entry]:
    for entry in clean_run():
        if (
            isinstance(entry, PropertyJudged)
            and entry.property == RULE
            and entry.flow == next(iter(FLOWS))
        ):
            found = tuple(finding(entry.flow, cause) for cause in causes)
            yield entry.model_copy(update={"outcome": outcome, "findings": found})
        else:
            yield entry


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        (("pass",), ("pass",), "same"),
        (("pass",), ("violated", "timeline replaced"), "worse"),
        (("violated", "timeline replaced"), ("pass",), "better"),
        (("violated", "timeline replaced"), ("violated", "timeline replaced"), "same"),
        (("violated", "one", "other"), ("violated", "one"), "better"),
        (("violated", "one"), ("violated", "one", "other"), "worse"),
        (("violated", "one"), ("violated", "other"), "changed"),
        (("inconclusive",), ("violated", "one"), "unclear"),
        (("violated", "one"), ("not applicable",), "unclear"),
        (("inconclusive",), ("inconclusive",), "same"),
    ],
)
def test_which_way_a_rule_went(
    before: tuple[Outcome, ...], after: tuple[Outcome, ...], turn: Turn
) -> None:
    comparison = compared(judged(*before), judged(*after))
    others = {line.turn for line in comparison.lines if line.rule != RULE}
    (line,) = (
        each for each in comparison.lines if (each.rule, each.flow) == (RULE, next(iter(FLOWS)))
    )
    assert line.turn == turn
    assert others == {"same"}


def test_causes_decide_and_not_how_many_findings_there_are() -> None:
    comparison = compared(judged("violated", "one", "one"), judged("violated", "one"))
    assert comparison.turn == "same"


def test_a_journal_without_causes_is_compared_by_its_outcomes() -> None:
    old = tell(failing_run())
    assert compared(old, old).turn == "same"
    assert compared(tell(clean_run()), old).turn == "worse"


def test_a_flow_of_one_run_alone_is_unclear() -> None:
    run = tell(clean_run())
    half = run.model_copy(update={"flows": run.flows[:2]})
    comparison = compared(half, run)
    assert {line.flow for line in comparison.of("unclear")} == {flow.flow for flow in run.flows[2:]}
    assert comparison.turn == "same"
    assert compared(half, run.model_copy(update={"flows": run.flows[2:]})).turn == "unclear"


def printed(comparison: Comparison) -> str:
    out = io.StringIO()
    show_comparison(comparison, Console(file=out, width=100))
    return out.getvalue()


def test_the_terminal_tells_both_sides_of_what_turned() -> None:
    comparison = compared(judged("pass"), judged("violated", "timeline replaced"))
    assert [line.rstrip() for line in printed(comparison).splitlines()] == [
        f"✕ got worse  {RULE} in {next(iter(FLOWS))}",
        "  before   held (300 frames)",
        "  after    timeline replaced",
        "",
        "✕ 1 rule got worse  From reference 0.1.0 to reference 0.1.0, over 4 flows.",
    ]


def test_the_worst_comes_first() -> None:
    comparison = compared(judged("violated", "timeline replaced"), tell(failing_run()))
    heads = [line for line in printed(comparison).splitlines() if line[:1] in {*"✕✓?"}]
    assert [line[0] for line in heads] == sorted((line[0] for line in heads), key="✕✓?".index)


def test_nothing_has_changed_in_a_word() -> None:
    run = tell(clean_run())
    assert headline(compared(run, run)).title == "Nothing has changed"
    assert headline(compared(run, run)).detail == (
        "From reference 0.1.0 to reference 0.1.0, over 4 flows."
    )


def test_a_run_that_died_is_told() -> None:
    told = headline(compared(tell(clean_run()), tell(dead_run())))
    assert "The second run did not finish: The run died in step 3" in told.detail


Made = Callable[[Iterable[Entry], Iterable[Entry]], Path]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Writes two runs and the page that compares them; answers with the page."""

    def make(before: Iterable[Entry], after: Iterable[Entry]) -> Path:
        old, new = run_in(tmp_path / "old", before), run_in(tmp_path / "new", after)
        write_reports(new)
        page = tmp_path / "compare"
        page.mkdir()
        trail = Trail(
            title="Asked in turn",
            answers=(("1.14.9", "good"), ("1.15.0", "bad"), ("1.14.10", "cannot tell")),
            untold=("1.14.10",),
        )
        return write_comparison(compared(read_run(old), read_run(new)), old, new, page, trail)

    return make


def test_the_page_shows_both_sides_with_their_pictures(made: Made, open_report: Open) -> None:
    opened = open_report(made(clean_run(), failing_run()))
    page = opened.page
    assert opened.said == []
    assert page.locator("h1").inner_text() == "8 rules got worse"
    first = page.locator(".turn").first
    assert first.locator("code").inner_text() == "timeline-mounted"
    assert first.locator(".pair dd").all_inner_texts()[0] == "held (300 frames)"
    widths = "images => images.map(image => image.naturalWidth)"
    assert page.locator(".turn").first.locator("img").evaluate_all(widths) == [16, 16]
    assert page.locator(".sides a").get_attribute("href") == "../new/report.html"


def test_the_page_tells_how_a_search_came_to_the_two(made: Made, open_report: Open) -> None:
    page = open_report(made(clean_run(), failing_run())).page
    assert [" ".join(text.split()) for text in page.locator(".trail li").all_inner_texts()] == [
        "1.14.9 good",
        "1.15.0 bad",
        "1.14.10 cannot tell",
    ]
    assert "any of them may be the first: 1.14.10" in page.locator(".note").inner_text()


def test_a_page_of_two_runs_alike_says_so(made: Made, open_report: Open) -> None:
    page = open_report(made(clean_run(), clean_run())).page
    assert page.locator("h1").inner_text() == "Nothing has changed"
    assert page.locator(".turn").count() == 0


def test_what_an_app_says_is_shown_and_not_executed(made: Made, open_report: Open) -> None:
    page = open_report(made(clean_run(), (_hostile(entry) for entry in failing_run()))).page
    assert "<img src=x onerror=hit()>" in page.locator(".turn .sentence").first.inner_text()
    assert page.evaluate("hits") == 0


def _hostile(entry: Entry) -> Entry:
    if not isinstance(entry, PropertyJudged):
        return entry
    said = {"summary": "<img src=x onerror=hit()><script>hit()</script>"}
    found = tuple(finding.model_copy(update=said) for finding in entry.findings)
    return entry.model_copy(update={"findings": found})
