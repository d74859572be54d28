"""no-blank-frame, proven both ways."""

from harness.actions import OpenSession, SendPrompt
from harness.observations import Frame
from harness.properties.no_blank_frame import no_blank_frame
from specs.model.conftest import Made


def blank(made: Made, **changes: object) -> Frame:
    return made.frame(**{"anchor": None, "rows": 0, **changes})


def test_a_message_in_view_in_every_frame_passes(made: Made) -> None:
    judged = no_blank_frame(made.sending(made.observed(made.frame(repeats=5), made.frame())))
    assert (judged.outcome, judged.evidence) == ("pass", 6)


def test_one_blank_frame_is_found(made: Made) -> None:
    seen = made.observed(made.frame(), blank(made, t=116.0), made.frame())
    (found,) = no_blank_frame(made.sending(seen)).findings
    assert (found.step, found.t) == (1, 116.0)
    assert found.summary == "after send-prompt the timeline was blank for one frame"
    assert found.observed == "one frame without a message in view (0 rows in the page)"


def test_the_first_frame_of_a_step_counts(made: Made) -> None:
    judged = no_blank_frame(made.sending(made.observed(blank(made, repeats=2), made.frame())))
    assert "blank for 2 frames" in judged.findings[0].summary


def test_rows_out_of_view_are_blank(made: Made) -> None:
    judged = no_blank_frame(made.sending(made.observed(blank(made, rows=10))))
    assert "(10 rows in the page)" in judged.findings[0].observed


def test_rows_without_a_viewport_are_not_known_to_be_blank(made: Made) -> None:
    judged = no_blank_frame(made.sending(made.observed(blank(made, rows=10, viewport=None))))
    assert judged.outcome == "pass"
    judged = no_blank_frame(made.sending(made.observed(blank(made, viewport=None))))
    assert judged.outcome == "violated"


def test_blank_until_the_first_message_is_no_evidence(made: Made) -> None:
    empty = made.observed(blank(made, repeats=9))
    judged = no_blank_frame(made.sending(empty, opened=empty))
    assert (judged.outcome, judged.evidence) == ("inconclusive", 0)
    assert judged.reason == "no message was ever in view"


def test_blank_after_the_first_message_is_found_though_it_opened_empty(made: Made) -> None:
    seen = made.observed(blank(made), made.frame(), blank(made, t=150.0))
    judged = no_blank_frame(made.sending(seen, opened=made.observed(blank(made))))
    assert (judged.evidence, judged.findings[0].t) == (2, 150.0)


def test_opening_again_may_begin_blank(made: Made) -> None:
    trace = made.trace(
        (OpenSession(), made.still()),
        (SendPrompt(text="a"), made.still()),
        (OpenSession(), made.observed(blank(made), made.frame())),
        (SendPrompt(text="b"), made.still()),
    )
    assert no_blank_frame(trace).outcome == "pass"


def test_lost_samples_are_inconclusive(made: Made) -> None:
    judged = no_blank_frame(made.sending(made.still(capture={"lost": 1})))
    assert judged.outcome == "inconclusive"


def two_sends(made: Made, *frames: tuple[Frame, ...]) -> list[tuple[int, str]]:
    sends = ((SendPrompt(text=str(n)), made.observed(*each)) for n, each in enumerate(frames))
    trace = made.trace((OpenSession(), made.still()), *sends)
    return [(found.step, found.causes[0]) for found in no_blank_frame(trace).findings]


def test_a_gap_that_lasts_is_told_of_the_step_in_which_it_begins(made: Made) -> None:
    left = (1, "timeline left blank after send-prompt")
    gone, there = blank(made), made.frame()
    assert two_sends(made, (there, gone), (gone, there)) == [left]
    assert two_sends(made, (there, gone), (gone,), (gone, there)) == [left]
    again = (2, "timeline blank for a while after the second send-prompt")
    assert two_sends(made, (there, gone), (gone, there, gone, there)) == [left, again]
    assert two_sends(made, (there, gone, there), (gone, there)) == [
        (1, "timeline blank for a while after send-prompt"),
        again,
    ]
