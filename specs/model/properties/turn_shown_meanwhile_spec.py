"""turn-shown: what is taken back, on its way, or cannot be known by the page."""

import pytest

from harness.actions import (
    AnyAction,
    Hold,
    OpenSession,
    Refuse,
    Reload,
    Restore,
    Revert,
    SendPrompt,
    ShowSession,
)
from harness.observations import Observation, SessionRecord
from harness.properties.judgement import Judgement
from harness.properties.turn_shown import turn_shown
from specs.model.conftest import Made

SAY = SendPrompt(text="Say it.")
GREET = SendPrompt(text="/greet all", heard="Greet all kindly.")
BEFORE, ALL = ("m0", "a1"), ("m0", "a1", "m2", "a3")
NEXT = SendPrompt(text="Next.")


def held_in(said: str) -> tuple[tuple[str, str], ...]:
    return ("m0", "before"), ("a1", "Yes."), ("m2", said), ("a3", "Done.")


def held(made: Made, said: str = SAY.text) -> SessionRecord:
    return made.record(*held_in(said))


def shows(made: Made, *rows: str, said: str = SAY.text) -> Observation:
    return made.still(rows=(rows,), records=(held(made, said),))


def said(made: Made, *later: tuple[AnyAction, Observation], say: SendPrompt = SAY) -> Judgement:
    record = made.record(("m0", "before"), ("a1", "Yes."))
    opened = made.still(rows=(BEFORE,), records=(record,))
    sent = shows(made, *ALL, said=say.heard or say.text)
    return turn_shown(made.trace((OpenSession(), opened), (say, sent), *later))


def test_what_is_taken_back_is_not_shown(made: Made) -> None:
    found = said(made, (Revert(text=SAY.text), shows(made, *BEFORE)))
    assert (found.outcome, found.evidence) == ("pass", 8)


@pytest.mark.parametrize("rows", [ALL, ALL[:3], (*BEFORE, "a3")])
def test_what_is_taken_back_and_still_shown_is_found(made: Made, rows: tuple[str, ...]) -> None:
    (found,) = said(made, (Revert(text=SAY.text), shows(made, *rows))).findings
    assert found.step == 2
    assert f"row {rows[2]} is no message that the server holds" in found.summary


def test_more_than_what_is_taken_back_may_not_go(made: Made) -> None:
    (found,) = said(made, (Revert(text=SAY.text), shows(made, "m0"))).findings
    assert "the latest message of the server was not shown" in found.summary


def test_what_is_brought_back_is_shown_again(made: Made) -> None:
    back = (Revert(text=SAY.text), shows(made, *BEFORE))
    assert said(made, back, (Restore(), shows(made, *ALL))).outcome == "pass"
    (found,) = said(made, back, (Restore(), shows(made, *BEFORE))).findings
    assert found.step == 3
    assert "the latest 2 messages of the server were not shown" in found.summary


def leaving(made: Made, *rows: str, prompts: int = 1) -> Judgement:
    """Prompts are kept back by the network, the first from the composer, and rows stand for it."""
    hold = (Hold(what="send"), shows(made, *ALL))
    waits = tuple(SendPrompt(text=f"Wait {number}.") for number in range(prompts - 1))
    last = shows(made, *rows)
    more = tuple((each, last) for each in waits)
    return said(made, hold, (NEXT, last), *more)


@pytest.mark.parametrize("rows", [ALL, (*ALL, "on-its-way")])
def test_a_prompt_on_its_way_may_be_shown(made: Made, rows: tuple[str, ...]) -> None:
    assert leaving(made, *rows).outcome == "pass"


@pytest.mark.parametrize(
    "rows", [(*ALL, "one", "two"), ("one", *ALL), ("m0", "a1", "one", "m2", "a3")]
)
def test_a_row_that_stands_for_no_prompt_is_found(made: Made, rows: tuple[str, ...]) -> None:
    found = leaving(made, *rows).findings
    assert "row one is no message that the server holds for this session" in found[0].summary


def test_what_waits_behind_it_has_no_row(made: Made) -> None:
    assert leaving(made, *ALL, "one", "two", prompts=2).outcome == "violated"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (("m0", "a1", "m2", "on-its-way"), "the latest message of the server was not shown"),
        (("m0", "m2", "a3", "on-its-way"), "the rows were not in the server's order"),
        (("on-its-way",), "no message of the server was shown"),
    ],
)
def test_a_prompt_on_its_way_hides_no_other_fault(
    made: Made, rows: tuple[str, ...], words: str
) -> None:
    (found,) = leaving(made, *rows).findings
    assert words in found.summary


def test_a_prompt_on_its_way_elsewhere_has_no_row_here(made: Made) -> None:
    record = made.record(("s0", "short"), scope=made.at(session="ses_2"))
    seen = made.still(rows=(("s0", "on-its-way"),), records=(record,))
    steps = ((Hold(what="send"), shows(made, *ALL)), (NEXT, shows(made, *ALL)))
    (found,) = said(made, *steps, (ShowSession(session="short"), seen)).findings
    assert (found.step, "row on-its-way is no message" in found.summary) == (4, True)


def test_an_offline_page_need_not_know_the_latest(made: Made) -> None:
    old = made.still(rows=(BEFORE,), records=(held(made),))
    found = said(made, (Hold(what="events"), old))
    assert (found.outcome, found.evidence) == ("pass", 6)


def test_a_page_whose_messages_have_not_come_need_not_show_them(made: Made) -> None:
    empty = made.still(rows=((),), records=(held(made),))
    late = (ShowSession(session="short"), empty)
    assert said(made, (Hold(what="messages"), shows(made, *ALL)), late).outcome == "pass"
    assert said(made, late).outcome == "violated"


def test_a_page_that_had_its_messages_keeps_them_when_they_are_refused(made: Made) -> None:
    gone = made.still(rows=(BEFORE,), records=(held(made),))
    assert said(made, (Refuse(what="messages"), gone)).outcome == "violated"


@pytest.mark.parametrize("what", ["events", "messages"])
def test_a_row_in_the_page_twice_is_found_all_the_same(made: Made, what: str) -> None:
    hold = Hold.model_validate({"what": what})
    twice = made.still(rows=((*ALL, "a3"), ALL), records=(held(made),))
    (found,) = said(made, (hold, twice)).findings
    assert "message a3 was in the page twice" in found.summary


def test_a_new_page_is_judged_again(made: Made) -> None:
    (found,) = said(made, (Reload(), shows(made, *BEFORE))).findings
    assert (found.step, found.property) == (2, "turn-shown")


def test_a_prompt_on_its_way_stays_where_it_was_submitted(made: Made) -> None:
    """Messages that came since stand below it; one that was there before does not."""
    hold = (Hold(what="send"), shows(made, *ALL))
    on_its_way = (NEXT, shows(made, *ALL, "on-its-way"))
    theirs = SendPrompt(text="Of others.", via="api")
    record = made.record(*held_in(SAY.text), ("m4", theirs.text), ("a5", "Done."))
    rows = (*ALL, "on-its-way", "m4", "a5")
    right = (theirs, made.still(rows=(rows,), records=(record,)))
    assert said(made, hold, on_its_way, right).outcome == "pass"
    wrong = (
        theirs,
        made.still(rows=(("m0", "on-its-way", *rows[1:4], *rows[5:]),), records=(record,)),
    )
    assert said(made, hold, on_its_way, wrong).outcome == "violated"
