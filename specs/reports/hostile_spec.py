import json
import re
from collections.abc import Callable, Iterator

from pydantic import JsonValue

from harness.journal import BaselineApplied, Entry, PropertyJudged, StepObserved, StepStarted
from harness.values import Value
from reports import write_reports
from specs.reports.conftest import Opened, RunOf
from specs.reports.hostile_texts import HOSTILE, SCRIPTS
from specs.reports.sample_journals import accepted_run, failing_run

Open = Callable[..., Opened]
# What the harness itself chooses; everything else may come from the app.
OWN = {
    "kind",
    "doing",
    "outcome",
    "verdict",
    "part",
    "role",
    "flow",
    "method",
    "screenshot",
    "causes",
}
HANDLERS = """[...document.querySelectorAll("*")].flatMap((one) => [...one.attributes])
    .filter((one) => one.name.startsWith("on")).length"""
LINKS = "[...document.links].map((link) => link.protocol)"
OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true"


def hostile_run(texts: tuple[str, ...] = HOSTILE) -> Iterator[Entry]:
    """A failing run in which every text of the app carries the next payload."""
    turn = 0

    def spoilt(value: JsonValue, key: str = "") -> JsonValue:
        nonlocal turn
        if isinstance(value, dict):
            return {name: spoilt(branch, name) for name, branch in value.items()}
        if isinstance(value, list):
            return [spoilt(leaf, key) for leaf in value]
        if not isinstance(value, str) or key in OWN:
            return value
        turn += 1
        return f"{value} {texts[turn % len(texts)]}"

    for entry in failing_run():
        changed = spoilt(json.loads(entry.model_dump_json()))
        yield type(entry).model_validate(changed)


def test_every_payload_reaches_the_page_as_text(run_of: RunOf) -> None:
    text = write_reports(run_of(hostile_run())).html.read_text("utf-8")
    assert len(SCRIPTS) >= 50
    assert text.count("&lt;script&gt;hit()") > 20


def test_nothing_of_the_app_is_executed(run_of: RunOf, open_report: Open) -> None:
    clean = open_report(write_reports(run_of(failing_run())).html)
    scripts = clean.page.evaluate("document.scripts.length")
    elements = clean.page.evaluate("document.querySelectorAll('iframe,object,embed,form').length")
    report = open_report(write_reports(run_of(hostile_run())).html)
    page = report.page
    page.evaluate(OPEN_ALL)
    page.mouse.move(400, 300)
    page.wait_for_function("document.readyState === 'complete'")
    assert page.evaluate("hits") == 0
    assert page.evaluate("document.scripts.length") == scripts
    assert page.evaluate("document.querySelectorAll('iframe,object,embed,form').length") == elements
    assert page.evaluate(HANDLERS) == 0
    assert set(page.evaluate(LINKS)) == {"file:"}
    assert report.said == []
    assert [url for url in report.asked if not url.startswith(("data:", "file:"))] == []


def test_a_reason_of_a_baseline_is_text(run_of: RunOf, open_report: Open) -> None:
    reason = " ".join(HOSTILE)

    def spoilt() -> Iterator[Entry]:
        for entry in accepted_run():
            if isinstance(entry, BaselineApplied):
                held = (each.model_copy(update={"reason": reason}) for each in entry.accepted)
                yield entry.model_copy(update={"accepted": tuple(held)})
            else:
                yield entry

    report = open_report(write_reports(run_of(spoilt())).html)
    assert report.page.locator(".terms").count() == 8
    assert report.page.evaluate("hits") == 0
    assert report.said == []


def test_the_layout_stands(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(hostile_run())).html, width=390).page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator(".break").count() == 2


def test_the_policy_holds_even_if_a_text_got_through(run_of: RunOf, open_report: Open) -> None:
    file = write_reports(run_of(failing_run())).html
    safe = file.read_text("utf-8")
    raw = "\n".join(text for text in SCRIPTS if "</title" not in text and "<!--" not in text)
    broken = safe.replace("<header", f"{raw}<header", 1)
    file.write_text(broken, "utf-8")
    held = open_report(file)
    held.page.wait_for_load_state()
    assert held.page.evaluate("hits") == 0
    assert any("Content Security Policy" in said for said in held.said)
    open_world = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", broken, count=1)
    file.write_text(open_world, "utf-8")
    fallen = open_report(file)
    fallen.page.wait_for_load_state()
    assert fallen.page.evaluate("hits") > 0  # so the payloads are live ones


def test_a_journal_may_name_any_file_as_a_picture(run_of: RunOf) -> None:
    def entries() -> Iterator[Value]:
        for entry in failing_run():
            names = {"screenshot": "../../../../etc/passwd\x00"}
            yield entry.model_copy(update=names) if isinstance(entry, StepObserved) else entry

    text = write_reports(run_of(entries())).html.read_text("utf-8")  # pyright: ignore[reportArgumentType] - copies of entries are entries
    assert "<image" not in text


def test_a_line_of_a_megabyte_breaks_nothing(run_of: RunOf, open_report: Open) -> None:
    text = "</script>" * 60_000 + "x" * 600_000

    def entries() -> Iterator[Entry]:
        for entry in failing_run():
            if isinstance(entry, PropertyJudged) and entry.findings:
                found = [one.model_copy(update={"observed": text}) for one in entry.findings]
                yield entry.model_copy(update={"findings": tuple(found)})
            elif isinstance(entry, StepStarted) and entry.step == 1:
                yield entry.model_copy(update={"title": text})
            else:
                yield entry

    file = write_reports(run_of(entries())).html
    assert file.stat().st_size < 3_000_000
    page = open_report(file, width=390).page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator(".break").count() == 2
    assert page.evaluate("hits") == 0
