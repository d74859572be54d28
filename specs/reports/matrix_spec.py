"""A kill matrix in every report, whole, stopped and cut short."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page
from rich.console import Console

from harness.journal import Entry, RunEnded, RunStarted
from reports import read_run, show, write_reports
from reports.junit import junit_xml
from reports.matrix import columns, rows
from reports.story import Run
from reports.telling import tell
from specs.reports.conftest import Opened, RunOf
from specs.reports.hostile_texts import HOSTILE
from specs.reports.sample_journals import write
from specs.reports.sample_matrices import RULES, row, started, wide_matrix

Open = Callable[..., Opened]
FAULTS = ("late", "lost", "gone")


def small_matrix() -> Iterator[Entry]:
    """Three faults: one is caught, one survives, one could not be tried; the clean app is last."""
    yield started(FAULTS)
    yield row(0, "gone", "no-blank-frame", None, complaint="it no longer applies")
    yield row(1, "lost", "send-once", {}, complaint="it survives")
    yield row(2, "late", "send-once", {"send-once": 3, "turn-shown": 1})
    yield row(3, "", "", {}, doubts={"model-gate": "no prompt was sent"})
    yield RunEnded(t=0, verdict="violated")


def stopped(count: int) -> Iterator[Entry]:
    """The rows of a matrix until a person ended it."""
    yield from list(wide_matrix(survivors=False))[: count + 1]
    yield RunEnded(t=0, verdict="infrastructure", reason="it was stopped by hand")


def printed(run: Run) -> str:
    out = io.StringIO()
    show(run, Console(file=out, width=120))
    return out.getvalue()


def cells(page: Page, fault: str) -> dict[str, tuple[str, str]]:
    """The cells of a fault that are not empty of findings: sign and classes by property."""
    heads = page.locator(".kills thead .head").all_inner_texts()
    line = page.locator(".kills tbody tr", has=page.get_by_text(fault, exact=True))
    told = line.locator("td.cell").evaluate_all(
        "all => all.map((td) => [td.innerText, td.className])"
    )
    found = ((name, (text, kind)) for name, (text, kind) in zip(heads, told, strict=True))
    return {name: one for name, one in found if one[1] != "cell zero"}


def test_rows_stand_by_their_rule_after_the_clean_app() -> None:
    run = tell(small_matrix())
    assert [one.fault for one in rows(run)] == ["", "gone", "late", "lost"]
    assert columns(run) == RULES


def test_a_rule_that_judged_nothing_is_a_column_all_the_same() -> None:
    run = tell([started(("f",)), row(0, "f", "new-rule", None)])
    assert columns(run) == ("new-rule",)


def test_what_is_wrong_comes_first_and_in_words(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(small_matrix())).html).page
    assert page.locator("h1").inner_text() == "2 of 3 faults not caught by their rule"
    told = [" ".join(text.split()) for text in page.locator(".complaints li").all_inner_texts()]
    assert told == [
        "gone tied to no-blank-frame It no longer applies What is shown comes from the gone",
        "lost tied to send-once It survives What is shown comes from the lost",
    ]
    places = page.locator("main > section").evaluate_all("all => all.map((one) => one.id)")
    assert places == ["survivors", "matrix"]


def test_a_cell_says_how_often_its_rule_caught_the_fault(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(small_matrix())).html).page
    assert page.locator(".kills .head").all_inner_texts() == list(RULES)
    assert page.locator(".kills tbody .name").first.inner_text() == "the clean app"
    assert cells(page, "late") == {
        "send-once": ("3", "cell kill tied"),
        "turn-shown": ("1", "cell more"),
    }
    assert cells(page, "lost ✕") == {"send-once": ("0", "cell miss tied")}
    assert cells(page, "the clean app") == {"model-gate": ("?", "cell doubt")}
    assert set(cells(page, "gone ✕")) == set(RULES)  # nothing was judged
    kill = page.locator("td.kill").get_attribute("title")
    assert kill == "late, send-once, its own rule: 3 findings"


def test_the_foot_counts_what_each_rule_caught_of_its_own(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(small_matrix())).html).page
    foot = page.locator(".kills tfoot td").all_inner_texts()
    by_rule = dict(zip(RULES, foot, strict=False))
    assert (by_rule["send-once"], by_rule["no-blank-frame"]) == ("1/2", "0/1")
    assert by_rule["timeline-mounted"] == "0/0"


def test_a_finding_on_the_clean_app_is_wrong(run_of: RunOf, open_report: Open) -> None:
    said = "it has findings or lacks evidence: send-once"
    entries = [started(("f",)), row(0, "", "", {"send-once": 1}, complaint=said)]
    page = open_report(write_reports(run_of(entries)).html).page
    assert cells(page, "the clean app ✕") == {"send-once": ("1", "cell miss")}


def test_a_complaint_leads_to_its_row(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(wide_matrix())).html).page
    page.locator(".complaints a").nth(1).press("Enter")
    page.wait_for_function("document.activeElement.matches('.kills tr.wrong')")
    seen = page.evaluate(
        """() => {
          const edges = document.querySelectorAll(".kills .corner, .kills tfoot th");
          const [at, head, foot] = [document.activeElement, ...edges].map((one) =>
            one.getBoundingClientRect());
          return [at.top >= head.bottom - 1, at.bottom <= foot.top + 1];
        }"""
    )
    assert seen == [True, True]


def test_names_stay_in_sight_while_one_scrolls(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(wide_matrix())).html, width=360).page
    held = page.evaluate(
        """() => {
          const box = document.querySelector(".kills");
          box.scrollTo(200, 600);
          const edge = box.getBoundingClientRect();
          const head = box.querySelector("thead .head").getBoundingClientRect();
          const name = box.querySelector("tbody th").getBoundingClientRect();
          return [box.scrollLeft, box.scrollTop, head.top - edge.top, name.left - edge.left];
        }"""
    )
    assert held == [200, 600, 1, 1]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_a_wide_matrix_is_not_wider_than_the_window(
    width: int, run_of: RunOf, open_report: Open
) -> None:
    report = open_report(write_reports(run_of(wide_matrix())).html, width=width)
    assert report.page.evaluate("document.documentElement.scrollWidth") == width
    assert report.page.locator(".kills tbody tr").count() == 53
    assert report.said == []


def test_every_rule_has_room_for_its_name(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(wide_matrix())).html).page
    cut = page.locator(".head span").evaluate_all(
        "all => all.filter((one) => one.scrollHeight > one.clientHeight).length"
    )
    assert cut == 0


def test_it_is_rebuilt_from_its_journal_alone(tmp_path: Path, run_of: RunOf) -> None:
    first = write_reports(run_of(wide_matrix()))
    again = write_reports(write(tmp_path / "copy", wide_matrix()))
    assert again.html.read_text("utf-8") == first.html.read_text("utf-8")


def test_a_matrix_that_was_stopped_tells_what_it_had(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(stopped(9))).html).page
    assert page.locator("h1").inner_text() == "The run did not finish"
    assert page.locator(".detail").inner_text() == (
        "It was stopped by hand. Before that, 9 of 52 faults were tried, no complaint."
    )
    assert page.locator(".kills tbody tr").count() == 9
    assert page.locator(".note code").count() == 43


def test_a_journal_cut_in_a_row_keeps_the_rows_before(tmp_path: Path) -> None:
    folder = write(tmp_path, iter(list(small_matrix())[:4]))
    journal = folder / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-40])
    write_reports(folder)
    run = read_run(folder)
    assert [one.fault for one in run.matrix] == ["gone", "lost"]
    assert (run.verdict, run.untried) == ("infrastructure", ("late",))
    assert run.reason == "The run died before its matrix was whole."
    assert "Not tried" in (folder / "report.html").read_text("utf-8")


def test_rows_without_a_first_line_are_a_matrix_too() -> None:
    run = tell(list(small_matrix())[1:])
    assert run.is_matrix
    assert (run.started, run.verdict, len(run.matrix)) == (None, "violated", 4)
    assert "2 of 3 faults not caught" in printed(run)


def test_a_matrix_that_never_began_is_told() -> None:
    run = tell([started(FAULTS)])
    assert (run.verdict, run.untried, run.not_run) == ("infrastructure", FAULTS, ())
    assert "0 of 3 faults were tried" in " ".join(printed(run).split())


def test_the_terminal_has_a_line_a_fault_and_the_complaints() -> None:
    lines = [" ".join(line.split()) for line in printed(tell(small_matrix())).splitlines()]
    assert lines[:5] == [
        "fault caught by also by seconds",
        "the clean app nothing: clean 11.4",
        "gone not as it must be 8.4",
        "late send-once turn-shown 10.4",
        "lost not as it must be 9.4",
    ]
    assert lines[5:7] == ["gone: it no longer applies", "lost: it survives"]
    assert "✕ violated 2 of 3 faults not caught by their rule." in lines[8]


def test_a_good_matrix_says_what_it_stands_on() -> None:
    text = " ".join(printed(tell(wide_matrix(survivors=False))).split())
    assert "✓ pass Every fault is caught by its rule. 52 faults and the clean app" in text
    assert "against 21 rules over 4 flows" in text


def test_the_clean_app_alone_may_be_wrong() -> None:
    dirty = row(0, "", "", {"send-once": 1}, complaint="it has findings: send-once")
    run = tell([started(("f",)), dirty, RunEnded(t=0, verdict="violated")])
    assert "The clean app is not clean." in printed(run)


def test_junit_has_a_case_a_fault() -> None:
    root = ET.fromstring(junit_xml(tell(small_matrix())))  # noqa: S314 - our own document
    assert (root.attrib["tests"], root.attrib["failures"], root.attrib["errors"]) == ("4", "2", "0")
    failure = root.find("testsuite[@name='kill matrix']/testcase[@name='lost']/failure")
    assert failure is not None
    assert failure.attrib == {"type": "complaint", "message": "it survives"}


def test_junit_is_not_green_where_faults_were_not_tried() -> None:
    root = ET.fromstring(junit_xml(tell(stopped(9))))  # noqa: S314 - our own document
    assert root.find("testsuite[@name='run']/testcase/error") is not None
    assert len(root.findall("testsuite[@name='kill matrix']/testcase/error")) == 43


def hostile_matrix() -> Iterator[Entry]:
    """Every text of every row and of the first line carries a payload."""
    names = tuple(f"{n} {text}" for n, text in enumerate(HOSTILE))
    first = started(names)
    assert isinstance(first, RunStarted)
    yield first.model_copy(update={"target": HOSTILE[0], "flows": HOSTILE[:3]})
    for n, text in enumerate(HOSTILE):
        rule = f"rule {n % 9} {HOSTILE[n % 9]}"
        words = {"title": text, "complaint": text, "doubts": {text: text}}
        yield row(n, names[n], rule, {rule: n % 2}, **words)


def test_nothing_of_a_fault_is_executed(run_of: RunOf, open_report: Open) -> None:
    clean = open_report(write_reports(run_of(wide_matrix())).html)
    scripts = clean.page.evaluate("document.scripts.length")
    report = open_report(write_reports(run_of(hostile_matrix())).html, width=390)
    page = report.page
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.wait_for_function("document.readyState === 'complete'")
    assert page.locator(".kills tbody tr").count() == len(HOSTILE)
    assert page.evaluate("hits") == 0
    assert page.evaluate("document.scripts.length") == scripts
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert report.said == []
    assert [url for url in report.asked if not url.startswith(("data:", "file:"))] == []


def test_nothing_of_a_fault_steers_the_terminal() -> None:
    text = printed(tell(hostile_matrix()))
    assert "\x1b" not in text
    assert "\x07" not in text


def test_a_journal_of_a_gate_has_no_matrix(run_of: RunOf) -> None:
    folder = run_of(iter([]))
    assert 'id="matrix"' not in write_reports(folder).html.read_text("utf-8")
    assert json.loads(read_run(folder).model_dump_json())["matrix"] == []
