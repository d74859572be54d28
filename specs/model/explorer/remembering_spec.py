"""A remembered function runs once for all worlds that it cannot tell apart, and for no others."""

from collections.abc import Callable, Iterator

import pytest

from harness.actions import Hold, WriteDraft
from harness.explorer import Bounds, Slice, explore_all, state_of
from harness.explorer.moves import candidates
from harness.explorer.outcomes import FRESH
from harness.explorer.parts import changed
from harness.explorer.possible import impossible
from harness.explorer.remembering import Memory, Remembered, updated
from harness.world import World
from specs.model.acting import ABLE, ASK, BACK, GO, LONG, TO_SHORT, opened

Told = list[World]


def heard(memory: Memory, question: Callable[[World], object]) -> tuple[Remembered[object], Told]:
    """A remembered question, and the worlds that it was really asked of."""
    asked: Told = []

    def ask(world: World) -> object:
        asked.append(world)
        return question(world)

    return Remembered(memory, ask), asked


def both(question: Callable[[World], object], first: World, second: World) -> int:
    """How often a question is asked of two worlds; the answers must be those of the worlds."""
    memory = Memory()
    remembered, asked = heard(memory, question)
    for world in (first, second, first):
        assert remembered(memory.values.parts(world)) == question(world)
    return len(asked)


DRAFT = WriteDraft(text="words")
HELD = Hold(what="commands")


def test_what_is_not_read_does_not_matter() -> None:
    assert both(lambda world: world.review_open, opened(), opened(DRAFT, ASK)) == 1
    assert both(lambda world: world.holds("send"), opened(), opened(HELD)) == 1


def test_what_is_read_matters() -> None:
    assert both(lambda world: world.draft(LONG), opened(), opened(DRAFT)) == 2
    assert both(lambda world: world.readiness, opened(), opened(HELD, GO)) == 2


def test_of_a_question_only_the_answer_matters() -> None:
    ready = opened(GO, BACK, TO_SHORT)
    assert both(lambda world: world.readiness.can_act, opened(), ready) == 1
    assert both(lambda world: world.arrived, opened(), ready) == 2


def test_a_question_about_a_copy_is_asked_of_the_copy() -> None:
    def after_writing(world: World) -> str:
        return world.with_draft(LONG, "new").draft(LONG)

    assert both(after_writing, opened(), opened(DRAFT)) == 2


def test_many_questions_about_one_field_are_one() -> None:
    def all_held(world: World) -> object:
        return [world.holds(what) for what in ("send", "diff", "artifacts", "commands")]

    assert both(all_held, opened(HELD), opened(Hold(what="messages"))) == 2


def test_a_field_that_is_set_unread_is_changed_in_every_world() -> None:
    memory = Memory()
    remembered = Remembered(
        memory,
        lambda world: memory.values.numbered(
            updated(world, world.model_copy(update={"review_open": True, "view": world.view}))
        ),
    )
    for review_open in (True, False):
        parts = memory.values.parts(opened().model_copy(update={"review_open": review_open}))
        after = memory.values.world(changed(parts, remembered(parts)))
        assert after == opened().model_copy(update={"review_open": True})


def test_what_raises_is_not_remembered() -> None:
    memory = Memory()
    remembered, asked = heard(memory, lambda world: world.session(TO_NOBODY))
    parts = memory.values.parts(opened())
    for _ in range(2):
        with pytest.raises(KeyError):
            remembered(parts)
    assert len(asked) == 2


def test_an_exploration_takes_every_step_as_the_actions_do() -> None:
    for found in explore_all(BOUNDS, ABLE):
        for node in found.nodes:
            if node.edges is not None:
                ends = {label: found.nodes[end].world for label, end in node.edges.items()}
                assert ends == dict(taken(found.slice, node.world, node.depth)), node.world


def taken(each: Slice, world: World, depth: int) -> Iterator[tuple[str, World]]:
    """What the actions of a slice do, asked one by one."""
    for label, action in candidates(world, FRESH):
        mine = each.has(label) and each.has_then(label, depth)
        if mine and action.guard(world) is None:
            after = action.effect(world)
            if not impossible(action, world, after, ABLE) and not BOUNDS.passed(after):
                yield label, state_of(after)


BOUNDS = Bounds(servers=2, steps=1)
TO_NOBODY = LONG.model_copy(update={"session_id": "nobody"})
