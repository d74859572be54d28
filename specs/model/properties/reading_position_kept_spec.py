"""reading-position-kept: a reader in history, and what is not known."""

import pytest

from harness.actions import AnyAction, OpenSession, ReadHistory, ReadLatest, SendPrompt
from harness.observations import Anchor, Frame, Observation, ScrollWrite, Settled
from harness.properties.reading_position_kept import reading_position_kept
from harness.trace import Trace
from specs.model.conftest import Made

RESTLESS = Settled(quiet=False, took_ms=1.0, moving=("rows",))


def at(offset: float, key: str = "m2") -> Anchor:
    return Anchor(key=key, offset=offset)


def in_history(made: Made, *frames: Frame, via: str = "composer", follow: bool = False) -> Trace:
    sent = SendPrompt.model_validate({"text": "Go on.", "via": via})
    steps: list[tuple[AnyAction, Observation]] = [
        (OpenSession(), made.observed(made.bottom())),
        (ReadHistory(), made.still()),
        (sent, made.observed(*frames)),
    ]
    return made.trace(*steps, traits=made.following if follow else made.windowed)


@pytest.mark.parametrize("offset", [-21.0, -20.0, -19.0])
def test_one_pixel_is_allowed(made: Made, offset: float) -> None:
    judged = reading_position_kept(in_history(made, made.frame(anchor=at(offset), repeats=7)))
    assert (judged.outcome, judged.evidence) == ("pass", 7)


@pytest.mark.parametrize("offset", [-21.01, -18.99])
def test_more_is_found(made: Made, offset: float) -> None:
    moved = made.frame(anchor=at(offset), t=116.0)
    (found,) = reading_position_kept(in_history(made, made.frame(), moved, made.frame())).findings
    assert (found.step, found.t) == (2, 116.0)
    assert "after send-prompt the message being read moved by 1.0 px" in found.summary
    assert found.evidence[0] == "before: m2 at -20.0 px, 1,900 px from the bottom"


def test_history_rendered_above_may_move_the_scroll_position(made: Made) -> None:
    grown = made.frame(rows=30, scroll_top=2500.0, scroll_height=5000.0)
    assert reading_position_kept(in_history(made, grown)).outcome == "pass"


def test_a_jump_near_the_top_names_who_wrote_it(made: Made) -> None:
    top = made.frame(scroll_top=4.0, anchor=at(0.0, "m0"), t=200.0)
    write = {
        "step": 2,
        "api": "scrollTop",
        "before": 500.0,
        "value": 4.0,
        "stack": ("go (a.js:3)",),
    }
    seen = made.observed(
        top,
        capture={"scroll_writes": tuple(ScrollWrite(t=t, **write) for t in (50.0, 150.0))},  # pyright: ignore[reportArgumentType]  plain data
    )
    trace = made.trace(
        (OpenSession(), made.observed(made.bottom())),
        (ReadHistory(), made.still()),
        (SendPrompt(text="Go on."), seen),
    )
    (found,) = reading_position_kept(trace).findings
    words = "message m0 stood in the place of m2, the scroll position 496 px away"
    assert (
        found.summary == f"after send-prompt {words}; rows 10 → 10, scrollTop 500 → 4, near the top"
    )
    assert found.evidence[1:] == ("scrollTop 500 → 4 by go (a.js:3)",)


def test_a_border_on_the_edge_may_give_way_by_less_than_a_pixel(made: Made) -> None:
    nudged = made.frame(scroll_top=500.6, anchor=at(0.2, "m3"))
    assert reading_position_kept(in_history(made, nudged)).outcome == "pass"
    # Rows above shrank under an unmoved scroll position: that is a jump.
    shrunk = made.frame(scroll_height=2700.0, anchor=at(0.2, "m3"))
    (found,) = reading_position_kept(in_history(made, shrunk)).findings
    assert "message m3 stood in the place of m2; rows" in found.summary


def test_rows_out_of_view_lose_the_message_being_read(made: Made) -> None:
    judged = reading_position_kept(in_history(made, made.frame(anchor=None)))
    assert "the message being read was gone" in judged.findings[0].summary


def test_frames_without_viewport_or_rows_have_no_position(made: Made) -> None:
    gone = made.frame(viewport=None, scroll_top=0.0, scroll_height=0.0, anchor=None)
    empty = made.frame(rows=0, anchor=None)
    judged = reading_position_kept(in_history(made, gone, empty, made.frame()))
    assert (judged.outcome, judged.evidence) == ("pass", 1)


@pytest.mark.parametrize("follow", [True, False])
def test_what_others_send_never_moves_a_reader_in_history(made: Made, *, follow: bool) -> None:
    taken = in_history(made, made.bottom(anchor=at(0.0, "m9")), via="api", follow=follow)
    assert reading_position_kept(taken).outcome == "violated"
    kept = in_history(made, made.frame(), via="api", follow=follow)
    assert reading_position_kept(kept).outcome == "pass"


def test_a_jump_is_found_once_and_the_next_step_starts_from_where_it_ended(made: Made) -> None:
    jumped = made.observed(made.bottom(anchor=at(0.0, "m9")))
    trace = made.trace(
        (OpenSession(), made.observed(made.bottom())),
        (ReadHistory(), made.still()),
        (SendPrompt(text="a"), jumped),
        (SendPrompt(text="b"), jumped),
    )
    assert [found.step for found in reading_position_kept(trace).findings] == [2]


def test_a_reader_elsewhere_than_predicted_is_inconclusive(made: Made) -> None:
    judged = reading_position_kept(made.sending(made.still()))
    assert judged.outcome == "inconclusive"
    where = "before send-prompt one was to read at the bottom, but read 1,900 px above the bottom"
    assert judged.reason == where


def test_a_reader_whom_a_finding_took_elsewhere_leaves_no_doubt_until_the_person_scrolls(
    made: Made,
) -> None:
    away = made.observed(made.bottom(anchor=at(0.0, "m9")))
    jumped = (
        (OpenSession(), made.observed(made.bottom())),
        (ReadHistory(), made.still()),
        (SendPrompt(text="a"), away),
        (SendPrompt(text="b"), away),
        (SendPrompt(text="c"), away),
    )
    judged = reading_position_kept(made.trace(*jumped))
    assert (judged.outcome, judged.doubt) == ("violated", "")
    again = (*jumped, (ReadHistory(), away), (SendPrompt(text="d"), away))
    doubt = reading_position_kept(made.trace(*again)).doubt
    assert (
        doubt == "before send-prompt one was to read in history, but read 0.0 px above the bottom"
    )


@pytest.mark.parametrize("frames", [True, False])
def test_a_place_that_never_came_to_rest_is_no_baseline(made: Made, *, frames: bool) -> None:
    unknown = made.still(settled=RESTLESS) if frames else made.observed()
    trace = made.trace(
        (OpenSession(), made.observed(made.bottom())),
        (ReadHistory(), unknown),
        (SendPrompt(text="a"), made.observed(made.frame(anchor=at(300.0)))),
    )
    judged = reading_position_kept(trace)
    assert (judged.outcome, judged.evidence) == ("inconclusive", 0)


def test_the_person_may_scroll(made: Made) -> None:
    trace = made.trace(
        (OpenSession(), made.observed(made.bottom())),
        (ReadHistory(), made.observed(made.bottom(), made.frame())),
        (ReadLatest(), made.observed(made.frame(), made.bottom())),
        (SendPrompt(text="a"), made.observed(made.bottom())),
    )
    assert reading_position_kept(trace).outcome == "pass"


def test_lost_samples_are_inconclusive(made: Made) -> None:
    opened = made.observed(made.bottom(), capture={"lost": 1})
    judged = reading_position_kept(made.sending(made.observed(made.bottom()), opened=opened))
    assert judged.outcome == "inconclusive"
    found = reading_position_kept(made.sending(made.observed(made.bottom(9.0)), opened=opened))
    assert (found.outcome, found.reason) == ("violated", "")
    assert found.doubt == "the recorder's ring overflowed and 1 samples were lost"


@pytest.mark.parametrize("lack", [{"anchor": None}, {"viewport": None}])
def test_nothing_is_compared_with_a_frame_that_shows_no_place(
    made: Made, lack: dict[str, None]
) -> None:
    opened = made.observed(made.bottom().model_copy(update=lack))
    judged = reading_position_kept(made.sending(made.observed(made.frame()), opened=opened))
    assert (judged.outcome, judged.reason) == ("inconclusive", "nobody was reading")
