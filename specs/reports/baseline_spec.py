"""Accepted findings in every report: they do not fail, and they are not hidden."""

import re
from collections.abc import Callable, Iterable
from xml.etree import ElementTree as ET

import pytest

from harness.journal import BaselineApplied, Entry, PropertyJudged
from reports import write_reports
from reports.acceptance import summary
from reports.junit import junit_xml
from reports.telling import tell
from specs.reports.conftest import Opened, RunOf
from specs.reports.sample_journals import FLOWS, accepted_run, clean_run, failing_run
from specs.reports.terminal_spec import printed

FIRST = next(iter(FLOWS))
MENDED = (
    f"send-once in {FIRST}: “prompt sent again after send-prompt” no longer occurs,"
    " though it is accepted"
)
OVER = (
    f"send-once in {FIRST}: “prompt not sent after send-prompt” was accepted until 2026-06-30,"
    " which is over"
)


def flat(text: str) -> str:
    return " ".join(text.split())


def case(entries: Iterable[Entry], rule: str) -> ET.Element:
    document = ET.fromstring(junit_xml(tell(entries)))  # noqa: S314 - our own document
    found = document.find(f"testsuite[@name='{FIRST}']/testcase[@name='{rule}']")
    assert found is not None
    return found


def test_findings_are_parted_into_new_and_accepted() -> None:
    run = tell(accepted_run("no-blank-frame"))
    assert (len(run.findings), len(run.broken), len(run.accepted)) == (8, 2, 6)
    assert {finding.property for finding in run.broken} == {"no-blank-frame"}


def test_a_finding_with_a_cause_that_is_not_accepted_is_new() -> None:
    def more() -> Iterable[Entry]:
        for entry in accepted_run():
            if isinstance(entry, PropertyJudged) and entry.property == "timeline-mounted":
                added = tuple(
                    found.model_copy(
                        update={"causes": (*found.causes, "composer replaced after exit-worktree")}
                    )
                    for found in entry.findings
                )
                yield entry.model_copy(update={"findings": added})
            else:
                yield entry

    assert {finding.property for finding in tell(more()).broken} == {"timeline-mounted"}


def test_a_finding_without_causes_is_accepted_by_nothing() -> None:
    applied = next(entry for entry in accepted_run() if isinstance(entry, BaselineApplied))
    finding = tell(failing_run()).findings[0]
    assert applied.accepting(finding)
    assert applied.accepting(finding.model_copy(update={"causes": ()})) == ()


def test_the_terminal_tells_a_pass_with_what_is_accepted_why_and_how_long() -> None:
    text = flat(printed(accepted_run(), width=200))
    assert "✓ pass with 8 accepted findings Nothing new broke. 7 rules over 4 flows" in text
    assert f"{FIRST} ✓ pass 5 3 of 7, 4 accepted" in text
    assert "~ By the agent's tools, reader in history, 4 accepted findings" in text
    told = "no-blank-frame timeline blank for a while after exit-worktree"
    assert f"{told} known since the rewrite (until 2027-02-23)" in text
    assert "✕" not in text
    assert text.endswith(f"{MENDED} {OVER}")


def test_the_terminal_tells_new_findings_first() -> None:
    text = printed(accepted_run("no-blank-frame"), width=200)
    assert text.index("✕ By the agent's tools") < text.index("~ By the agent's tools")
    assert "✕ violated  1 rule broke in 2 of 4 flows." in text
    assert "6 other findings accepted." in text
    block = text[text.index("✕ By") : text.index("~ By")]
    assert "no-blank-frame" in block
    assert "timeline-mounted" not in block


def test_the_terminal_tells_an_old_baseline_from_a_broken_app() -> None:
    text = flat(printed(accepted_run(strict=True), width=200))
    assert "✕ violated The baseline is out of date." in text
    assert "no longer occurs: “prompt sent again after send-prompt”. Bring it up to date" in text


def test_what_is_not_known_beside_an_accepted_finding_is_told() -> None:
    doubt = "the recorder's ring overflowed"
    text = flat(printed(accepted_run(doubt=doubt), width=200))
    (told,) = re.findall(rf"\? ([^?]+) in By the agent's tools, reader in history: {doubt}", text)
    assert "timeline-mounted" in told.split(", ")
    failure = case(accepted_run(doubt=doubt), "timeline-mounted").find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "inconclusive", "message": doubt}


def test_an_accepted_case_has_passed_and_says_so() -> None:
    document = ET.fromstring(junit_xml(tell(accepted_run())))  # noqa: S314 - our own document
    assert (document.attrib["failures"], document.attrib["skipped"]) == ("0", "0")
    suite = document.find("testsuite/properties/property[@name='baseline']")
    assert suite is not None
    assert suite.attrib["value"] == "known.toml"
    found = case(accepted_run(), "timeline-mounted")
    line = "timeline replaced after exit-worktree: known since the rewrite (until 2027-02-23)"
    assert [each.attrib for each in found.iter("property")] == [{"name": "accepted", "value": line}]
    assert found.findtext("system-out") == f"evidence: 300 frames\naccepted: {line}"
    mended = case(accepted_run(), "send-once")
    assert mended.find("failure") is None
    assert "no longer occurs, though accepted" in (mended.findtext("system-out") or "")


def test_a_new_finding_fails_its_case_and_a_mended_one_only_where_it_is_strict() -> None:
    failure = case(accepted_run("no-blank-frame"), "no-blank-frame").find("failure")
    assert failure is not None
    assert failure.attrib["message"] == "2 frames in a row had no message, 32 ms"
    stale = case(accepted_run(strict=True), "send-once").find("failure")
    assert stale is not None
    assert stale.attrib == {
        "type": "mended",
        "message": "accepted, but it no longer occurs: prompt sent again after send-prompt",
    }


def test_the_summary_has_a_line_for_each_rule_and_note() -> None:
    lines = summary(tell(accepted_run()))
    assert len(lines) == 10
    assert lines[0].startswith(f"accepted: no-blank-frame in {FIRST}: timeline blank for a while")
    assert lines[-2:] == (MENDED, OVER)
    assert summary(tell(clean_run())) == ()


Open = Callable[..., Opened]


def test_the_page_shows_what_is_accepted_with_its_pictures(
    run_of: RunOf, open_report: Open
) -> None:
    page = open_report(write_reports(run_of(accepted_run())).html).page
    assert page.locator("h1").inner_text() == "Nothing new broke"
    assert "pass with 8 accepted findings" in page.locator(".verdict").inner_text()
    assert page.locator("#findings").count() == 0
    section = page.locator("#accepted")
    assert "8 findings, in known.toml" in section.locator("h2").inner_text()
    assert section.locator("p.note").all_text_contents() == [MENDED, OVER]
    terms = section.locator(".terms").first.inner_text()
    expected = "timeline replaced after exit-worktree: known since the rewrite (until 2027-02-23)"
    assert terms == f"accepted {expected}"
    assert section.locator(".shots").count() == 2
    assert page.locator("td.accepted").count() == 8
    assert page.locator("td.violated").count() == 0
    assert page.locator("#flow-1-step-4.broken").count() == 0


def test_the_page_keeps_new_findings_apart(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(accepted_run("no-blank-frame"))).html).page
    assert page.locator("#findings .sentence").count() == 2
    assert page.locator("#accepted .sentence").count() == 6
    assert page.locator("#flow-1-step-4.broken").count() == 1
    assert page.locator("td.violated").count() == 2


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_window(width: int, run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(accepted_run())).html, width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") == width
