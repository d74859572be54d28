"""Causes: the same in every run of the same failure, another for another failure."""

import pytest
from pydantic import ValidationError

from harness.actions import OpenSession, SendPrompt
from harness.journal import Finding
from harness.observations import Frame, Observation, Settled
from harness.properties import PROPERTIES
from harness.properties.judgement import Judgement
from harness.properties.no_blank_frame import no_blank_frame
from harness.properties.reading_position_kept import reading_position_kept
from harness.properties.rendered_window_kept import rendered_window_kept
from harness.properties.send_once import send_once
from harness.properties.timeline_mounted import timeline_mounted
from specs.model.conftest import Made
from specs.model.properties.vocabulary import CAUSES

TEXT = "Go on."


def causes(judged: Judgement) -> list[str]:
    return [cause for found in judged.findings for cause in found.causes]


def mounted(made: Made, *frames: Frame, **parts: object) -> list[str]:
    return causes(timeline_mounted(made.sending(made.observed(*frames, **parts))))


def test_every_rule_has_its_words() -> None:
    assert list(CAUSES) == [rule.id for rule in PROPERTIES]


@pytest.mark.parametrize("cause", ["moved by 310 px", "Moved", "", " moved", "at /tmp/x"])
def test_what_may_differ_in_the_next_run_is_no_cause(cause: str) -> None:
    with pytest.raises(ValidationError, match="a cause is lower-case words alone"):
        Finding(
            property="p", flow="f", step=1, causes=(cause,), summary="", expected="", observed=""
        )


def test_a_new_node_is_the_same_cause_whether_or_not_a_frame_was_without(made: Made) -> None:
    at_once = mounted(made, made.frame(timeline=7, t=116.0))
    with_a_gap = mounted(made, made.frame(timeline=None, t=116.0), made.frame(timeline=8, t=132.0))
    assert at_once == with_a_gap == ["timeline replaced after send-prompt"]


def test_parts_have_a_cause_each_whether_they_went_together_or_not(made: Made) -> None:
    together = mounted(made, made.frame(timeline=7, viewport=8))
    apart = mounted(made, made.frame(timeline=7), made.frame(timeline=7, viewport=8, t=116.0))
    replaced = ["timeline replaced after send-prompt", "viewport replaced after send-prompt"]
    assert together == apart == replaced


def test_a_node_that_comes_back_and_one_that_does_not_are_told_apart(made: Made) -> None:
    back = mounted(made, made.frame(composer=None, t=116.0), made.frame(t=132.0))
    assert back == ["composer taken out and put back after send-prompt"]
    assert mounted(made, made.frame(composer=None)) == ["composer removed after send-prompt"]
    unmount = {"t": 99.0, "step": 1, "part": "composer", "kind": "unmount", "node": 3}
    unseen = mounted(made, capture={"mounts": (unmount,)})
    assert unseen == ["composer taken out and put back after send-prompt"]


def test_actions_of_one_name_are_told_apart(made: Made) -> None:
    sends = (
        (SendPrompt(text=f"{number}"), made.observed(made.frame(timeline=number)))
        for number in range(2, 14)
    )
    found = causes(timeline_mounted(made.trace((OpenSession(), made.still()), *sends)))
    assert found[:3] == [
        "timeline replaced after send-prompt",
        "timeline replaced after the second send-prompt",
        "timeline replaced after the third send-prompt",
    ]
    assert found[9] == "timeline replaced after the tenth send-prompt"
    assert found[10:] == ["timeline replaced after a later send-prompt"] * 2


def test_rows_and_heights_are_told_apart(made: Made) -> None:
    lost = made.still(rows=(("m0", "m1"), ("m1",)))
    windowed = causes(rendered_window_kept(made.sending(lost, opened=made.still(rows=(("m0",),)))))
    assert windowed == ["rendered rows gone after send-prompt"]
    shrunk = made.sending(made.observed(made.frame(scroll_height=900.0)))
    virtual = shrunk.model_copy(update={"traits": made.virtual})
    assert causes(rendered_window_kept(virtual)) == ["content shrank after send-prompt"]


@pytest.mark.parametrize(
    ("tops", "cause"),
    [
        ((700.0, 900.0), "message being read moved"),
        ((4.0, 900.0), "message being read moved"),
        ((900.0, 4.0), "view left near the top"),
        ((49.9,), "view left near the top"),
        ((50.0,), "message being read moved"),
    ],
)
def test_where_the_reader_is_left_decides(made: Made, tops: tuple[float, ...], cause: str) -> None:
    away = [made.frame(scroll_top=top, anchor={"key": "m9", "offset": 0}) for top in tops]
    judged = reading_position_kept(made.sending(made.observed(*away)))
    assert causes(judged) == [f"{cause} after send-prompt"]


def test_a_reader_who_was_near_the_top_is_not_left_there(made: Made) -> None:
    opened = made.observed(made.frame(scroll_top=40.0))
    moved = made.observed(made.frame(scroll_top=10.0, anchor={"key": "m1", "offset": 0}))
    judged = reading_position_kept(made.sending(moved, opened=opened))
    assert causes(judged) == ["message being read moved after send-prompt"]


def test_a_timeline_that_stays_blank_is_told_from_one_that_blinks(made: Made) -> None:
    blank = made.frame(rows=0, anchor=None)
    blinked = no_blank_frame(made.sending(made.observed(blank, made.frame(t=116.0))))
    left = no_blank_frame(made.sending(made.observed(made.frame(), blank)))
    assert causes(blinked) == ["timeline blank for a while after send-prompt"]
    assert causes(left) == ["timeline left blank after send-prompt"]


def sent(made: Made, **parts: object) -> list[str]:
    usual = {"prompts": (made.prompt(TEXT),), "records": (made.record(("m1", TEXT)),)}
    seen: Observation = made.still(**{**usual, **parts})
    return causes(send_once(made.sending(seen, text=TEXT)))


def test_each_fate_of_a_prompt_is_a_cause(made: Made) -> None:
    twice = (made.prompt(TEXT), made.prompt(TEXT, 2))
    assert sent(made, prompts=()) == ["prompt not sent after send-prompt"]
    assert sent(made, prompts=twice) == ["prompt sent again after send-prompt"]
    assert sent(made, records=(made.record(),)) == ["prompt not stored after send-prompt"]
    stored = made.record(("m1", TEXT), ("m2", TEXT))
    assert sent(made, records=(stored,)) == ["prompt stored again after send-prompt"]
    assert sent(made, unsent=TEXT) == ["prompt left in the composer after send-prompt"]
    assert sent(made, prompts=twice, unsent=TEXT) == [
        "prompt sent again after send-prompt",
        "prompt left in the composer after send-prompt",
    ]


def test_a_request_without_an_answer_is_no_cause(made: Made) -> None:
    waits = made.prompt(TEXT, accepted=False)
    open_still = made.exchange(1, outcome="open")
    restless = Settled(quiet=False, took_ms=1.0, moving=("it",))
    found = sent(
        made, prompts=(waits,), exchanges=(open_still,), records=(), unsent=TEXT, settled=restless
    )
    assert found == ["prompt left in the composer after send-prompt"]
