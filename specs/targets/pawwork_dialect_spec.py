"""PawWork's page is told by its scripts, both ways."""

import pytest

from harness.errors import HookError
from harness.targets.pawwork.dialect import dialect_in

KNOWN = ("pawwork.settings.dat", "session-turn-list")
URL = "http://127.0.0.1:4444"


@pytest.mark.parametrize(
    ("more", "rows", "queues"),
    [
        ((), "windowed", False),
        (("session-followup.v2",), "windowed", True),
        (("session-followup.v2", "session-timeline-virtualizer"), "virtual", True),
    ],
)
def test_the_scripts_tell_how_the_page_is_built(
    more: tuple[str, ...], rows: str, *, queues: bool
) -> None:
    traits = dialect_in((f"a={mark!r}" for mark in (*KNOWN, *more)), URL).traits
    assert (traits.rows, "queue" in traits.can) == (rows, queues)
    assert traits.own_send == ("keep" if rows == "windowed" else "follow")
    assert traits.enters_by == ("tool",)
    assert traits.answers_in_row


@pytest.mark.parametrize(
    ("scripts", "said"),
    [
        ((), f"page at {URL} is not PawWork's"),
        (KNOWN[1:], "none of its scripts has “pawwork.settings.dat”; --base-url takes"),
        (KNOWN[:1], "no list of turns that this target knows"),
    ],
)
def test_a_page_of_another_kind_is_refused(scripts: tuple[str, ...], said: str) -> None:
    with pytest.raises(HookError, match=said):
        dialect_in(scripts, URL)
