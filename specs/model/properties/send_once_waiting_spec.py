"""send-once: what waits, what fails on its way, and what is written meanwhile."""

from harness.actions import (
    AnyAction,
    EditQueued,
    FinishTurn,
    Hold,
    OpenSession,
    Release,
    RetryQueued,
    SendPrompt,
    ShowSession,
    StopTurn,
    WriteDraft,
)
from harness.observations import Observation
from harness.properties import Judgement
from harness.properties.send_once import send_once
from specs.model.conftest import Made

BUSY = SendPrompt(text="Work.", held=True)
NEXT = SendPrompt(text="Next.")
FAILS = (Hold(what="send", fails=True), Release(what="send"))


def left(made: Made, *exchanges: int, accepted: bool = True, text: str = "Next.") -> Observation:
    prompts = tuple(made.prompt(text, each, accepted=accepted) for each in exchanges)
    answers = tuple(made.exchange(each, status=204 if accepted else 500) for each in exchanges)
    return made.still(prompts=prompts, exchanges=() if accepted else answers)


def queued(made: Made, waiting: Observation, *later: tuple[AnyAction, Observation]) -> Judgement:
    working = made.still(prompts=(made.prompt("Work.", 90, t=50.0),))
    before = ((OpenSession(), made.still()), (BUSY, working), (NEXT, waiting))
    return send_once(made.trace(*before, *later))


def test_what_waits_and_leaves_when_the_turn_is_over_passes(made: Made) -> None:
    found = queued(made, made.still(), (FinishTurn(), left(made, 1)))
    assert (found.outcome, found.evidence) == ("pass", 2)


def test_what_is_kept_back_to_the_end_is_known_to_have_left(made: Made) -> None:
    before = ((OpenSession(), made.still()), (Hold(what="send"), made.still()))
    found = send_once(made.trace(*before, (NEXT, left(made, 1, accepted=False))))
    assert (found.outcome, found.evidence) == ("pass", 1)
    (lost,) = send_once(made.trace(*before, (NEXT, made.still()))).findings
    assert lost.summary == "after send-prompt the prompt “Next.” never left the page"


def test_what_leaves_though_it_has_to_wait_is_found_as_just_that(made: Made) -> None:
    (found,) = queued(made, left(made, 1)).findings
    assert (found.step, found.t) == (2, 101.0)
    assert found.summary == "after send-prompt “Next.” left though it had to wait"
    assert (found.expected, found.evidence) == ("it stays in its queue", ("exchange 1",))


def test_what_leaves_though_the_person_stopped_the_agent_is_found(made: Made) -> None:
    (found,) = queued(made, made.still(), (StopTurn(), left(made, 1))).findings
    assert found.summary == "after stop-turn “Next.” left though it had to wait"


def test_what_left_too_early_is_told_once_though_it_is_seen_again(made: Made) -> None:
    steps = ((StopTurn(), left(made, 1)), (WriteDraft(text="x"), left(made, 1)))
    assert [each.step for each in queued(made, made.still(), *steps).findings] == [3]


def test_a_text_taken_out_of_the_queue_is_no_longer_submitted(made: Made) -> None:
    steps = ((EditQueued(text="Next."), made.still(unsent="Next.")), (FinishTurn(), left(made, 1)))
    (found,) = queued(made, made.still(), *steps).findings
    assert found.summary == "after finish-turn the page sent “Next.”, which nobody submitted"


def failing(made: Made, released: Observation, *later: tuple[AnyAction, Observation]) -> Judgement:
    """What waits leaves in step 4, and fails in step 5."""
    hold, release = FAILS
    tried = left(made, 1, accepted=False)
    steps = ((hold, made.still()), (FinishTurn(), tried), (release, released), *later)
    return queued(made, made.still(), *steps)


def test_a_failed_send_is_no_stranger_and_may_be_tried_again(made: Made) -> None:
    refused, again = left(made, 1, accepted=False), left(made, 2)
    assert failing(made, refused).outcome == "pass"
    retried = failing(made, refused, (RetryQueued(text="Next."), again))
    assert (retried.outcome, retried.evidence) == ("pass", 2)


def test_a_failed_send_that_is_tried_again_by_itself_is_found(made: Made) -> None:
    seen = left(made, 1, 2, accepted=False)
    (found,) = failing(made, seen).findings
    assert (found.step, found.evidence) == (5, ("exchange 2",))
    assert "“Next.” left though it had to wait" in found.summary


def test_what_never_leaves_for_the_network_to_keep_back_is_found(made: Made) -> None:
    hold, _ = FAILS
    steps = (
        (hold, made.still()),
        (FinishTurn(), made.still()),
        (WriteDraft(text="x"), made.still()),
    )
    (found,) = queued(made, made.still(), *steps).findings
    assert (found.step, found.causes) == (4, ("prompt not sent after finish-turn",))
    assert found.summary == "after finish-turn the prompt “Next.” never left the page"


def test_what_is_tried_again_leaves_again_for_the_network_to_keep_back(made: Made) -> None:
    hold, _ = FAILS
    refused, again = left(made, 1, accepted=False), RetryQueued(text="Next.")
    kept = failing(made, refused, (hold, made.still()), (again, left(made, 2, accepted=False)))
    assert kept.outcome == "pass"
    (found,) = failing(made, refused, (hold, made.still()), (again, made.still())).findings
    assert (found.step, found.causes) == (7, ("prompt not sent after retry-queued",))
    assert found.summary == "after retry-queued the prompt “Next.” did not leave the page again"


def test_what_leaves_only_later_is_not_said_to_stay(made: Made) -> None:
    hold, _ = FAILS
    late = left(made, 1, accepted=False)
    steps = ((hold, made.still()), (FinishTurn(), made.still()), (WriteDraft(text="x"), late))
    assert queued(made, made.still(), *steps).outcome == "pass"


def test_what_leaves_only_when_its_session_is_on_screen_again_has_stayed(made: Made) -> None:
    hold, _ = FAILS
    still, late = made.still(), left(made, 1, accepted=False)
    away, back = ShowSession(session="short"), ShowSession()
    before = ((hold, still), (FinishTurn(), still))
    (found,) = queued(made, still, *before, (away, still), (back, late)).findings
    assert (found.step, found.causes) == (4, ("prompt not sent after finish-turn",))
    assert found.observed == "no such request as long as its session was on screen"
    assert queued(made, still, *before, (away, late), (back, still)).outcome == "pass"
    assert queued(made, still, *before, (WriteDraft(text="x"), late), (away, still)).findings == ()


def test_a_failed_send_alone_is_no_evidence(made: Made) -> None:
    hold, release = FAILS
    tried = made.still(prompts=(made.prompt("Next.", accepted=False),))
    steps = ((OpenSession(), made.still()), (hold, made.still()), (NEXT, tried), (release, tried))
    found = send_once(made.trace(*steps))
    words = "nothing was submitted in the composer"
    assert (found.outcome, found.evidence, found.reason) == ("inconclusive", 0, words)


def test_a_send_that_failed_and_came_later_is_in_order(made: Made) -> None:
    hold, release = FAILS
    other = SendPrompt(text="Other.")
    steps = (
        (OpenSession(), made.still()),
        (hold, made.still()),
        (NEXT, left(made, 1, accepted=False)),
        (release, left(made, 1, accepted=False)),
        (other, left(made, 2, text="Other.")),
        (NEXT, left(made, 3)),
    )
    assert send_once(made.trace(*steps)).outcome == "pass"


def drafted(made: Made, unsent: str) -> Judgement:
    """Something is written while a prompt is on its way; the prompt arrives."""
    steps = (
        (OpenSession(), made.still()),
        (Hold(what="send"), made.still()),
        (NEXT, left(made, 1)),
        (WriteDraft(text="since"), made.still(unsent="since")),
        (Release(what="send"), made.still(unsent=unsent)),
    )
    return send_once(made.trace(*steps))


def test_a_draft_is_no_left_over(made: Made) -> None:
    assert drafted(made, "since").outcome == "pass"


def test_a_left_over_before_a_draft_is_found(made: Made) -> None:
    (found,) = drafted(made, "Next.\nsince").findings
    assert found.summary.endswith("arrived once, and the composer still holds “Next.\nsince”")


def arriving(made: Made, where: str) -> Judgement:
    """The prompt of one session arrives while another is on screen."""
    record = made.record(("s0", "short"), scope=made.at(session=where))
    steps = (
        (OpenSession(), made.still()),
        (Hold(what="send"), made.still()),
        (NEXT, left(made, 1)),
        (ShowSession(session="short"), made.still()),
        (Release(what="send"), made.still(records=(record,), unsent="of the short one")),
    )
    return send_once(made.trace(*steps))


def test_the_record_of_another_session_proves_no_loss(made: Made) -> None:
    assert arriving(made, "ses_2").outcome == "pass"
    assert "the server holds it 0 times" in arriving(made, "ses_1").findings[0].summary
