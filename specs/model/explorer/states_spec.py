"""States merge worlds that allow the same, and no others."""

from harness.actions import SendPrompt, WriteDraft
from harness.explorer import SLICES, Bounds, Exploration, explore, state_of
from harness.explorer.moves import candidates
from harness.world import World
from specs.model.acting import ABLE, ASK, BACK, GO, opened

SMALL = Bounds(servers=1, sessions=1, steps=3)


def unreduced(found: Exploration, steps: int) -> list[World]:
    """Every world within so many actions, without any merging."""
    worlds = [found.bounds.start(ABLE)]
    layer = list(worlds)
    for step in range(steps):
        layer = [
            after
            for world in layer
            for label, action in candidates(world, step)
            if found.slice.has(label) and action.guard(world) is None
            for after in (action.effect(world),)
            if found.bounds.passed(after) is None
        ]
        worlds += layer
    return worlds


def test_worlds_of_one_state_allow_the_same_and_lead_to_the_same_states() -> None:
    for each in SLICES:
        if each.name not in {"queue", "revert"}:
            continue
        found = explore(each, SMALL, ABLE)
        known = {state_of(node.world): node for node in found.nodes}
        for world in unreduced(found, 3):
            node = known[state_of(world)]
            ends = {
                label: state_of(action.effect(world))
                for label, action in candidates(world, 90)
                if each.has(label)
                and action.guard(world) is None
                and found.bounds.passed(action.effect(world)) is None
            }
            edges = node.edges or {}
            assert {label: state_of(found.nodes[end].world) for label, end in edges.items()} == ends


def test_texts_and_epochs_are_of_no_account() -> None:
    assert state_of(opened(SendPrompt(text="a"))) == state_of(opened(SendPrompt(text="b")))
    assert state_of(opened(GO, BACK)) == state_of(opened(GO, BACK, GO, BACK))


def test_what_decides_is_told_apart() -> None:
    assert state_of(opened(ASK)) != state_of(opened())
    assert state_of(opened(WriteDraft(text="a"))) != state_of(opened(WriteDraft(text=" ")))
    assert state_of(opened(GO)) != state_of(opened())
