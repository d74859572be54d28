"""The agent's turns: whether it was asked at all."""

import pytest

from harness.errors import StuckError
from harness.targets.family.event_tap import EventTap
from harness.targets.family.turns import Turns


class Tap(EventTap):
    """A server that says nothing but this."""

    def __init__(self, *, ended: int = 0, failing: str = "") -> None:
        self._told = (ended, failing)
        self.looks = 0

    def ended(self, session: str) -> int:
        return self._told[0] if self.looks and session == "s" else 0

    def failing(self, session: str) -> str:
        return self._told[1] if session == "s" else ""

    def wait_over_or_failing(self, session: str, more_than: int, timeout_s: float) -> bool:
        assert timeout_s < 1
        self.looks += 1
        return bool(self.failing(session)) or self.ended(session) > more_than


@pytest.mark.parametrize(
    ("tap", "patience", "said"),
    [
        (Tap(failing="Cannot connect"), 60.0, "model does not answer (Cannot connect)"),
        (Tap(ended=1), 60.0, "it was another one than the harness's"),
        (Tap(), 0.0, "the app asked no model within 0 s"),
    ],
)
def test_who_was_not_asked_hears_why(tap: Tap, patience: float, said: str) -> None:
    turns = Turns(tap)
    turns.begin("s")
    assert said in turns.unasked("s", lambda: False, patience)
    assert turns.unasked("s", lambda: True, patience) == ""


def test_who_is_asked_late_is_waited_for() -> None:
    tap = Tap()
    turns = Turns(tap)
    turns.begin("s")
    assert turns.unasked("s", lambda: tap.looks > 2, 60.0) == ""
    assert tap.looks == 3


def test_a_turn_that_is_given_up_is_out_until_it_ends() -> None:
    tap = Tap(ended=1)
    turns = Turns(tap)
    turns.begin("s")
    assert not turns.given_up("s")
    turns.give_up("s")
    assert turns.given_up("s")
    with pytest.raises(StuckError, match="has not ended"):
        turns.ensure_answered("s")
    tap.looks = 1  # it ends after all
    assert not turns.given_up("s")
    turns.ensure_answered("s")
