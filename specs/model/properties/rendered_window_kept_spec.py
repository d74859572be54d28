"""rendered-window-kept, proven both ways, for windowed and for virtual lists."""

import pytest

from harness.actions import (
    AnyAction,
    OpenAddress,
    OpenSession,
    ReadHistory,
    Restore,
    Revert,
    SendPrompt,
)
from harness.observations import Frame, Observation
from harness.properties.rendered_window_kept import rendered_window_kept
from harness.trace import Trace
from harness.traits import Traits
from specs.model.conftest import WINDOWED, Made

KEYS = ("m0", "m1", "m2", "m3", "m4")


def windowed(made: Made, *rows: tuple[str, ...], record: tuple[str, ...] = ()) -> Trace:
    held = {"records": (made.record(*((key, key) for key in record)),)} if record else {}
    return made.sending(made.still(rows=rows, **held), opened=made.still(rows=(KEYS,)))


def in_history(made: Made, *frames: Frame, rows: tuple[tuple[str, ...], ...] = ()) -> Trace:
    steps: list[tuple[AnyAction, Observation]] = [
        (OpenSession(), made.observed(made.bottom())),
        (ReadHistory(), made.still(rows=(KEYS,))),
        (SendPrompt(text="Go on."), made.observed(*frames, rows=rows)),
    ]
    return made.trace(*steps, traits=made.virtual)


def test_rows_that_only_grow_pass(made: Made) -> None:
    judged = rendered_window_kept(windowed(made, (*KEYS, "m5"), ("z", *KEYS, "m5")))
    assert (judged.outcome, judged.evidence) == ("pass", 3)


def test_a_reset_window_is_found(made: Made) -> None:
    judged = rendered_window_kept(windowed(made, ("m4", "m5"), (*KEYS, "m5")))
    (found,) = judged.findings
    assert found.summary == "after send-prompt rows 5 → 2: 4 rendered rows were gone"
    assert found.observed == "2 rows; gone: m0, m1, m2 …"
    assert (found.step, found.t) == (1, 100.0)


def test_rows_that_came_and_went_in_one_step_are_found(made: Made) -> None:
    judged = rendered_window_kept(windowed(made, (*KEYS, "m5"), KEYS))
    assert judged.findings[0].summary.endswith("rows 6 → 5: 1 rendered row was gone")


def test_rows_of_no_message_may_go(made: Made) -> None:
    held = (*KEYS, "m5")
    replaced = windowed(made, (*KEYS, "on-its-way"), (*KEYS, "m5"), record=held)
    assert rendered_window_kept(replaced).outcome == "pass"
    lost = windowed(made, KEYS[1:], record=held)
    assert rendered_window_kept(lost).findings[0].observed == "4 rows; gone: m0"


def test_each_step_starts_from_what_is_rendered_then(made: Made) -> None:
    trace = made.trace(
        (OpenSession(), made.still(rows=(KEYS,))),
        (SendPrompt(text="a"), made.still(rows=(KEYS[3:],))),
        (SendPrompt(text="b"), made.still(rows=(KEYS[4:],))),
    )
    found = rendered_window_kept(trace).findings
    assert [f.summary.partition("rows ")[2][:5] for f in found] == ["5 → 2", "2 → 1"]


def test_opening_again_begins_a_new_window(made: Made) -> None:
    trace = made.trace(
        (OpenSession(), made.still(rows=(KEYS,))),
        (SendPrompt(text="a"), made.still()),
        (OpenSession(), made.still(rows=((), KEYS[3:]))),
        (SendPrompt(text="b"), made.still()),
    )
    assert rendered_window_kept(trace).outcome == "pass"


@pytest.mark.parametrize("lost", [0, 2])
def test_without_rows_or_with_lost_samples_it_is_inconclusive(made: Made, lost: int) -> None:
    seen = made.still(capture={"lost": lost}) if lost else made.observed(made.frame(rows=0))
    judged = rendered_window_kept(made.sending(seen))
    assert judged.outcome == "inconclusive"
    assert ("2 samples" if lost else "no frame with rows") in judged.reason


def test_a_virtual_list_may_swap_rows_away_from_the_reader(made: Made) -> None:
    judged = rendered_window_kept(in_history(made, made.frame(), rows=(("m1", "m2", "m3"),)))
    assert (judged.outcome, judged.evidence) == ("pass", 1)


def test_a_virtual_list_keeps_the_rows_next_to_the_reader(made: Made) -> None:
    judged = rendered_window_kept(in_history(made, made.frame(), rows=(("m2", "m3", "m4"),)))
    assert judged.findings[0].summary.endswith("rows 5 → 3: 1 rendered row was gone")
    assert judged.findings[0].observed == "3 rows; gone: m1"


@pytest.mark.parametrize(("height", "outcome"), [(2401.0, "pass"), (2400.0, "violated")])
def test_virtual_content_may_lose_less_than_a_viewport(
    made: Made, height: float, outcome: str
) -> None:
    judged = rendered_window_kept(in_history(made, made.frame(scroll_height=height)))
    assert judged.outcome == outcome
    if judged.findings:
        summary = "after send-prompt the content shrank: 3,000 → 2,400 px high"
        assert judged.findings[0].summary == summary


@pytest.mark.parametrize("node", ["timeline", "viewport"])
def test_of_new_virtual_elements_it_counts_how_high_they_end(made: Made, node: str) -> None:
    low, new = made.frame(scroll_height=2000.0, **{node: 9}), made.frame(**{node: 9})
    assert rendered_window_kept(in_history(made, made.frame(), low, new)).outcome == "pass"
    for end in ((low,), (low, new, low)):
        (found,) = rendered_window_kept(in_history(made, made.frame(), *end)).findings
        assert found.causes == ("content shrank after send-prompt",)
    kept = made.frame(scroll_height=2000.0)
    assert rendered_window_kept(in_history(made, kept, made.frame())).outcome == "violated"


def test_a_virtual_list_without_a_viewport_has_no_height(made: Made) -> None:
    gone = made.frame(viewport=None, scroll_height=0.0, client_height=0.0, anchor=None)
    assert rendered_window_kept(in_history(made, made.frame(), gone)).outcome == "pass"


def test_an_anchor_that_is_no_row_has_no_neighbours(made: Made) -> None:
    steps = (
        (OpenSession(), made.observed(made.bottom())),
        (ReadHistory(), made.still(rows=(("x", "y"),))),
        (SendPrompt(text="a"), made.still(rows=((),))),
    )
    assert rendered_window_kept(made.trace(*steps, traits=made.virtual)).outcome == "pass"


def taken_back(made: Made, *rows: tuple[str, ...], held: tuple[str, ...] = KEYS) -> Trace:
    """The prompt of m3 and its reply m4 are taken back, as these rows show; then brought back."""
    texts = {**dict(zip(held, held, strict=True)), "m3": "Go on."}
    record = made.record(*((key, texts[key]) for key in held))
    still = made.still(rows=(KEYS,), records=(record,))
    return made.trace(
        (OpenSession(), still),
        (SendPrompt(text="Go on."), still),
        (Revert(text="Go on."), made.still(rows=rows, records=(record,))),
        (Restore(), still),
    )


@pytest.mark.parametrize("rows", [(KEYS[:3],), (KEYS[:4], KEYS[:3])])
def test_rows_that_are_taken_back_may_go(made: Made, rows: tuple[tuple[str, ...], ...]) -> None:
    judged = rendered_window_kept(taken_back(made, *rows))
    assert (judged.outcome, judged.evidence) == ("pass", 9)


def test_other_rows_may_not_go_with_them(made: Made) -> None:
    (found,) = rendered_window_kept(taken_back(made, KEYS[1:3])).findings
    assert (found.step, found.observed) == (2, "2 rows; gone: m0")


def test_rows_that_are_back_may_not_go_again(made: Made) -> None:
    trace = taken_back(made, KEYS[:3])
    last = trace.steps[-1]
    restored = made.still(rows=(KEYS, KEYS[:3], KEYS), records=last.observation.records)
    steps = (*trace.steps[:-1], last.model_copy(update={"observation": restored}))
    (found,) = rendered_window_kept(trace.model_copy(update={"steps": steps})).findings
    assert (found.step, found.observed) == (3, "3 rows; gone: m3, m4")


SLIDING = WINDOWED.model_copy(update={"slides": True})
SLID = (*KEYS[1:], "m5")


def sliding(
    made: Made, *rows: tuple[str, ...], reading: bool = False, traits: Traits = SLIDING
) -> Trace:
    latest = made.observed(made.bottom(), rows=(KEYS,))
    steps: list[tuple[AnyAction, Observation]] = [(OpenSession(), latest)]
    if reading:
        steps.append((ReadHistory(), made.still()))
    end = made.frame() if reading else made.bottom()
    steps.append((SendPrompt(text="Go on."), made.observed(end, rows=rows)))
    return made.trace(*steps, traits=traits)


def test_the_oldest_row_may_go_for_a_new_one_where_the_window_slides(made: Made) -> None:
    assert rendered_window_kept(sliding(made, SLID)).outcome == "pass"
    assert rendered_window_kept(sliding(made, (*KEYS, "m5"), SLID)).outcome == "pass"


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((KEYS[1:],), id="none came for it"),
        pytest.param((("m0", *KEYS[2:], "m5"),), id="not the oldest"),
        pytest.param(((), SLID), id="all were gone for a while"),
    ],
)
def test_a_sliding_window_loses_no_other_row(made: Made, rows: tuple[tuple[str, ...], ...]) -> None:
    assert rendered_window_kept(sliding(made, *rows)).outcome == "violated"


def test_no_row_may_go_where_the_window_does_not_slide_or_somebody_reads_above(made: Made) -> None:
    for trace in (sliding(made, SLID, traits=WINDOWED), sliding(made, SLID, reading=True)):
        (found,) = rendered_window_kept(trace).findings
        assert found.causes == ("rendered rows gone after send-prompt",)


@pytest.mark.parametrize("shows_where", [True, False])
def test_who_was_thrown_to_the_latest_reads_there_from_then_on(
    made: Made, *, shows_where: bool
) -> None:
    """The step that threw the reader tells it; the window slides as for anybody at the latest."""
    there = made.bottom() if shows_where else made.bottom(viewport=None)
    trace = made.trace(
        (OpenSession(), made.observed(made.bottom(), rows=(KEYS,))),
        (ReadHistory(), made.still()),
        (OpenAddress(directory="worktree"), made.observed(there)),
        (SendPrompt(text="Go on."), made.observed(there, rows=(SLID,))),
        traits=SLIDING,
    )
    found = rendered_window_kept(trace).findings
    assert [each.step for each in found] == ([] if shows_where else [3])


def test_who_was_thrown_off_the_latest_reads_above_from_then_on(made: Made) -> None:
    trace = made.trace(
        (OpenSession(), made.observed(made.bottom(), rows=(KEYS,))),
        (SendPrompt(text="Go on."), made.still()),
        (SendPrompt(text="Go further."), made.still(rows=(SLID,))),
        traits=SLIDING,
    )
    (found,) = rendered_window_kept(trace).findings
    assert found.step == 2
