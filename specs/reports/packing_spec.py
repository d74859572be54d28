import base64
import zlib
from collections.abc import Callable, Iterator

from harness.journal import Entry, FlowEnded, FlowStarted, RunEnded
from reports import write_reports
from reports.html.packing import ROOM, Packer, packed
from reports.html.scripts import script
from specs.reports.conftest import Opened, RunOf
from specs.reports.sample_journals import START, Sample, failing_run, started

Open = Callable[..., Opened]


def long_run(flows: int, broken: int = 1) -> Iterator[Entry]:
    """Many flows of five steps; the last ones broke."""
    names = [f"flow-of-{number}" for number in range(flows)]
    yield started(names)
    for number, name in enumerate(names):
        yield from Sample(name, START + 6000 * number, broken=number >= flows - broken).entries()
    yield RunEnded(t=START + 6000 * flows, verdict="violated")


def interleaved(entries: Iterator[Entry]) -> Iterator[Entry]:
    """The same entries as several processes write them: flow by flow in turns."""
    first, *rest = list(entries)
    *rest, last = rest
    flows: dict[str, list[Entry]] = {}
    for entry in rest:
        flows.setdefault(getattr(entry, "flow", ""), []).append(entry)
    yield first
    queues = list(flows.values())[::-1]
    while any(queues):
        yield from (queue.pop(0) for queue in queues if queue)
    yield last


def test_what_is_packed_comes_out_again() -> None:
    text = "<p>a → b</p>\ud800" * 100
    assert zlib.decompress(base64.b64decode(packed(text))).decode() == text.replace("\ud800", "?")


def test_room_is_given_away_once() -> None:
    packer = Packer(10)
    assert [packer.takes("x" * size) for size in (6, 5, 4, 1)] == [True, False, True, False]
    assert ROOM < 1_000_000


def test_modules_stand_before_what_names_them() -> None:
    text = script("report")
    assert "import {" not in text
    assert "export " not in text
    assert (
        text.index("function one(") < text.index("function show(") < text.index("function scrub(")
    )
    assert text.count("function address(") == 1


def test_a_thousand_steps_are_painted_at_once_and_whole_soon_after(
    run_of: RunOf, open_report: Open
) -> None:
    file = write_reports(run_of(long_run(200))).html
    assert file.stat().st_size < 2_500_000
    report = open_report(file)
    page = report.page
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert painted < 1000
    assert page.locator("li.step").count() == 1000
    assert page.locator("#flow-200 output").inner_text().startswith("3.5")
    assert report.said == []


def test_flows_are_told_apart_however_their_entries_lie(run_of: RunOf) -> None:
    plain = write_reports(run_of(failing_run())).html.read_text("utf-8")
    mixed = write_reports(run_of(interleaved(failing_run()))).html.read_text("utf-8")
    assert mixed == plain


def test_interleaving_moves_entries() -> None:
    kinds = [type(entry) for entry in interleaved(failing_run())]
    assert kinds[1:5] == [FlowStarted] * 4
    assert kinds[-5:-1] == [FlowEnded] * 4
