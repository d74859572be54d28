"""What the network keeps back or refuses, and what comes of it when it lets go."""

from typing import get_args

import pytest

from harness.actions import (
    AnyAction,
    ChooseModel,
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Hold,
    OpenReview,
    OpenSession,
    Refuse,
    Release,
    Reload,
    Restore,
    Revert,
    SendPrompt,
    StopTurn,
)
from harness.actions.network import FAILING
from harness.explorer.bounds import Bounds
from harness.plans import LONG, start_of
from harness.readiness import Component, Readiness
from harness.requests import REVIEWED, Held, Hydration, Kind, Result
from specs.model.acting import (
    ASK,
    BACK,
    GO,
    HOME,
    KINDS,
    REFUSABLE,
    TO_MIRROR,
    TO_SHORT,
    TO_WORKSPACE,
    TRAITS,
    WORK,
    after,
    now,
    opened,
    plan_of,
    refusal,
    sent_texts,
    waiting_texts,
)

GREET = SendPrompt(text="/greet you", heard="Greet you kindly.")
PLAIN = SendPrompt(text="plain")
LACKING: dict[Hydration, tuple[Component, ...]] = {
    "commands": ("commands",),
    "provider": ("provider", "local_model"),
    "messages": ("cache",),
    "status": ("status",),
}
EVERYTHING = get_args(Component)
# What asks for each kind of result, in a session whose latest prompt is "ask".
ASKING: dict[Result, tuple[AnyAction, ...]] = {
    "send": (Hold(what="send"), PLAIN),
    "revert": (Hold(what="revert"), Revert(text="ask")),
    "restore": (Revert(text="ask"), Hold(what="restore"), Restore()),
    "diff": (Hold(what="diff"), OpenReview()),
    "artifacts": (Hold(what="artifacts"), OpenReview()),
}


def entered(what: Hydration) -> tuple[AnyAction, ...]:
    return (Hold(what=what), EnterWorktree(via="api"))


@pytest.mark.parametrize("what", KINDS)
def test_keeping_back_changes_nothing_that_is_there(what: Kind) -> None:
    before = opened(ASK)
    world = after(Hold(what=what), start=before)
    assert world == before.model_copy(update={"held": (Held(what=what),)})


@pytest.mark.parametrize("what", KINDS)
def test_letting_go_of_what_nobody_asked_for_changes_nothing(what: Kind) -> None:
    assert opened(ASK, Hold(what=what), Release(what=what)) == opened(ASK)


@pytest.mark.parametrize("what", KINDS)
def test_the_network_does_nothing_before_a_session_is_on_screen(what: Kind) -> None:
    start = start_of(plan_of(), TRAITS)
    for action in (Hold(what=what), Release(what=what), Refuse(what="diff")):
        assert action.guard(start) == "no session is on screen"


@pytest.mark.parametrize("what", KINDS)
def test_keeping_back_twice_and_letting_go_of_nothing_are_not_allowed(what: Kind) -> None:
    assert refusal(Hold(what=what), Hold(what=what)) == f"{what} is kept back already"
    assert refusal(Release(what=what)) == f"{what} is not kept back"


@pytest.mark.parametrize("what", sorted(ASKING))
def test_what_is_under_way_is_kept_back_too(what: Result) -> None:
    assert refusal(Hold(what=what), ASK, *ASKING[what]) == f"{what} is kept back already"
    assert refusal(Release(what=what), ASK, *ASKING[what]) is None


@pytest.mark.parametrize("what", KINDS)
def test_only_what_a_click_asked_for_can_fail(what: Kind) -> None:
    words = None if what in FAILING else f"{what} is refused, not failed"
    assert refusal(Hold(what=what, fails=True)) == words


@pytest.mark.parametrize("what", REFUSABLE)
def test_refusing_changes_nothing_that_is_there_and_ends(what: Kind) -> None:
    refuse = Refuse.model_validate({"what": what})
    before = opened(ASK)
    world = after(refuse, start=before)
    assert world == before.model_copy(update={"refused": (what,)})
    assert after(Release(what=what), start=world) == before


@pytest.mark.parametrize("what", [each for each in REFUSABLE if each != "stop"])
def test_what_is_refused_is_not_kept_back_as_well(what: Kind) -> None:
    refuse = Refuse.model_validate({"what": what})
    assert refusal(refuse, refuse) == f"{what} is refused already"
    assert refusal(Hold(what=what), refuse) == f"{what} is refused already"
    assert refusal(refuse, Hold(what=what)) == f"{what} is kept back already"


def test_a_directory_that_was_loaded_before_keeps_what_it_has() -> None:
    assert opened(Hold(what="commands")).readiness == Readiness.complete()
    back = opened(*entered("commands"), ExitWorktree(via="api"))
    assert back.readiness == Readiness.complete()


@pytest.mark.parametrize("what", ["commands", "provider"])
def test_a_directory_entered_while_answers_are_kept_back_lacks_them(what: Hydration) -> None:
    assert opened(*entered(what)).readiness.missing(EVERYTHING) == LACKING[what]


@pytest.mark.parametrize("what", ["commands", "provider"])
def test_a_directory_entered_while_answers_are_refused_lacks_them(what: Hydration) -> None:
    refuse = Refuse.model_validate({"what": what})
    world = opened(refuse, GO)
    assert world.readiness.missing(EVERYTHING) == LACKING[what]
    assert after(Release(what=what), start=world).readiness == Readiness.complete()


@pytest.mark.parametrize("what", ["commands", "provider", "status"])
def test_a_new_page_has_loaded_nothing(what: Hydration) -> None:
    for again in (OpenSession(), Reload()):
        world = opened(Hold(what=what), again)
        assert world.readiness.missing(EVERYTHING) == LACKING[what]


def test_a_session_shown_while_messages_are_kept_back_has_none() -> None:
    world = opened(Hold(what="messages"), TO_MIRROR)
    assert world.readiness.missing(EVERYTHING) == ("cache",)
    assert after(Release(what="messages"), start=world).readiness == Readiness.complete()


@pytest.mark.parametrize("action", [Reload(), OpenSession()])
@pytest.mark.parametrize(
    "before", [Hold(what="messages"), Refuse(what="messages"), Hold(what="events")]
)
def test_a_page_is_not_loaded_that_could_show_no_messages(
    action: AnyAction, before: AnyAction
) -> None:
    assert refusal(action, before) == "a new page would have no messages"


def test_a_command_waits_and_plain_text_before_it_does_not() -> None:
    world = opened(*entered("commands"), PLAIN, GREET)
    assert sent_texts(world)[-1:] == ["plain"]
    assert waiting_texts(world) == ["/greet you"]


def test_what_comes_after_something_that_waits_keeps_its_order() -> None:
    world = opened(*entered("commands"), GREET, PLAIN)
    assert waiting_texts(world) == ["/greet you", "plain"]
    released = after(Release(what="commands"), start=world)
    assert sent_texts(released)[-2:] == ["/greet you", "plain"]
    assert released.waiting == ()


def test_what_waited_goes_to_the_scope_of_its_release() -> None:
    world = opened(*entered("commands"), GREET)
    sent = after(Release(what="commands"), start=world).sent[-1]
    assert (sent.via, sent.execution, sent.spoken) == ("queue", now(world), "Greet you kindly.")


def test_two_things_kept_back_are_waited_for_both() -> None:
    both = (Hold(what="commands"), Hold(what="provider"), EnterWorktree(via="api"))
    half = opened(*both, GREET, Release(what="commands"))
    assert waiting_texts(half) == ["/greet you"]
    assert after(Release(what="provider"), start=half).waiting == ()


def test_what_waits_for_one_directory_leaves_in_another_that_is_ready() -> None:
    world = opened(Hold(what="commands"), GO, GREET)
    assert waiting_texts(world) == ["/greet you"]
    back = after(BACK, start=world)
    assert [(s.text, s.execution.directory) for s in back.sent] == [("/greet you", "root")]
    assert back.waiting == ()


def test_a_prompt_that_is_kept_back_is_under_way_in_the_scopes_of_its_submit() -> None:
    world = opened(Hold(what="send"), PLAIN)
    (pending,) = world.in_flight
    assert (pending.said.text, pending.session, pending.execution) == ("plain", LONG, now(world))
    assert (world.sent, world.waiting, world.draft(LONG)) == ((), (), "")
    assert world.busy(LONG)
    assert not world.session(LONG).busy


@pytest.mark.parametrize("way", [(), (GO,), (TO_MIRROR,), (TO_WORKSPACE,), (GO, BACK)])
def test_a_prompt_that_was_kept_back_belongs_where_it_left(way: tuple[AnyAction, ...]) -> None:
    left = opened(Hold(what="send"), PLAIN)
    (sent,) = after(*way, Release(what="send"), start=left).sent
    assert (sent.session, sent.execution, sent.via) == (LONG, now(left), "composer")


@pytest.mark.parametrize("way", [(), (GO,), (TO_MIRROR,), (TO_WORKSPACE,), (GO, BACK)])
def test_a_prompt_that_fails_is_back_in_its_own_composer(way: tuple[AnyAction, ...]) -> None:
    left = opened(Hold(what="send", fails=True), PLAIN)
    world = after(*way, Release(what="send"), start=left)
    assert dict(world.drafts) == {LONG.key: "plain"}
    assert (world.sent, world.in_flight) == ((), ())
    assert [(failed.text, failed.execution) for failed in world.failed] == [("plain", now(left))]


def test_a_prompt_keeps_the_model_that_it_left_with() -> None:
    chosen = (ChooseModel(model="a/first"), Hold(what="send"), PLAIN)
    (sent,) = opened(*chosen, ChooseModel(model="a/second"), Release(what="send")).sent
    assert sent.model == "a/first"


def test_a_prompt_of_another_client_is_not_kept_back() -> None:
    assert sent_texts(opened(Hold(what="send"), SendPrompt(text="theirs", via="api"))) == ["theirs"]


def test_what_is_sent_while_a_prompt_leaves_waits_behind_it() -> None:
    world = opened(Hold(what="send"), PLAIN, ASK)
    assert waiting_texts(world) == ["ask"]
    assert sent_texts(after(Release(what="send"), start=world)) == ["plain", "ask"]


def test_two_sessions_leave_at_once_and_settle_each_in_its_own() -> None:
    both = opened(Hold(what="send"), PLAIN, TO_SHORT, ASK)
    assert [pending.session.session_id for pending in both.pending("send")] == ["long", "short"]
    world = after(Release(what="send"), start=both)
    assert [(s.text, s.session.session_id) for s in world.sent] == [
        ("plain", "long"),
        ("ask", "short"),
    ]


@pytest.mark.parametrize("what", REVIEWED)
def test_of_a_review_only_the_first_answer_is_kept_back(what: Result) -> None:
    assert Held(what=what).once
    world = opened(Hold(what=what), OpenReview())
    assert (world.held, [p.what for p in world.in_flight]) == ((), [what])
    gone = after(GO, start=world)
    assert gone.in_flight == world.in_flight


@pytest.mark.parametrize("what", sorted(set(KINDS) - set(REVIEWED)))
def test_of_everything_else_all_answers_are_kept_back(what: Kind) -> None:
    assert not Held(what=what).once
    moves = () if what == "events" else (GO,)
    world = opened(Hold(what=what), OpenReview(), *moves, TO_SHORT)
    assert world.holds(what) == Held(what=what)


@pytest.mark.parametrize("what", REVIEWED)
def test_a_late_review_changes_nothing_that_the_model_knows(what: Result) -> None:
    late = opened(Hold(what=what), OpenReview(), GO)
    world = after(Release(what=what), start=late)
    assert world == late.model_copy(update={"in_flight": ()})


def test_letting_go_of_one_kind_leaves_the_others() -> None:
    world = opened(ASK, *ASKING["diff"], *ASKING["revert"], Hold(what="commands"))
    released = after(Release(what="revert"), start=world)
    assert [pending.what for pending in released.in_flight] == ["diff"]
    assert [held.what for held in released.held] == ["commands"]


def test_a_page_that_is_cut_off_knows_of_no_status_and_takes_no_prompt() -> None:
    cut = opened(Hold(what="events"))
    assert cut.offline
    assert cut.readiness.missing(EVERYTHING) == ("status",)
    assert after(PLAIN, start=cut).draft(LONG) == PLAIN.text
    assert not after(Release(what="events"), start=cut).offline


def test_no_session_goes_elsewhere_while_the_page_does_not_hear_of_it() -> None:
    why = "the page would not hear that the session goes elsewhere"
    cut = Hold(what="events")
    assert refusal(GO, cut) == why
    assert refusal(BACK, GO, cut) == why
    assert refusal(GO, cut, Release(what="events")) is None
    entering = EnterWorktree(via="composer", held=True)
    assert refusal(FinishTurn(), entering, cut) == why
    assert refusal(FinishTurn(), entering) is None
    assert refusal(FinishTurn(), WORK, cut) is None


def test_what_waits_is_not_sent_until_the_stream_is_found_again() -> None:
    cut = opened(WORK, PLAIN, Hold(what="events"), FinishTurn())
    assert waiting_texts(cut) == ["plain"]
    assert sent_texts(after(Release(what="events"), start=cut)) == ["work", "plain"]


def test_while_the_page_does_not_hear_what_is_busy_it_sends_nothing() -> None:
    words = "the page may be wrong about whether the session is busy"
    lost = (WORK, Hold(what="busy-news"), FinishTurn())
    assert refusal(PLAIN, *lost) == words
    assert refusal(EnterWorktree(), *lost) == "the prompt would wait, and the agent with it"
    assert refusal(EnterWorktree(via="api"), *lost) is None
    assert refusal(PLAIN, *lost, Release(what="busy-news")) is None


def test_what_is_busy_is_not_lost_while_something_waits_for_it() -> None:
    words = "what waits would never hear that it may leave"
    assert refusal(Hold(what="busy-news"), WORK, PLAIN) == words
    assert refusal(Hold(what="busy-news"), WORK, PLAIN, StopTurn()) == words
    assert refusal(Hold(what="busy-news"), WORK) is None


def test_a_model_is_chosen_for_the_directory_where_the_session_works() -> None:
    chosen = opened(EnterWorktree(via="api"), ChooseModel(model="a/b"))
    assert opened(PLAIN).sent[-1].model is None
    assert after(PLAIN, start=chosen).sent[-1].model == "a/b"
    assert after(ExitWorktree(via="api"), PLAIN, start=chosen).sent[-1].model is None


def test_a_model_is_chosen_for_the_directory_of_one_server() -> None:
    world = opened(ChooseModel(model="a/b"), TO_MIRROR, PLAIN, HOME, TO_SHORT, ASK)
    assert [(sent.text, sent.model) for sent in world.sent] == [("plain", None), ("ask", "a/b")]


def test_a_later_choice_replaces_the_one_before_and_outlives_a_reload() -> None:
    world = opened(ChooseModel(model="a/b"), ChooseModel(model="a/c"), Reload(), PLAIN)
    assert world.sent[-1].model == "a/c"
    assert len(world.choices) == 1


def test_a_model_cannot_be_chosen_before_the_models_are_there() -> None:
    assert refusal(ChooseModel(model="a/b"), *entered("provider")) == "the models are not there yet"
    start = start_of(plan_of(), TRAITS)
    assert ChooseModel(model="a/b").guard(start) == "no session is on screen"


LOSES = Hold(what="send", loses=True)


def test_a_prompt_whose_answer_is_lost_has_arrived_all_the_same() -> None:
    at_once = opened(LOSES, ASK)
    assert sent_texts(at_once) == [ASK.text]
    assert (at_once.in_flight, at_once.unheard) == ((), 1)
    let_go = after(Release(what="send"), start=at_once)
    assert let_go == at_once.model_copy(update={"held": (), "unheard": 0})


def test_answers_to_be_lost_are_counted_until_they_are_or_the_page_goes() -> None:
    two = opened(LOSES, ASK, SendPrompt(text="next"))
    assert two.unheard == 2
    assert after(Hold(what="diff"), start=two).unheard == 2
    assert after(Reload(), start=two).unheard == 0
    assert opened(SendPrompt(text="next"), LOSES).unheard == 0
    assert Bounds(in_flight=2).passed(two) is None
    assert Bounds(in_flight=1).passed(two) == "in_flight"


@pytest.mark.parametrize("what", [kind for kind in KINDS if kind != "send"])
def test_only_the_answer_about_a_prompt_can_be_lost(what: Kind) -> None:
    words = "only the answer about a prompt that arrives can be lost"
    assert refusal(Hold(what=what, loses=True)) == words


def test_what_fails_does_not_arrive() -> None:
    words = "only the answer about a prompt that arrives can be lost"
    assert refusal(Hold(what="send", loses=True, fails=True)) == words


def test_nothing_waits_behind_an_answer_that_is_to_be_lost() -> None:
    waits = "it would wait, and leave only when the answer before it is lost"
    held = SendPrompt(text="working", held=True)
    assert refusal(SendPrompt(text="next"), held, LOSES) == waits
    assert refusal(SendPrompt(text="next", via="api"), LOSES) is None
    assert refusal(SendPrompt(text="next"), LOSES, ASK) is None
    queued = "what waits would leave only when the answer before it is lost"
    assert refusal(LOSES, held, SendPrompt(text="next")) == queued


def test_a_click_that_comes_to_nothing_is_told_where_it_was_made() -> None:
    lost = opened(Hold(what="send", fails=True), PLAIN, TO_SHORT, Release(what="send"))
    assert lost.complaints == (LONG,)
    assert after(HOME, PLAIN, start=lost).complaints == ()
    assert after(ASK, start=lost).complaints == (LONG,)  # sent elsewhere
    assert after(Reload(), start=lost).complaints == ()
    back = opened(ASK, Hold(what="revert", fails=True), Revert(text="ask"), Release(what="revert"))
    assert back.complaints == (LONG,)


def test_a_stop_that_is_refused_stops_nothing_and_is_told() -> None:
    world = opened(WORK, SendPrompt(text="next"), Refuse(what="stop"), StopTurn())
    assert world.running is not None
    assert (world.paused, world.complaints) == ((), (LONG,))
    done = after(Release(what="stop"), FinishTurn(), start=world)
    assert sent_texts(done) == [WORK.text, "next"]


def test_a_stop_is_not_kept_back() -> None:
    assert refusal(Hold(what="stop")) == "a stop is refused, not kept back"


THEIRS = SendPrompt(text="theirs", via="api", held=True)  # another client has the agent work


def test_a_prompt_does_not_arrive_where_the_agent_works_for_another_client() -> None:
    why = "a prompt would arrive while the agent works on another one"
    sends = Release(what="send")
    assert refusal(sends, Hold(what="send"), PLAIN, THEIRS) == why
    assert refusal(sends, Hold(what="send"), PLAIN, TO_SHORT, THEIRS) is None
    assert refusal(sends, Hold(what="send"), THEIRS) is None
    assert refusal(sends, Hold(what="send", fails=True), PLAIN, THEIRS) is None
    both = (Hold(what="send"), PLAIN, Hold(what="status"), THEIRS)
    assert refusal(Release(what="status"), *both) is None


def test_nothing_is_sent_while_a_revert_before_it_is_to_fail() -> None:
    why = "the page takes back what the server will not: that revert fails"
    back = Revert(text="ask")
    assert refusal(PLAIN, ASK, Hold(what="revert", fails=True), back) == why
    assert refusal(PLAIN, ASK, Hold(what="revert"), back) is None
    assert refusal(PLAIN, ASK, back, Hold(what="restore", fails=True), Restore()) is None
    assert refusal(PLAIN, ASK, Hold(what="revert", fails=True), back, TO_SHORT) is None
    assert refusal(PLAIN, Hold(what="send", fails=True), ASK) is None


def test_no_agent_is_sent_there_while_a_revert_before_it_is_to_fail() -> None:
    why = "the page takes back what the server will not: that revert fails"
    fails = (ASK, Hold(what="revert", fails=True), Revert(text="ask"))
    for by, via in (("tool", "composer"), ("tool", "api"), ("move", "composer")):
        enter = EnterWorktree.model_validate({"by": by, "via": via})
        assert refusal(enter, *fails) == why
    assert refusal(EnterWorktree(by="move", via="nobody"), *fails) is None


def test_what_is_busy_is_known_of_every_server_that_the_page_listens_to() -> None:
    held = Hold(what="status")
    assert not opened(held, TO_WORKSPACE).readiness.status
    assert opened(TO_WORKSPACE, HOME, Reload(), held, TO_WORKSPACE).readiness.status
    new_page = opened(TO_WORKSPACE, HOME, held, Reload(), TO_WORKSPACE)
    assert not new_page.readiness.status
    let_go = after(HOME, Release(what="status"), held, TO_WORKSPACE, start=new_page)
    assert let_go.readiness.status
    assert opened(TO_WORKSPACE, Reload(), held, HOME).readiness.status


@pytest.mark.parametrize(
    ("what", "away", "back"),
    [("messages", TO_SHORT, HOME), ("commands", GO, BACK), ("provider", GO, BACK)],
)
def test_what_was_asked_for_elsewhere_has_come_when_it_is_let_go(
    what: Hydration, away: AnyAction, back: AnyAction
) -> None:
    held, release = Hold(what=what), Release(what=what)
    lacking = opened(held, away)
    assert all(not getattr(lacking.readiness, name) for name in LACKING[what])
    again = after(back, release, held, away, start=lacking)
    assert all(getattr(again.readiness, name) for name in LACKING[what])
    assert again.asked == ()


def test_a_new_page_waits_for_no_answer_to_the_page_before() -> None:
    left = opened(Hold(what="commands"), GO, BACK)
    assert [key for _, key in left.asked] == [now(opened(GO)).store_key]
    assert [key for _, key in after(Reload(), start=left).asked] == [now(left).store_key]


def test_what_another_kind_lets_go_is_still_waited_for() -> None:
    world = opened(Hold(what="commands"), Hold(what="provider"), GO, Release(what="commands"))
    assert [name for name, _ in world.asked] == ["provider", "local_model"]
