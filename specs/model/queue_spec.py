"""Queues: what waits, for whom, and what the person does with it."""

import pytest

from harness.actions import (
    AnyAction,
    EditQueued,
    FinishTurn,
    Hold,
    OpenSession,
    Release,
    Reload,
    ResumeQueue,
    RetryQueued,
    SendPrompt,
    StopTurn,
    WriteDraft,
)
from harness.plans import LONG, start_of
from specs.model.acting import (
    ASK,
    HOME,
    MIRROR,
    TO_MIRROR,
    TO_SHORT,
    TRAITS,
    WORK,
    after,
    opened,
    plan_of,
    refusal,
    sent_texts,
    waiting_texts,
)

FIRST, SECOND = SendPrompt(text="first"), SendPrompt(text="second")
QUEUED = (WORK, FIRST, SECOND)
FAILED = (*QUEUED, Hold(what="send", fails=True), FinishTurn(), Release(what="send"))
EDIT, RETRY = EditQueued(text="first"), RetryQueued(text="first")


@pytest.mark.parametrize("action", [EDIT, RETRY, ResumeQueue(), StopTurn(), FinishTurn()])
def test_without_a_session_on_screen_nothing_is_done_with_a_queue(action: AnyAction) -> None:
    assert action.guard(start_of(plan_of(), TRAITS)) == "no session is on screen"


def test_what_is_sent_while_the_agent_works_waits_in_order() -> None:
    world = opened(*QUEUED)
    assert sent_texts(world) == ["work"]
    assert waiting_texts(world) == ["first", "second"]
    assert [item.session for item in world.waiting] == [LONG, LONG]


def test_when_the_turn_is_finished_what_waits_is_sent_in_order() -> None:
    world = opened(*QUEUED, FinishTurn())
    assert sent_texts(world) == ["work", "first", "second"]
    assert [sent.via for sent in world.sent] == ["composer", "queue", "queue"]
    assert world.waiting == ()


def test_a_turn_that_finishes_elsewhere_sends_nothing_until_its_session_is_shown() -> None:
    away = opened(*QUEUED, TO_SHORT, FinishTurn())
    assert waiting_texts(away) == ["first", "second"]
    assert not away.session(LONG).busy
    assert sent_texts(after(HOME, start=away)) == ["work", "first", "second"]


def test_a_queue_outlives_a_reload() -> None:
    before = opened(*QUEUED)
    world = after(Reload(), start=before)
    assert world.waiting == before.waiting


def test_a_stop_pauses_the_queue_of_its_session() -> None:
    world = opened(*QUEUED, StopTurn())
    assert world.paused == (LONG,)
    assert world.running is None
    assert not world.session(LONG).busy
    assert waiting_texts(world) == ["first", "second"]


def test_a_stop_with_nothing_waiting_pauses_nothing() -> None:
    world = opened(WORK, StopTurn())
    assert world.paused == ()
    assert sent_texts(after(FIRST, start=world)) == ["work", "first"]


def test_a_paused_queue_stays_paused_after_a_reload_and_after_another_session() -> None:
    world = opened(*QUEUED, StopTurn(), Reload(), TO_MIRROR, HOME)
    assert waiting_texts(world) == ["first", "second"]
    assert world.paused == (LONG,)


def test_what_is_sent_behind_a_paused_queue_waits_too() -> None:
    world = opened(*QUEUED, StopTurn(), SendPrompt(text="third"))
    assert waiting_texts(world) == ["first", "second", "third"]


def test_a_resumed_queue_goes_on_in_order() -> None:
    world = opened(*QUEUED, StopTurn(), ResumeQueue())
    assert sent_texts(world) == ["work", "first", "second"]
    assert world.paused == ()


def test_a_queue_that_is_not_paused_is_not_resumed() -> None:
    assert refusal(ResumeQueue()) == "the queue is not paused"
    assert refusal(ResumeQueue(), *QUEUED) == "the queue is not paused"


def test_the_paused_queue_of_another_session_is_not_resumed_here() -> None:
    assert refusal(ResumeQueue(), *QUEUED, StopTurn(), TO_MIRROR) == "the queue is not paused"


def test_an_emptied_queue_is_no_longer_paused() -> None:
    world = opened(*QUEUED, StopTurn(), EDIT, EditQueued(text="second"))
    assert (world.waiting, world.paused) == ((), ())
    assert sent_texts(after(SendPrompt(text="third"), start=world)) == ["work", "third"]


def test_what_is_taken_out_stands_in_the_composer_before_what_was_written_since() -> None:
    world = opened(*QUEUED, WriteDraft(text="since"), EDIT)
    assert waiting_texts(world) == ["second"]
    assert world.draft(LONG) == "first\nsince"


def test_what_was_taken_out_may_be_sent_again_and_waits_at_the_end() -> None:
    world = opened(*QUEUED, EDIT, FIRST)
    assert waiting_texts(world) == ["second", "first"]
    assert world.draft(LONG) == ""


@pytest.mark.parametrize("action", [EDIT, RETRY])
def test_what_waits_in_another_session_is_not_touched_from_here(action: AnyAction) -> None:
    assert "first" in (refusal(action, *QUEUED, TO_MIRROR) or "")


def test_what_does_not_wait_is_not_taken_out() -> None:
    assert refusal(EditQueued(text="work"), *QUEUED) == "“work” does not wait here"


def test_what_is_leaving_is_not_taken_out() -> None:
    leaving = (*QUEUED, Hold(what="send"), FinishTurn())
    assert refusal(EDIT, *leaving) == "it is leaving now"
    assert refusal(EditQueued(text="second"), *leaving) is None


def test_what_is_leaving_stays_in_the_queue_until_the_server_has_it() -> None:
    leaving = opened(*QUEUED, Hold(what="send"), FinishTurn())
    assert waiting_texts(leaving) == ["first", "second"]
    assert [(p.said.text, p.queued) for p in leaving.in_flight] == [("first", True)]
    there = after(Release(what="send"), start=leaving)
    assert sent_texts(there) == ["work", "first", "second"]
    assert there.waiting == ()


def test_what_fails_on_its_way_stays_at_the_head_and_keeps_the_others_back() -> None:
    world = opened(*FAILED)
    assert [(item.text, item.failed) for item in world.waiting] == [
        ("first", True),
        ("second", False),
    ]
    assert sent_texts(world) == ["work"]
    assert [failed.text for failed in world.failed] == ["first"]
    assert world.draft(LONG) == ""


def test_what_failed_is_not_tried_again_by_itself() -> None:
    world = opened(*FAILED, Reload(), TO_MIRROR, HOME)
    assert waiting_texts(world) == ["first", "second"]
    assert sent_texts(world) == ["work"]


def test_what_failed_is_tried_again_and_the_others_follow() -> None:
    world = opened(*FAILED, RETRY)
    assert sent_texts(world) == ["work", "first", "second"]
    assert world.waiting == ()


def test_what_failed_may_be_taken_out_and_the_others_go_on() -> None:
    world = opened(*FAILED, EDIT)
    assert sent_texts(world) == ["work", "second"]
    assert world.draft(LONG) == "first"


def test_what_has_not_failed_is_not_tried_again() -> None:
    assert refusal(RETRY, *QUEUED) == "“first” has not failed here"
    assert refusal(RetryQueued(text="second"), *FAILED) == "“second” has not failed here"


def test_a_retry_waits_for_what_every_prompt_waits_for() -> None:
    world = opened(*FAILED, Hold(what="provider"), Reload(), RETRY)
    assert [item.failed for item in world.waiting] == [False, False]
    assert sent_texts(world) == ["work"]
    assert sent_texts(after(Release(what="provider"), start=world)) == ["work", "first", "second"]


def test_a_turn_that_is_running_is_stopped_in_its_own_session_only() -> None:
    assert refusal(StopTurn()) == "no turn is running"
    assert refusal(StopTurn(), WORK, TO_MIRROR) == "it works in another session"


def test_a_turn_is_not_stopped_while_the_page_does_not_know_of_it() -> None:
    assert refusal(StopTurn(), WORK, Hold(what="status"), Reload()) is not None
    assert refusal(StopTurn(), WORK, Hold(what="provider"), Reload()) is None


def test_a_stopped_turn_leads_nowhere() -> None:
    world = opened(WORK, StopTurn())
    assert FinishTurn().guard(world) == "no turn is running"


def test_two_sessions_of_one_id_share_no_queue() -> None:
    world = opened(*QUEUED, TO_MIRROR, ASK)
    assert waiting_texts(world) == ["first", "second"]
    assert waiting_texts(world, MIRROR) == []
    assert sent_texts(world, MIRROR) == ["ask"]


def test_only_one_turn_runs_at_a_time() -> None:
    second = SendPrompt(text="second", held=True)
    assert refusal(second, WORK) == "the session is busy"
    assert refusal(second, WORK, TO_SHORT) == "the session is busy"
    assert refusal(SendPrompt(text="second", via="api"), WORK) == "the session is busy"


def test_a_turn_cannot_be_kept_back_that_would_wait() -> None:
    held = SendPrompt(text="held", held=True)
    words = "it would wait, so its turn cannot be kept back"
    assert refusal(held, Hold(what="provider"), Reload()) == words
    assert refusal(held, Hold(what="send")) == words
    assert refusal(held, WORK, FIRST, StopTurn()) == words


def test_a_turn_of_another_client_is_finished_too() -> None:
    world = after(
        OpenSession(), SendPrompt(text="theirs", via="api", held=True), FIRST, FinishTurn()
    )
    assert [(sent.text, sent.via) for sent in world.sent] == [("theirs", "api"), ("first", "queue")]


def test_letting_one_queue_go_on_leaves_another_paused() -> None:
    theirs = (SendPrompt(text="theirs", held=True), SendPrompt(text="wait"), StopTurn())
    world = opened(*QUEUED, StopTurn(), TO_MIRROR, *theirs, ResumeQueue())
    assert world.paused == (LONG,)
    assert sent_texts(world, MIRROR) == ["theirs", "wait"]


def test_a_new_page_sends_what_may_leave_by_then() -> None:
    away = opened(*QUEUED, TO_SHORT, FinishTurn())
    assert sent_texts(after(OpenSession(), start=away)) == ["work", "first", "second"]
