"""stale-rollback: the text of a failed send stands where it was written, and nowhere else."""

import pytest

from harness.actions import (
    AnyAction,
    EditQueued,
    FinishTurn,
    Hold,
    OpenSession,
    Release,
    Reload,
    SendPrompt,
    ShowSession,
    WriteDraft,
)
from harness.observations import Observation, Settled
from harness.properties.judgement import Judgement
from harness.properties.stale_rollback import stale_rollback
from specs.model.conftest import Made
from specs.model.late import Steps

SAY = SendPrompt(text="Say it.")
FAILS = Release(what="send")
TO_SHORT = ShowSession(session="short")
TO_MIRROR = ShowSession(server="mirror")
HOME = ShowSession()


def says(made: Made, draft: str | None, *queue: str, **parts: object) -> Observation:
    return made.still(signs=made.signs(draft=draft, queue=list(queue)), **parts)


def sent(made: Made, *later: tuple[AnyAction, Observation]) -> Judgement:
    """A prompt leaves in step 2; it will fail."""
    before: Steps = (
        (OpenSession(), says(made, "")),
        (Hold(what="send", fails=True), says(made, "")),
        (SAY, says(made, "")),
    )
    return stale_rollback(made.trace(*before, *later))


def away(made: Made, failing: Observation, *later: tuple[AnyAction, Observation]) -> Judgement:
    """The send fails in step 5, with the short session on screen, in which something is written."""
    write = WriteDraft(text="of the short one")
    going: Steps = ((TO_SHORT, says(made, "")), (write, says(made, "of the short one")))
    return sent(made, *going, (FAILS, failing), *later)


def test_a_text_that_is_back_in_its_composer_passes(made: Made) -> None:
    found = sent(made, (FAILS, says(made, "Say it.")))
    assert (found.outcome, found.evidence) == ("pass", 1)


def test_a_text_that_is_back_when_its_session_is_passes(made: Made) -> None:
    found = away(made, says(made, "of the short one"), (HOME, says(made, "Say it.")))
    assert (found.outcome, found.evidence) == ("pass", 1)


def test_a_text_comes_back_before_what_was_written_since(made: Made) -> None:
    write = (WriteDraft(text="since"), says(made, "since"))
    assert sent(made, write, (FAILS, says(made, "Say it.\nsince"))).outcome == "pass"
    (found,) = sent(made, write, (FAILS, says(made, "Say it."))).findings
    words = "the text of the failed send “Say it.” is not where it belongs: the composer said"
    assert found.summary == f"after release {words} “Say it.”"
    assert (found.step, found.expected) == (
        4,
        "it is given back to session long of server, and to no other",
    )


@pytest.mark.parametrize("left", ["", "since"])
def test_a_text_that_is_lost_is_found(made: Made, left: str) -> None:
    write = (WriteDraft(text="since"), says(made, "since"))
    (found,) = sent(made, write, (FAILS, says(made, left))).findings
    assert found.step == 4


def test_a_text_that_lands_in_the_session_on_screen_is_found(made: Made) -> None:
    home = (HOME, says(made, "Say it."))
    (found,) = away(made, says(made, "Say it.\nof the short one"), home).findings
    assert (found.step, found.observed) == (5, "the composer said “Say it.\nof the short one”")


@pytest.mark.parametrize("strange", ["Say it.", ""])
def test_a_strange_word_in_one_frame_is_found(made: Made, strange: str) -> None:
    told = (
        *made.signs(draft="of the short one"),
        *made.signs(116.0, draft=strange),
        *made.signs(132.0, draft="of the short one"),
    )
    (found,) = away(made, made.still(signs=told), (HOME, says(made, "Say it."))).findings
    assert (found.step, found.observed) == (5, f"the composer said “{strange}”")


def test_a_text_that_is_not_back_at_home_is_found(made: Made) -> None:
    (found,) = away(made, says(made, "of the short one"), (HOME, says(made, ""))).findings
    assert (found.step, found.observed) == (6, "the composer says “”, not “Say it.”")


def test_a_text_that_stays_behind_in_a_session_seen_later_is_found(made: Made) -> None:
    home = (HOME, says(made, "Say it."))
    (found,) = away(
        made, says(made, "of the short one"), home, (TO_MIRROR, says(made, "Say it."))
    ).findings
    assert (found.step, found.observed) == (7, "the composer of long on mirror says “Say it.”")


def test_a_text_in_the_queue_of_another_session_is_found(made: Made) -> None:
    home = (HOME, says(made, "Say it."))
    there = (TO_MIRROR, says(made, "", "Say it."))
    (found,) = away(made, says(made, "of the short one"), home, there).findings
    assert found.observed == "the queue of long on mirror has “Say it.”"


def test_the_same_words_written_in_another_session_pass(made: Made) -> None:
    steps: Steps = (
        (TO_MIRROR, says(made, "")),
        (WriteDraft(text="Say it."), says(made, "Say it.")),
        (TO_SHORT, says(made, "")),
        (FAILS, says(made, "")),
        (TO_MIRROR, says(made, "Say it.")),
        (HOME, says(made, "Say it.")),
    )
    assert sent(made, *steps).outcome == "pass"


@pytest.mark.parametrize("first", ["", "of the short one", None])
def test_while_the_session_changes_the_composer_is_empty_or_the_others(
    made: Made, first: str | None
) -> None:
    told = (*made.signs(draft=first), *made.signs(116.0, draft="Say it."))
    home = (HOME, made.still(signs=told))
    assert away(made, says(made, "of the short one"), home).outcome == "pass"


def test_a_strange_word_while_the_session_changes_is_found(made: Made) -> None:
    told = (*made.signs(draft="x"), *made.signs(116.0, draft="Say it."))
    home = (HOME, made.still(signs=told))
    assert away(made, says(made, "of the short one"), home).outcome == "violated"


def queued(made: Made, *later: tuple[AnyAction, Observation]) -> Judgement:
    """A queued prompt leaves in step 4, and fails in step 5."""
    before: Steps = (
        (OpenSession(), says(made, "")),
        (SendPrompt(text="Work.", held=True), says(made, "")),
        (SendPrompt(text="Say  it.\nNow."), says(made, "", "Say it. Now.")),
        (Hold(what="send", fails=True), says(made, "", "Say it. Now.")),
        (FinishTurn(), says(made, "", "Say it. Now.")),
    )
    return stale_rollback(made.trace(*before, *later))


def test_a_queued_text_stays_at_the_head_of_its_queue(made: Made) -> None:
    found = queued(made, (FAILS, says(made, "", "Say it. Now.")))
    assert (found.outcome, found.evidence) == ("pass", 1)


def test_a_queued_text_that_leaves_its_queue_is_found(made: Made) -> None:
    (found,) = queued(made, (FAILS, says(made, ""))).findings
    assert found.observed == "the queue has [], not ['Say it. Now.']"


def test_a_queued_text_that_lands_in_the_composer_is_found(made: Made) -> None:
    seen = says(made, "Say it. Now.", "Say it. Now.")
    assert queued(made, (FAILS, seen)).findings[0].step == 5


def test_what_becomes_of_it_later_is_the_persons(made: Made) -> None:
    kept = says(made, "", "Say it. Now.")
    edited = (EditQueued(text="Say  it.\nNow."), says(made, "Say  it.\nNow."))
    assert queued(made, (FAILS, kept), edited, (TO_MIRROR, says(made, ""))).outcome == "pass"


def test_a_session_that_was_not_looked_at_again_is_inconclusive(made: Made) -> None:
    found = away(made, says(made, "of the short one"))
    words = "“Say it.” failed, and its session was not looked at again"
    assert (found.outcome, found.evidence, found.reason) == ("inconclusive", 0, words)


def test_an_app_whose_composer_cannot_be_read_is_inconclusive(made: Made) -> None:
    found = sent(made, (FAILS, made.still()))
    words = "“Say it.” failed, and no composer could be read"
    assert (found.outcome, found.evidence, found.reason) == ("inconclusive", 0, words)


def test_what_stands_at_the_end_counts_only_at_rest(made: Made) -> None:
    restless = Settled(quiet=False, took_ms=1.0, moving=("rows",))
    assert sent(made, (FAILS, says(made, "", settled=restless))).findings == ()


def test_lost_samples_are_inconclusive(made: Made) -> None:
    told = made.signs(draft="Say it.")
    seen = made.still(signs=told, capture={"lost": 1})
    assert sent(made, (FAILS, seen)).outcome == "inconclusive"


def test_a_send_that_arrives_is_not_judged(made: Made) -> None:
    still = says(made, "")
    before: Steps = ((OpenSession(), still), (Hold(what="send"), still), (SAY, still))
    found = stale_rollback(made.trace(*before, (FAILS, still), (Reload(), still)))
    assert (found.outcome, found.reason) == ("not applicable", "no send failed in this flow")


def unheard(made: Made, left: str | None, **parts: object) -> Judgement:
    """A prompt arrives in step 2, and the answer about it is lost in step 3."""
    trace = made.trace(
        (OpenSession(), says(made, "")),
        (Hold(what="send", loses=True), says(made, "")),
        (SAY, says(made, "")),
        (FAILS, says(made, left, **parts)),
    )
    return stale_rollback(trace)


def test_a_prompt_that_arrived_is_not_given_back(made: Made) -> None:
    found = unheard(made, "")
    assert (found.outcome, found.evidence) == ("pass", 1)


def test_a_prompt_that_arrived_and_is_given_back_is_found(made: Made) -> None:
    (found,) = unheard(made, "Say it.").findings
    assert found.step == 3
    assert "a prompt that had arrived was taken for one that failed" in found.summary


def test_a_lost_answer_on_a_page_whose_composer_cannot_be_read_is_no_evidence(made: Made) -> None:
    trace = made.trace(
        (OpenSession(), made.still()),
        (Hold(what="send", loses=True), made.still()),
        (SAY, made.still()),
        (FAILS, made.still()),
    )
    assert stale_rollback(trace).outcome == "inconclusive"


def test_one_that_was_not_looked_at_again_takes_nothing_from_one_that_was(made: Made) -> None:
    again = (Hold(what="send", fails=True), made.still())
    other = (SendPrompt(text="Another."), says(made, ""))
    gone = (TO_MIRROR, says(made, ""))
    found = sent(made, (FAILS, says(made, "Say it.")), again, other, gone, (FAILS, says(made, "")))
    assert (found.outcome, found.evidence, found.reason) == ("pass", 1, "")
