"""turn-shown where a virtual list keeps the rows of the latest turn wherever the reader is."""

import pytest

from harness.actions import OpenSession
from harness.properties.judgement import Judgement
from harness.properties.turn_shown import turn_shown
from specs.model.conftest import Made

HELD = ("m0", "a1", "m2", "a3", "m4", "a5", "m6", "a7", "a8")  # the latest turn is m6, a7, a8


def shows(made: Made, *rows: str, pins: bool = True, at_bottom: bool = False) -> Judgement:
    traits = made.virtual.model_copy(update={"pins_latest": pins})
    record = made.record(*((key, f"text of {key}") for key in HELD))
    frame = made.bottom() if at_bottom else made.frame()
    seen = made.observed(frame, rows=(rows,), records=(record,))
    return turn_shown(made.trace((OpenSession(), seen), traits=traits))


@pytest.mark.parametrize("kept", [("m6",), ("a7", "a8"), ("m6", "a7", "a8"), ("a8",), ()])
def test_rows_of_the_latest_turn_below_are_no_gap(made: Made, kept: tuple[str, ...]) -> None:
    assert shows(made, "a1", "m2", *kept).outcome == "pass"


@pytest.mark.parametrize(
    "rows",
    [
        ("a1", "a3", "a8"),  # one is left out where one reads
        ("a1", "m2", "a5", "a8"),  # what is kept is of an earlier turn
        ("m2", "a1", "a8"),
    ],
)
def test_other_gaps_are_found(made: Made, rows: tuple[str, ...]) -> None:
    assert shows(made, *rows).outcome == "violated"


def test_at_the_bottom_nothing_is_left_out(made: Made) -> None:
    assert shows(made, "a5", "m6", "a8", at_bottom=True).outcome == "violated"
    assert shows(made, "a5", "m6", "a7", "a8", at_bottom=True).outcome == "pass"


def test_a_list_that_keeps_nothing_has_no_such_gap(made: Made) -> None:
    assert shows(made, "a1", "m2", "a8", pins=False).outcome == "violated"


def test_a_view_of_the_latest_turn_alone_is_judged_too(made: Made) -> None:
    assert shows(made, "m6", "a7").outcome == "pass"
    assert shows(made, "m6", "a8").outcome == "violated"


@pytest.mark.parametrize(("bare_has_row", "outcome"), [(False, "pass"), (True, "violated")])
def test_a_message_that_failed_before_its_first_word_has_a_row_or_not(
    made: Made, *, bare_has_row: bool, outcome: str
) -> None:
    record = made.record(("m0", "Go on."), ("a1", ""), ("m2", "Again."))
    bare = record.messages[1].model_copy(update={"bare": True})
    record = record.model_copy(update={"messages": (record.messages[0], bare, record.messages[2])})
    traits = made.virtual.model_copy(update={"bare_has_row": bare_has_row})
    seen = made.observed(made.bottom(), rows=(("m0", "m2"),), records=(record,))
    assert turn_shown(made.trace((OpenSession(), seen), traits=traits)).outcome == outcome
