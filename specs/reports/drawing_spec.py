import base64
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from harness.journal import Entry, StepObserved
from reports import figures
from reports.html.axis import Axis, Scale, trace
from reports.html.chart import flow_chart
from reports.html.lanes import Lane
from reports.html.pictures import BUDGET, Gallery, picture_size
from reports.naming import Naming
from reports.story import Run
from reports.telling import tell
from specs.reports.conftest import RunOf
from specs.reports.sample_journals import clean_run, dead_run, failing_run

AXIS = Axis(start=1000, end=2000)


def lanes_of(run: Run, index: int = 0) -> dict[str, Lane]:
    numbered = {finding: number for number, finding in enumerate(run.findings, start=1)}
    return {lane.kind: lane for lane in flow_chart(run.flows[index], numbered).lanes}


def test_a_figure_holds_until_the_next_is_known() -> None:
    points = [(1000.0, 0.0), (1250.0, 10.0), (1500.0, None), (1750.0, 0.0)]
    assert trace(points, AXIS, Scale(low=0, high=10)) == "M0 94H250V6H500M750 94H1000"


def test_a_lane_of_one_figure_runs_through_the_middle() -> None:
    assert trace([(1000.0, 7.0)], AXIS, Scale.of([7.0])) == "M0 50H1000"
    assert trace([], AXIS, Scale.of([])) == ""


@given(st.floats(allow_nan=False, min_value=-1e15, max_value=1e15))
def test_no_moment_falls_off_the_axis(t: float) -> None:
    assert 0 <= AXIS.x(t) <= 100


@given(st.floats(min_value=1, max_value=4e6))
def test_the_axis_has_a_few_round_ticks(span: float) -> None:
    ticks = Axis(start=0, end=span).ticks()
    assert 1 <= len(ticks) <= 14
    assert ticks[0] == (0, "0 s")


def test_the_lanes_show_what_broke() -> None:
    lanes = lanes_of(tell(failing_run()))
    assert lanes["rows"].summary == "0 to 82"
    assert [mark.text for mark in lanes["rows"].marks] == ["82 → 0 → 10"]
    assert [bar.kind for bar in lanes["rows"].bars] == ["blank", "blank"]
    assert [mark.kind for mark in lanes["nodes"].marks][-2:] == ["unmount", "mount"]
    assert lanes["shifts"].summary == "0.380 CLS"
    assert "stickToBottom" in next(m.title for m in lanes["top"].marks if m.kind == "write")


def test_a_clean_flow_has_no_note_and_no_blank_before_or_after_its_first_row() -> None:
    lanes = lanes_of(tell(clean_run()))
    assert lanes["rows"].marks == lanes["rows"].bars == ()
    assert lanes["shifts"].summary == "none"


def test_held_requests_and_the_scope_of_sends_are_drawn() -> None:
    lanes = lanes_of(tell(clean_run()))
    assert lanes["requests"].summary == "18, 3 held"
    assert sum(bar.kind == "held" for bar in lanes["requests"].bars) == 3
    assert [mark.text for mark in lanes["sends"].marks] == ["→ root", "→ wt", "→ root"]


def test_a_file_that_a_fault_changes_is_not_held() -> None:
    lanes = lanes_of(tell(_touched(entry, "rewrite /src/app.js #3") for entry in clean_run()))
    assert lanes["requests"].summary == "18"
    assert {bar.kind for bar in lanes["requests"].bars} == {"wait", "body"}


def _touched(entry: Entry, rule: str) -> Entry:
    if not isinstance(entry, StepObserved):
        return entry
    seen = entry.observation
    touched = tuple(one.model_copy(update={"rules": (rule,)}) for one in seen.exchanges)
    return entry.model_copy(update={"observation": seen.model_copy(update={"exchanges": touched})})


def test_the_step_in_which_a_run_died_has_a_place_on_the_axis() -> None:
    run = tell(dead_run())
    assert flow_chart(run.flows[1], {}).bands[-1].width > 3


def test_figures_as_people_write_them() -> None:
    assert [figures.number(one) for one in (3141.0, -18.5, 0.04)] == ["3,141", "-18.5", "0"]
    assert [figures.counted(n, "frames") for n in (0, 1, 1204)] == [
        "0 frames",
        "1 frame",
        "1,204 frames",
    ]
    units = ("statuses", "steps of others", "readiness values", "failed sends")
    assert [figures.counted(1, unit) for unit in units] == [
        "1 status",
        "1 step of others",
        "1 readiness value",
        "1 failed send",
    ]
    assert [figures.duration(ms) for ms in (412, 3410, 123_000)] == [
        "412 ms",
        "3.41 s",
        "2 min 03 s",
    ]
    assert figures.cut("abcdef", 3) == "abc… (+3 characters)"
    assert figures.visible("a\x1b\u202e\ud800") == "a␛·\ufffd"


def test_names_are_found_in_every_form_in_which_they_travel() -> None:
    naming = Naming({"root": "/home/ada/a b", "deep": "/home/ada/a b/c"})
    encoded = base64.urlsafe_b64encode(b"/home/ada/a b").decode().rstrip("=")
    assert naming.text("in /home/ada/a b/c/d") == "in \u2039deep\u203a/d"
    assert naming.text(f"/{encoded}/session/1") == "/\u2039root\u203a/session/1"
    assert naming.text("?directory=%2Fhome%2Fada%2Fa%20b") == "?directory=\u2039root\u203a"
    assert naming.text("/home/ada/a bc") == "~/a bc"
    assert Naming({"x": "ab"}).text("ab in cab") == "ab in cab"


def test_a_size_is_read_from_the_picture_itself(run_of: RunOf) -> None:
    folder = run_of(clean_run())
    jpeg = next(folder.glob("*.jpg")).read_bytes()
    assert picture_size(jpeg) == (16, 10)
    assert picture_size(b"\x89PNG\r\n\x1a\n" + bytes(8) + b"\0\0\1\0\0\0\0\x80") == (256, 128)
    assert picture_size(b"GIF89a") is None
    assert picture_size(jpeg[:20]) is None


def test_beyond_the_budget_a_picture_is_a_link_and_findings_come_first(
    run_of: RunOf, tmp_path: Path
) -> None:
    folder = run_of(failing_run())
    for path in tmp_path.glob("*.jpg"):
        path.write_bytes(path.read_bytes() + path.name.encode() + bytes(BUDGET // 8))
    run = tell(failing_run())
    gallery = Gallery(run, folder)
    assert sum(len(picture.uri) for picture in gallery.embedded) <= BUDGET
    broken, other = gallery.of(run.flows[2].step(4)), gallery.of(run.flows[3].step(5))
    assert broken is not None
    assert broken.uri
    assert other is not None
    assert not other.uri
