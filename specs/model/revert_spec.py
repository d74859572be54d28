"""Taking a prompt back and bringing it back: the scopes of the click decide."""

import pytest

from harness.actions import (
    AnyAction,
    EditQueued,
    FinishTurn,
    Hold,
    OpenAddress,
    OpenSession,
    OthersWork,
    Release,
    Reload,
    Restore,
    Revert,
    SendPrompt,
    StopTurn,
    WriteDraft,
)
from harness.plans import LONG, start_of
from specs.model.acting import (
    ASK,
    BACK,
    GO,
    HOME,
    MIRROR,
    SHORT,
    TO_MIRROR,
    TO_SHORT,
    TRAITS,
    WORK,
    after,
    now,
    opened,
    plan_of,
    refusal,
    sent_texts,
)

TAKE = Revert(text="ask")
LATE = {
    "revert": (ASK, WriteDraft(text="mine"), Hold(what="revert", fails=True), TAKE),
    "restore": (ASK, TAKE, Hold(what="restore", fails=True), Restore()),
}
SETTLE: dict[str, AnyAction] = {
    "revert": Release(what="revert"),
    "restore": Release(what="restore"),
}
DURING = {"revert": "ask", "restore": ""}  # what the click makes of the composer
BEFORE = {"revert": "mine", "restore": "ask"}
AWAY: dict[str, tuple[AnyAction, ...]] = {
    "another directory": (GO,),
    "there and back": (GO, BACK),
    "another server": (TO_MIRROR,),
    "another server and back": (TO_MIRROR, HOME),
}


def test_a_prompt_that_is_taken_back_stands_in_the_composer() -> None:
    world = opened(ASK, WriteDraft(text="mine"), TAKE)
    assert world.session(LONG).taken_back == "ask"
    assert world.draft(LONG) == "ask"
    assert sent_texts(world) == ["ask"]
    assert world.session(LONG).messages == 62


def test_what_is_brought_back_leaves_the_composer_and_stands_as_before() -> None:
    world = opened(ASK, TAKE, Restore())
    assert world == opened(ASK, WriteDraft(text="ask")).with_draft(LONG, "")


def test_what_was_written_since_stays_when_the_prompt_is_brought_back() -> None:
    world = opened(ASK, TAKE, WriteDraft(text="new"), Restore())
    assert world.draft(LONG) == "new"
    assert world.session(LONG).taken_back is None


def test_the_next_prompt_strikes_what_was_taken_back() -> None:
    world = opened(ASK, TAKE, SendPrompt(text="instead"))
    assert world.session(LONG).taken_back is None
    assert world.session(LONG).messages == 62
    assert Restore().guard(world) == "nothing is taken back"


def test_taking_back_touches_no_other_session() -> None:
    before = opened(TO_MIRROR, WriteDraft(text="of the mirror"), HOME, ASK)
    world = after(TAKE, start=before)
    others = [s for s in world.sessions if s.scope != LONG]
    assert others == [s for s in before.sessions if s.scope != LONG]
    assert world.draft(MIRROR) == "of the mirror"


@pytest.mark.parametrize(
    ("action", "before", "words"),
    [
        (TAKE, (), "“ask” is not the latest prompt of the session"),
        (TAKE, (ASK, SendPrompt(text="later")), "“ask” is not the latest prompt of the session"),
        (TAKE, (ASK, TO_MIRROR), "“ask” is not the latest prompt of the session"),
        (TAKE, (ASK, TAKE), "it is back already"),
        (Revert(text="work"), (WORK,), "the session is busy"),
        (Restore(), (ASK,), "nothing is taken back"),
        (TAKE, (ASK, Hold(what="status"), Reload()), "the session is not there to act on"),
        (TAKE, (ASK, Hold(what="events")), "the session is not there to act on"),
        (Restore(), (ASK, TAKE, Hold(what="events")), "the session is not there to act on"),
        (Restore(), (ASK, Hold(what="revert"), TAKE), "the server has not answered the last one"),
        (
            TAKE,
            (ASK, TAKE, Hold(what="restore"), Restore()),
            "the server has not answered the last one",
        ),
        (
            Revert(text="ls"),
            (SendPrompt(text="ls", to_shell=True),),
            "“ls” would come back in other words",
        ),
        (
            Revert(text="/greet"),
            (SendPrompt(text="/greet", heard="Greet."),),
            "“/greet” would come back in other words",
        ),
    ],
)
def test_a_guard_says_why_not(action: AnyAction, before: tuple[AnyAction, ...], words: str) -> None:
    assert refusal(action, *before) == words


@pytest.mark.parametrize("action", [TAKE, Restore()])
def test_nothing_is_taken_back_without_a_session(action: AnyAction) -> None:
    assert action.guard(start_of(plan_of(), TRAITS)) == "no session is on screen"


@pytest.mark.parametrize("what", ["commands", "provider"])
def test_taking_back_needs_no_model_and_no_command(what: str) -> None:
    hold = Hold.model_validate({"what": what})
    assert refusal(TAKE, ASK, hold, Reload()) is None


def test_a_stopped_turn_can_be_taken_back() -> None:
    assert refusal(Revert(text="work"), WORK, StopTurn()) is None


def test_a_prompt_that_is_leaving_keeps_the_session_busy() -> None:
    leaving = (ASK, Hold(what="send"), SendPrompt(text="later"))
    assert refusal(TAKE, *leaving) == "the session is busy"


def test_what_waits_would_strike_what_the_server_does_not_take_back() -> None:
    waits = (WORK, SendPrompt(text="later"), StopTurn())
    back, fails = Revert(text="work"), Hold(what="revert", fails=True)
    assert refusal(back, *waits) is None
    assert refusal(back, *waits, Hold(what="revert")) is None
    assert refusal(back, *waits, fails) == "what waits would leave before it fails"
    assert refusal(back, *waits, fails, EditQueued(text="later")) is None


@pytest.mark.parametrize("what", sorted(LATE))
def test_what_the_click_shows_is_there_before_the_server_answers(what: str) -> None:
    world = opened(*LATE[what])
    (pending,) = world.in_flight
    assert (pending.what, pending.session, pending.execution) == (what, LONG, now(world))
    assert world.draft(LONG) == DURING[what]
    assert (world.session(LONG).taken_back == "ask") == (what == "revert")


@pytest.mark.parametrize("what", sorted(LATE))
@pytest.mark.parametrize("way", sorted(AWAY))
def test_an_answer_that_succeeds_changes_nothing_more_wherever_it_finds_the_view(
    what: str, way: str
) -> None:
    clicked = tuple(
        Hold(what=action.what) if isinstance(action, Hold) else action for action in LATE[what]
    )
    before = opened(*clicked, *AWAY[way])
    world = after(SETTLE[what], start=before)
    assert world == before.model_copy(update={"in_flight": (), "held": ()})


@pytest.mark.parametrize("what", sorted(LATE))
def test_a_failure_in_the_scopes_of_the_click_puts_the_composer_back(what: str) -> None:
    world = opened(*LATE[what], SETTLE[what])
    assert world.draft(LONG) == BEFORE[what]
    assert (world.session(LONG).taken_back == "ask") == (what == "restore")
    assert world.in_flight == ()


@pytest.mark.parametrize("what", sorted(LATE))
@pytest.mark.parametrize("way", sorted(AWAY))
def test_a_failure_after_a_change_of_the_scope_leaves_every_composer(what: str, way: str) -> None:
    before = opened(*LATE[what], *AWAY[way])
    world = after(SETTLE[what], start=before)
    assert world.drafts == before.drafts
    assert (world.session(LONG).taken_back == "ask") == (what == "restore")


@pytest.mark.parametrize("what", sorted(LATE))
def test_another_session_in_the_same_directory_is_the_same_execution_scope(what: str) -> None:
    world = opened(*LATE[what], TO_SHORT, WriteDraft(text="of the short one"), SETTLE[what])
    assert world.draft(LONG) == BEFORE[what]
    assert world.draft(SHORT) == "of the short one"
    assert world.session(SHORT).taken_back is None


@pytest.mark.parametrize("what", sorted(LATE))
def test_some_apps_give_the_composer_back_to_its_session_whatever_is_on_screen(what: str) -> None:
    start = start_of(plan_of(), TRAITS.model_copy(update={"rolls_back_unseen": True}))
    world = after(OpenSession(), *LATE[what], TO_SHORT, SETTLE[what], HOME, start=start)
    assert world.draft(LONG) == BEFORE[what]


@pytest.mark.parametrize("what", sorted(LATE))
def test_another_address_of_the_same_directory_is_no_change_of_the_scope(what: str) -> None:
    world = opened(*LATE[what], OpenAddress(directory="worktree"), SETTLE[what])
    assert world.draft(LONG) == BEFORE[what]


@pytest.mark.parametrize("what", sorted(LATE))
def test_a_failure_overwrites_nothing_that_was_written_since(what: str) -> None:
    world = opened(*LATE[what], WriteDraft(text="since"), SETTLE[what])
    assert world.draft(LONG) == "since"


def test_a_failed_restore_gives_nothing_back_that_it_did_not_take() -> None:
    mine = WriteDraft(text="mine")
    clicked = (ASK, TAKE, mine, Hold(what="restore", fails=True), Restore())
    assert opened(*clicked, SETTLE["restore"]).draft(LONG) == "mine"
    sent = opened(*clicked, SendPrompt(text="mine"), SETTLE["restore"])
    assert (sent_texts(sent), sent.draft(LONG)) == (["ask", "mine"], "")


def test_a_failed_restore_takes_nothing_back_that_a_later_prompt_has_struck() -> None:
    theirs = OthersWork(session="long", directory="side-1", text="theirs")
    for since in ((SendPrompt(text="instead"),), (TO_SHORT, theirs)):
        world = opened(*LATE["restore"], *since, SETTLE["restore"])
        assert world.session(LONG).taken_back is None


@pytest.mark.parametrize("what", sorted(LATE))
def test_a_page_is_not_left_while_a_click_is_not_answered(what: str) -> None:
    assert refusal(Reload(), *LATE[what]) == "the page still waits for what was clicked"
    assert refusal(Reload(), *LATE[what], SETTLE[what]) is None


def test_what_is_taken_out_of_the_queue_joins_what_was_taken_back() -> None:
    paused = (ASK, WORK, SendPrompt(text="later"), StopTurn(), Revert(text="work"))
    world = opened(*paused, EditQueued(text="later"))
    assert world.draft(LONG) == "later\nwork"
    assert FinishTurn().guard(world) == "no turn is running"
