"""reading-position-kept: a reader at the bottom, and one whom the app takes there."""

import pytest

from harness.actions import OpenSession, ReadHistory, SendPrompt
from harness.observations import Anchor, Frame
from harness.properties.judgement import Judgement
from harness.properties.reading_position_kept import reading_position_kept
from specs.model.conftest import Made

GROWN = {"scroll_height": 3200.0, "scroll_top": 2600.0, "anchor": Anchor(key="m4", offset=-3.0)}


def at_bottom(made: Made, *frames: Frame) -> Judgement:
    opened = made.observed(made.bottom())
    return reading_position_kept(made.sending(made.observed(*frames), opened=opened))


def followed(made: Made, *frames: Frame) -> Judgement:
    trace = made.trace(
        (OpenSession(), made.observed(made.bottom())),
        (ReadHistory(), made.still()),
        (SendPrompt(text="Go on."), made.observed(*frames)),
        traits=made.following,
    )
    return reading_position_kept(trace)


@pytest.mark.parametrize(("above", "outcome"), [(4.0, "pass"), (4.01, "violated"), (-2.0, "pass")])
def test_four_pixels_above_the_bottom_are_allowed(made: Made, above: float, outcome: str) -> None:
    assert at_bottom(made, made.bottom(), made.bottom(above)).outcome == outcome


def test_a_reader_at_the_bottom_sticks_to_it_while_content_grows(made: Made) -> None:
    assert at_bottom(made, made.bottom(), made.frame(**GROWN)).outcome == "pass"


def test_a_frame_left_above_new_content_is_found(made: Made) -> None:
    late = made.bottom(scroll_height=3200.0, t=116.0)
    (found,) = at_bottom(made, made.bottom(), late, made.frame(**GROWN)).findings
    assert (found.step, found.t) == (1, 116.0)
    assert "after send-prompt the reader was 200 px above the bottom" in found.summary
    assert found.expected == "at most 4 px above it"


@pytest.mark.parametrize("above", [4.0, 0.0])
def test_being_taken_down_to_the_latest_passes(made: Made, above: float) -> None:
    way = (made.frame(), made.frame(scroll_top=1500.0), made.bottom(above))
    judged = followed(made, *way)
    assert (judged.outcome, judged.evidence) == ("pass", 3)


def test_staying_in_history_is_found_where_the_app_follows(made: Made) -> None:
    (found,) = followed(made, made.frame(), made.frame(scroll_top=1500.0)).findings
    assert "the reader was 900 px above the bottom" in found.summary


def test_a_way_that_leads_up_is_found(made: Made) -> None:
    (found,) = followed(made, made.frame(scroll_top=4.0), made.bottom()).findings
    assert "the view went up by 496 px" in found.summary
    assert found.summary.endswith("near the top")
    assert found.expected == "down to the latest message"


def test_leaving_the_bottom_once_reached_is_found(made: Made) -> None:
    (found,) = followed(made, made.bottom(), made.frame(scroll_top=1500.0), made.bottom()).findings
    assert "the reader was 900 px above the bottom" in found.summary


def test_odd_frames_do_not_break_the_way(made: Made) -> None:
    assert followed(made).outcome == "inconclusive"
    gone = made.frame(viewport=None, scroll_top=0.0, anchor=None)
    assert followed(made, gone, made.bottom()).outcome == "pass"
