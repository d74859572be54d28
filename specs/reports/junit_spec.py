from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from harness.journal import Entry, PropertyJudged
from reports.junit import junit_xml
from reports.telling import tell
from specs.reports.sample_journals import FLOWS, clean_run, dead_run, failing_run, partial_run


def parsed(entries: Iterable[Entry]) -> ET.Element:
    return ET.fromstring(junit_xml(tell(entries)))  # noqa: S314 - our own document


def counts(element: ET.Element) -> tuple[int, ...]:
    names = ("tests", "failures", "errors", "skipped")
    return tuple(int(element.attrib[name]) for name in names)


def judged(outcome: str, reason: str) -> Iterator[Entry]:
    """A clean run in which the first rule of every flow came out otherwise."""
    for entry in clean_run():
        first = isinstance(entry, PropertyJudged) and entry.property == "timeline-mounted"
        yield entry.model_copy(update={"outcome": outcome, "reason": reason}) if first else entry


def test_a_clean_run_has_a_case_for_each_rule_and_flow() -> None:
    root = parsed(clean_run())
    assert counts(root) == (28, 0, 0, 0)
    assert [suite.attrib["name"] for suite in root] == list(FLOWS)
    assert {counts(suite) for suite in root} == {(7, 0, 0, 0)}


def test_a_flow_that_the_app_has_no_way_to_do_is_skipped_with_the_reason() -> None:
    root = parsed(partial_run())
    assert counts(root) == (31, 0, 0, 3)
    skipped = root.find("testsuite[@name='stream-cut']/testcase/skipped")
    assert skipped is not None
    assert skipped.attrib == {"message": "not applicable: it has no queue"}


def test_a_violated_rule_is_a_failure_with_its_story() -> None:
    root = parsed(failing_run())
    assert counts(root) == (28, 8, 0, 0)
    failure = root.find("testsuite/testcase[@name='rendered-window-kept']/failure")
    assert failure is not None
    assert failure.attrib == {"type": "violated", "message": "rows fell from 82 to 10"}
    assert "step 4 “agent exits the worktree”" in (failure.text or "")
    assert "expected: at least 82 rows" in (failure.text or "")


def test_missing_evidence_is_a_failure_of_its_own_type() -> None:
    root = parsed(judged("inconclusive", "no frame was seen"))
    assert counts(root) == (28, 4, 0, 0)
    failure = root.find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.attrib == {"type": "inconclusive", "message": "no frame was seen"}


def test_what_does_not_apply_is_skipped_with_its_reason() -> None:
    root = parsed(judged("not applicable", "the app has no queue"))
    assert counts(root) == (28, 0, 0, 4)
    skipped = root.find("testsuite/testcase/skipped")
    assert skipped is not None
    assert skipped.attrib == {"message": "the app has no queue"}


def test_a_run_that_died_has_errors_and_not_a_green_file() -> None:
    root = parsed(dead_run())
    assert counts(root) == (10, 0, 3, 0)  # the flow it died in, and the two that never began
    error = root.find("testsuite/testcase[@name='flow completes']/error")
    assert error is not None
    assert "step 3" in error.attrib["message"]
    assert counts(parsed([])) == (1, 0, 1, 0)


def test_characters_that_xml_forbids_do_not_break_it() -> None:
    root = parsed(judged("inconclusive", "\x00\x1b[31m\ufffe<b>&\u202e"))
    failure = root.find("testsuite/testcase/failure")
    assert failure is not None
    assert "<b>&" in failure.attrib["message"]
