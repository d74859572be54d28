"""turn-shown, proven both ways."""

import pytest

from harness.actions import OpenSession, SendPrompt
from harness.observations import HeldMessage, SessionRecord, Settled, ShownRow
from harness.properties.judgement import Judgement
from harness.properties.turn_shown import turn_shown
from harness.traits import Traits
from specs.model.conftest import Made

IDS = ("m0", "a1", "m2", "a3")
RESTLESS = Settled(quiet=False, took_ms=1.0, moving=("rows",))
PARTED = r"^(?:part:)?(\w+)(?::\d+)?$"


def record(made: Made, *ids: str) -> SessionRecord:
    return made.record(*((key, f"text of {key}") for key in ids))


def shows(
    made: Made, *rows: tuple[str, ...], traits: Traits | None = None, **parts: object
) -> Judgement:
    seen = made.still(rows=rows, **{"records": (record(made, *IDS),), **parts})
    return turn_shown(made.trace((OpenSession(), seen), traits=traits or made.windowed))


def test_the_latest_messages_in_order_pass(made: Made) -> None:
    judged = shows(made, (), IDS[1:])
    assert (judged.outcome, judged.evidence) == ("pass", 3)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (IDS[:3], "the latest message of the server was not shown"),
        (IDS[:2], "the latest 2 messages of the server were not shown"),
        ((), "no message of the server was shown"),
        ((*IDS, "x9"), "row x9 is no message that the server holds for this session"),
        (("m0", "m2", "a3"), "the rows were not in the server's order, or some were left out"),
        (
            ("m0", "m2", "a1", "a3"),
            "the rows were not in the server's order, or some were left out",
        ),
        (("m0", "a1", "m0", "a1", "m2", "a3"), "message m0 was in the page twice"),
    ],
)
def test_another_list_is_found(made: Made, rows: tuple[str, ...], words: str) -> None:
    judged = shows(made, rows)
    assert judged.outcome == "violated"
    assert judged.findings[0].summary == f"after open-session {words}"
    assert (judged.findings[0].step, judged.findings[0].property) == (0, "turn-shown")


def test_a_row_doubled_in_one_frame_is_found_without_a_record(made: Made) -> None:
    judged = shows(made, IDS, (*IDS, "a3"), IDS, records=())
    assert judged.findings[0].observed == "twice: a3"


def test_rows_of_one_message_count_as_one(made: Made) -> None:
    traits = made.windowed.model_copy(update={"row_key": PARTED})
    parts = ("m0", "part:a1:1", "part:a1:2", "m2", "part:a3:1")
    judged = shows(made, parts, traits=traits)
    assert (judged.outcome, judged.evidence) == ("pass", 4)
    again = shows(made, ("m0", "part:a1:1", "m2", "part:a1:2", "part:a3:1"), traits=traits)
    assert again.outcome == "violated"


def test_rows_of_no_message_are_passed_over(made: Made) -> None:
    traits = made.windowed.model_copy(update={"row_key": r"^(\w\d)$"})
    assert shows(made, ("", "day", *IDS, "day", ""), traits=traits).outcome == "pass"


def test_a_role_without_rows_need_not_be_shown(made: Made) -> None:
    traits = made.windowed.model_copy(update={"roles_with_rows": ("user",)})
    assert shows(made, ("m0", "m2"), traits=traits).outcome == "pass"


def test_a_message_in_the_making_may_lack(made: Made) -> None:
    half = record(made, *IDS)
    last = half.messages[-1].model_copy(update={"complete": False})
    records = (half.model_copy(update={"messages": (*half.messages[:-1], last)}),)
    assert shows(made, IDS[:3], records=records).outcome == "pass"
    assert shows(made, IDS, records=records).outcome == "pass"
    assert shows(made, IDS[:2], records=records).outcome == "violated"


def test_a_row_newer_than_the_record_is_no_stranger_before_rest(made: Made) -> None:
    assert shows(made, (*IDS, "m4"), settled=RESTLESS).outcome == "pass"
    assert shows(made, IDS[:3], settled=RESTLESS).outcome == "violated"


@pytest.mark.parametrize(("above", "outcome"), [(4.0, "violated"), (300.0, "pass")])
def test_a_virtual_list_ends_with_the_latest_at_the_bottom(
    made: Made, above: float, outcome: str
) -> None:
    seen = made.observed(made.bottom(above), rows=(IDS[:3],), records=(record(made, *IDS),))
    assert turn_shown(made.trace((OpenSession(), seen), traits=made.virtual)).outcome == outcome


@pytest.mark.parametrize("frames", [True, False])
def test_a_virtual_list_without_a_viewport_is_judged_as_predicted(
    made: Made, *, frames: bool
) -> None:
    seen = (made.frame(viewport=None),) if frames else ()
    observation = made.observed(*seen, rows=(IDS[:3],), records=(record(made, *IDS),))
    judged = turn_shown(made.trace((OpenSession(), observation), traits=made.virtual))
    assert judged.outcome == "violated"


def test_a_virtual_list_is_unbroken(made: Made) -> None:
    assert shows(made, ("a1", "m2"), traits=made.virtual).outcome == "pass"
    assert shows(made, ("m0", "m2"), traits=made.virtual).outcome == "violated"
    assert shows(made, (), traits=made.virtual).outcome == "violated"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Agent text   of\na3", "pass"),
        ("text of a4", "violated"),
        ("", "violated"),
        ("x" * 400, "pass"),  # cut: the rest is not known
    ],
)
def test_the_last_rows_carry_their_text(made: Made, text: str, outcome: str) -> None:
    judged = shows(made, IDS, capture={"shown": (made.shown("a3", text),)})
    assert judged.outcome == outcome
    if judged.findings:
        words = "after open-session the row of assistant message a3 lacked its text"
        assert (judged.findings[0].summary, judged.findings[0].expected) == (words, "“text of a3”")


@pytest.mark.parametrize(
    ("answers_in_row", "text", "complete", "outcome"),
    [
        (True, "text of m2, text of a4", True, "pass"),  # what was said on the way may fold
        (True, "text of m2, text of a3", True, "violated"),
        (True, "text of a4", True, "violated"),
        (True, "text of m2", False, "pass"),
        (False, "text of m2", True, "pass"),
    ],
)
def test_a_row_that_is_a_turn_carries_its_answer(
    made: Made, text: str, outcome: str, *, answers_in_row: bool, complete: bool
) -> None:
    turns = {"roles_with_rows": ("user",), "answers_in_row": answers_in_row}
    held = record(made, *IDS, "a4")
    answer = held.messages[-1].model_copy(update={"complete": complete})
    held = held.model_copy(update={"messages": (*held.messages[:-1], answer)})
    judged = shows(
        made,
        ("m0", "m2"),
        traits=made.windowed.model_copy(update=turns),
        records=(held,),
        capture={"shown": (made.shown("m2", text),)},
    )
    assert judged.outcome == outcome


def test_markup_is_no_text(made: Made) -> None:
    held = (made.record(("a1", "**Done:** `pwd`")),)
    shown = {"shown": (made.shown("a1", "Done: pwd"),)}
    assert shows(made, ("a1",), records=held, capture=shown).outcome == "pass"


@pytest.mark.parametrize("parts", [1, 2])
def test_a_text_may_be_in_any_row_of_its_message(made: Made, parts: int) -> None:
    traits = made.windowed.model_copy(update={"row_key": PARTED})
    rows = ("part:a1:1", "part:a1:2")
    shown = tuple(ShownRow(key=key, text=f"row {key}") for key in rows[-parts:])
    judged = shows(
        made, rows, traits=traits, records=(record(made, "a1"),), capture={"shown": shown}
    )
    # With one of two rows known, the text may be in the other.
    assert judged.outcome == ("violated" if parts == 2 else "pass")


def test_the_rows_of_the_step_before_stand_until_they_change(made: Made) -> None:
    held = {"records": (record(made, *IDS),)}
    trace = made.trace(
        (OpenSession(), made.still(rows=(IDS,), **held)),
        (SendPrompt(text="a"), made.still(records=(record(made, *IDS, "m4"),))),
    )
    assert [found.step for found in turn_shown(trace).findings] == [1]


def test_a_new_document_that_never_has_rows_shows_nothing(made: Made) -> None:
    held = {"records": (record(made, *IDS),)}
    trace = made.trace(
        (OpenSession(), made.still(rows=(IDS,), **held)),
        (OpenSession(), made.observed(made.frame(rows=0, anchor=None), rows=(IDS,), **held)),
    )
    assert "no message of the server was shown" in turn_shown(trace).findings[0].summary


@pytest.mark.parametrize("lost", [0, 1])
def test_without_a_record_or_with_lost_samples_it_is_inconclusive(made: Made, lost: int) -> None:
    records = (record(made, *IDS),) if lost else ()
    judged = shows(made, IDS, records=records, capture={"lost": lost})
    assert judged.outcome == "inconclusive"
    assert ("samples were lost" if lost else "no record of the server was read") in judged.reason


@pytest.mark.parametrize(("complete", "outcome"), [(False, "pass"), (True, "violated")])
def test_a_message_that_is_being_made_may_have_a_row_before_it_has_words(
    made: Made, outcome: str, *, complete: bool
) -> None:
    traits = made.windowed.model_copy(update={"bare_has_row": False})
    begun = HeldMessage(id="a4", role="assistant", text="", complete=complete, bare=True)
    held = record(made, *IDS)
    held = held.model_copy(update={"messages": (*held.messages, begun)})
    assert shows(made, (*IDS, "a4"), traits=traits, records=(held,)).outcome == outcome
