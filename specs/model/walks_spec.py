"""What holds whatever is done, in any order that the guards allow."""

from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.actions import (
    AnyAction,
    EditQueued,
    OpenSession,
    OthersWork,
    Release,
    Reload,
    Revert,
    SendPrompt,
)
from harness.scopes import SessionScope
from harness.world import Sent, World
from specs.model.acting import ACTIONS, ASK, WORK, Step, Walk, allowed_walks, now, offers, opened

WALKS = allowed_walks()
steadily = settings(
    max_examples=60,
    deadline=None,  # the machine may be slow; a walk is not
    suppress_health_check=[HealthCheck.too_slow],
)


def homes(world: World) -> list[str]:
    """Every text that was said, once for each place where it is."""
    leaving = [p.said.text for p in world.pending("send") if not p.queued]
    return [
        *(sent.text for sent in world.sent),
        *(item.text for item in world.waiting),
        *leaving,
    ]


def new_in(step: Step) -> tuple[Sent, ...]:
    """What was sent in a step."""
    return step.after.sent[len(step.before.sent) :]


def on_screen(step: Step) -> list[SessionScope]:
    """The sessions on screen before and after a step."""
    return [world.view.session for world in (step.before, step.after) if world.view]


@steadily
@given(walk=WALKS, more=st.lists(ACTIONS, min_size=5, max_size=20))
def test_a_guard_answers_about_every_action_and_leaves_the_world(
    walk: Walk, more: list[AnyAction]
) -> None:
    world = walk[-1].after
    before = world.model_dump_json()
    for action in (*more, *offers(world, 0)):
        answer = action.guard(world)
        assert answer is None or answer.strip()
        assert action.guard(world) == answer
    assert world.model_dump_json() == before


@steadily
@given(walk=WALKS)
def test_an_effect_is_pure(walk: Walk) -> None:
    for step in walk:
        before = step.before.model_dump_json()
        copy = World.model_validate_json(before)
        assert copy == step.before
        assert step.action.effect(copy) == step.after
        assert hash(step.action.effect(copy)) == hash(step.after)
        assert copy.model_dump_json() == step.before.model_dump_json() == before


@steadily
@given(walk=WALKS)
def test_every_world_is_valid_by_itself(walk: Walk) -> None:
    for step in walk:
        assert World.model_validate(step.after.model_dump()) == step.after


@steadily
@given(walk=WALKS)
def test_epochs_never_decrease_and_change_just_with_the_scope_or_the_page(walk: Walk) -> None:
    for step in walk[1:]:
        before, after = now(step.before), now(step.after)
        moved = before.store_key != after.store_key
        new = moved or isinstance(step.action, OpenSession | Reload)
        assert after.epoch == before.epoch + (1 if new else 0)
        assert step.after.epoch == after.epoch


@steadily
@given(walk=WALKS)
def test_the_view_executes_where_its_session_works(walk: Walk) -> None:
    for step in walk:
        view, session = step.after.view, step.after.on_screen
        assert view is not None
        assert session is not None
        assert view.execution.directory == session.active
        assert view.execution.server_key == view.session.server_key
        assert view.address in session.directories


@steadily
@given(walk=WALKS)
def test_a_text_is_sent_or_waits_or_is_leaving_and_never_two_of_these(walk: Walk) -> None:
    for step in walk:
        texts = homes(step.after)
        assert len(set(texts)) == len(texts)
        tried = {p.said.text for p in step.after.pending("send") if p.queued}
        assert tried <= {item.text for item in step.after.waiting}


@steadily
@given(walk=WALKS)
def test_nothing_that_was_said_is_lost(walk: Walk) -> None:
    """It may be given up only by hand: written over in the composer, or sent as other words."""
    for step in walk:
        gone = set(homes(step.before)) - set(homes(step.after))
        drafts = [draft for _, draft in step.after.drafts]
        assert all(any(text in draft for draft in drafts) for text in gone)


@steadily
@given(walk=WALKS)
def test_what_is_given_back_neither_waits_nor_is_leaving(walk: Walk) -> None:
    taken_back = {step.action.text for step in walk if isinstance(step.action, Revert)}
    for step in walk:
        lines = {line for _, draft in step.after.drafts for line in draft.split("\n")}
        written = {line.removeprefix("!") for line in lines}
        assert not written & set(homes(step.after)) - taken_back


@steadily
@given(walk=WALKS)
def test_what_comes_back_comes_to_the_session_that_it_left(walk: Walk) -> None:
    for step in walk:
        failed = step.after.failed[len(step.before.failed) :]
        direct = [prompt for prompt in failed if prompt.via == "composer"]
        for prompt in direct:
            draft = step.after.draft(prompt.session)
            since = step.before.draft(prompt.session)
            assert draft == (f"{prompt.typed}\n{since}" if since else prompt.typed)
        others = set(step.after.drafts) - set(step.before.drafts)
        if isinstance(step.action, Release) and step.action.what == "send":
            assert {key for key, _ in others} == {prompt.session.key for prompt in direct}


@steadily
@given(walk=WALKS)
def test_what_waits_in_a_session_that_is_not_on_screen_stays_as_it_is(walk: Walk) -> None:
    for step in walk:
        leaving = {p.said.text for p in step.before.pending("send") if p.queued}
        for session in step.before.sessions:
            if session.scope in on_screen(step):
                continue
            before = step.before.queue(session.scope)
            after = step.after.queue(session.scope)
            settles = isinstance(step.action, Release) and step.action.what == "send"
            kept = [w for w in before if not (settles and w.text in leaving)]
            assert [w for w in after if not (settles and w.text in leaving)] == kept
            assert len(after) <= len(before)


@steadily
@given(walk=WALKS)
def test_a_queue_only_loses_its_head_unless_the_person_takes_something_out(walk: Walk) -> None:
    for step in walk:
        if isinstance(step.action, EditQueued):
            continue
        for session in step.before.sessions:
            before = [item.text for item in step.before.queue(session.scope)]
            after = [item.text for item in step.after.queue(session.scope)]
            left = [text for text in before if text in after]
            assert left == before[len(before) - len(left) :] == after[: len(left)]


@steadily
@given(walk=WALKS)
def test_what_was_sent_stays_as_it_was_sent(walk: Walk) -> None:
    for step in walk:
        assert step.after.sent[: len(step.before.sent)] == step.before.sent


@steadily
@given(walk=WALKS)
def test_each_prompt_adds_two_messages_less_those_that_it_strikes(walk: Walk) -> None:
    for step in walk:
        for old, new in zip(step.before.sessions, step.after.sessions, strict=True):
            said = sum(sent.session == old.scope for sent in new_in(step))
            struck = 1 if said and old.taken_back else 0
            assert new.messages == old.messages + 2 * (said - struck)


@steadily
@given(walk=WALKS)
def test_no_two_prompts_share_a_text(walk: Walk) -> None:
    texts = [sent.text.strip() for sent in walk[-1].after.sent]
    assert len(set(texts)) == len(texts)


@steadily
@given(walk=WALKS)
def test_a_prompt_belongs_to_the_session_of_its_submit(walk: Walk) -> None:
    submitted: dict[str, SessionScope] = {}
    for step in walk[1:]:
        assert step.before.view is not None
        here = step.before.view.session
        said = getattr(step.action, "text", None)
        if isinstance(step.action, OthersWork):
            other = SessionScope(server_key=here.server_key, session_id=step.action.session)
            submitted[step.action.text] = other
        elif said is not None and said not in homes(step.before):
            submitted[said] = here
    for sent in walk[-1].after.sent:
        assert sent.session == submitted[sent.text]


@steadily
@given(walk=WALKS)
def test_a_prompt_runs_where_the_scopes_of_its_leaving_say(walk: Walk) -> None:
    for step in walk:
        kept = {p.said.text: p for p in step.before.pending("send")}
        for sent in new_in(step):
            pending = kept.get(sent.text)
            if pending:
                assert (sent.session, sent.execution, sent.model) == (
                    pending.session,
                    pending.execution,
                    pending.model,
                )
            elif sent.via == "queue":
                assert step.after.view is not None
                assert sent.session == step.after.view.session
                assert sent.execution == step.after.view.execution


@steadily
@given(walk=WALKS)
def test_a_queue_is_sent_only_by_what_is_ready_and_idle(walk: Walk) -> None:
    for step in walk:
        kept = {p.said.text for p in step.before.pending("send")}
        for sent in new_in(step):
            if sent.via == "queue" and sent.text not in kept:
                assert step.after.readiness.can_submit(sent.kind)
                assert not step.after.session(sent.session).busy
                assert sent.session not in step.after.paused


@steadily
@given(walk=WALKS)
def test_after_every_step_nothing_waits_that_might_leave(walk: Walk) -> None:
    for step in walk:
        world = step.after
        assert world.view is not None
        scope = world.view.session
        head = next(iter(world.queue(scope)), None)
        if head and not head.failed and scope not in world.paused:
            assert not world.readiness.can_send_followup(head.kind, busy=world.busy(scope))


@steadily
@given(walk=WALKS)
def test_one_turn_is_kept_back_at_most_and_its_session_is_busy(walk: Walk) -> None:
    for step in walk:
        busy = [session.scope for session in step.after.sessions if session.busy]
        running = step.after.running
        assert busy == ([running.session] if running else [])


@steadily
@given(walk=WALKS)
def test_only_a_queue_with_something_in_it_is_paused(walk: Walk) -> None:
    for step in walk:
        assert all(step.after.queue(scope) for scope in step.after.paused)
        assert len(set(step.after.paused)) == len(step.after.paused)


@steadily
@given(walk=WALKS)
def test_what_arrived_goes_only_with_the_page(walk: Walk) -> None:
    for step in walk:
        if not isinstance(step.action, OpenSession | Reload):
            assert set(step.before.arrived) <= set(step.after.arrived)
        assert len(set(step.after.arrived)) == len(step.after.arrived)


@steadily
@given(walk=WALKS)
def test_a_reader_moves_only_by_what_says_so(walk: Walk) -> None:
    for step in walk[1:]:
        assert step.before.view is not None
        assert step.after.view is not None
        if step.before.own_send == "keep" and not step.action.moves_reader:
            assert step.after.view.reader == step.before.view.reader
        if not step.action.shown_anew:
            assert step.after.view.session == step.before.view.session


def test_every_action_is_among_those_that_are_drawn() -> None:
    union, _ = get_args(AnyAction)
    world = opened(ASK, WORK, SendPrompt(text="later"))
    assert {type(action) for action in offers(world, 9)} == set(get_args(union))
