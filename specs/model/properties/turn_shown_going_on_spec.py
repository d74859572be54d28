"""turn-shown: what is amiss since an earlier step is told of that step alone."""

import pytest

from harness.actions import AnyAction, OpenSession, Reload, SendPrompt
from harness.observations import Observation
from harness.properties.turn_shown import turn_shown
from specs.model.conftest import Made

HELD = ("m0", "a1", "m2", "a3", "m4", "a5", "m6")
Seen = tuple[tuple[str, ...], int]  # the rows at the end of a step, and how many are held by then


def told(made: Made, *seen: Seen, last: AnyAction | None = None) -> list[tuple[int, str]]:
    """Steps and causes of what is found; the first step opens, the others send."""

    def end(rows: tuple[str, ...], count: int) -> Observation:
        held = made.record(*((key, f"text of {key}") for key in HELD[:count]))
        return made.still(rows=(rows,), records=(held,))

    sends: list[AnyAction] = [SendPrompt(text=f"{n}") for n in range(1, len(seen))]
    actions: list[AnyAction] = [OpenSession(), *sends]
    actions = [*actions[:-1], last] if last else actions
    trace = made.trace(*((action, end(*at)) for action, at in zip(actions, seen, strict=True)))
    found = turn_shown(trace).findings
    return [(each.step, each.causes[0].partition(" after ")[0]) for each in found]


LATEST, GAP = "latest message not shown", "rows out of order or left out"


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ((HELD[:3], 4), []),  # as it was
        (((*HELD[:3], *HELD[4:6]), 6), []),  # what came later is there, the lost one is not
        ((HELD[:3], 5), [(1, LATEST)]),  # another is lost
        (((*HELD[1:3], HELD[0]), 4), [(1, LATEST)]),  # another is out of its place
        ((("m0", "m2", "a3"), 4), [(1, GAP)]),  # another is left out
        (((*HELD[:3], "x"), 4), [(1, "row of no message shown")]),
        ((HELD[:4], 4), []),
    ],
)
def test_the_same_message_is_missed_once(
    made: Made, second: Seen, found: list[tuple[int, str]]
) -> None:
    assert told(made, (HELD[:3], 4), second) == [(0, LATEST), *found]


def test_what_is_lost_again_after_it_was_there_is_told_again(made: Made) -> None:
    seen: list[Seen] = [(HELD[:3], 4), (HELD[:4], 4), (HELD[:3], 4)]
    assert told(made, *seen) == [(0, LATEST), (2, LATEST)]


def test_what_goes_on_hides_nothing_that_was_not_told_yet(made: Made) -> None:
    both = (*HELD[:3], "m0", "a1", "m2")
    seen: list[Seen] = [(both, 4), (both, 4), (both, 4)]
    assert told(made, *seen) == [(0, "message shown twice"), (1, LATEST)]


def test_a_page_that_is_made_anew_is_judged_anew(made: Made) -> None:
    seen: list[Seen] = [(HELD[:3], 4), (HELD[:3], 4)]
    assert told(made, *seen, last=Reload()) == [(0, LATEST), (1, LATEST)]
    assert told(made, *seen) == [(0, LATEST)]
