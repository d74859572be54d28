"""status-merge: busy is shown just when the session is busy."""

import pytest

from harness.actions import (
    AnyAction,
    EnterWorktree,
    FinishTurn,
    Hold,
    OpenSession,
    Release,
    Reload,
    SendPrompt,
    ShowSession,
)
from harness.observations import Observation, Settled
from harness.properties.judgement import Judgement
from harness.properties.status_merge import status_merge
from specs.model.conftest import Made
from specs.model.late import Steps

BEGIN = SendPrompt(text="Begin.", via="api", held=True)


def is_busy(made: Made, *told: bool, **parts: object) -> Observation:
    signs = tuple(sign for busy in told for sign in made.signs(busy=busy))
    return made.still(signs=signs, **parts)


def opened(made: Made, *later: tuple[AnyAction, Observation]) -> Judgement:
    return status_merge(made.trace((OpenSession(), is_busy(made, False)), *later))


def late_snapshot(made: Made, seen: Observation) -> Judgement:
    """A turn begins while the page asks what is busy; the answer comes in step 4."""
    steps: Steps = (
        (Hold(what="status"), is_busy(made, False)),
        (Reload(), is_busy(made, False)),
        (BEGIN, is_busy(made, True)),
        (Release(what="status"), seen),
    )
    return opened(made, *steps)


def lost_news(made: Made, seen: Observation) -> Judgement:
    """A turn ends unheard; in step 4 the page can ask again."""
    steps: Steps = (
        (BEGIN, is_busy(made, True)),
        (Hold(what="busy-news"), is_busy(made, True)),
        (FinishTurn(), is_busy(made, True)),
        (Release(what="busy-news"), seen),
    )
    return opened(made, *steps)


def test_a_newer_event_outlives_an_older_snapshot(made: Made) -> None:
    found = late_snapshot(made, is_busy(made, True))
    assert (found.outcome, found.evidence) == ("pass", 3)


def test_a_snapshot_that_undoes_a_newer_event_is_found(made: Made) -> None:
    (found,) = late_snapshot(made, is_busy(made, True, False)).findings
    words = "after release the session was shown as idle while it was busy"
    assert (found.step, found.t, found.summary) == (4, 100.0, words)
    assert (found.expected, found.observed) == ("busy", "idle")


def test_a_fresh_snapshot_clears_what_is_old(made: Made) -> None:
    found = lost_news(made, is_busy(made, True, False))
    assert (found.outcome, found.evidence) == ("pass", 3)


def test_an_old_busy_that_stays_is_found(made: Made) -> None:
    (found,) = lost_news(made, is_busy(made, True)).findings
    assert (found.step, found.expected, found.observed) == (4, "idle", "busy")


def test_what_is_wrong_in_a_later_step_is_found(made: Made) -> None:
    steps: Steps = ((BEGIN, is_busy(made, True)), (FinishTurn(), is_busy(made, True)))
    assert [found.step for found in opened(made, *steps).findings] == [2]


def test_only_the_end_of_a_step_counts(made: Made) -> None:
    assert opened(made, (BEGIN, is_busy(made, False, True, False, True))).outcome == "pass"


def test_the_busy_of_another_session_is_found(made: Made) -> None:
    short = ShowSession(session="short")
    steps: Steps = ((BEGIN, is_busy(made, True)), (short, is_busy(made, True)))
    assert [found.step for found in opened(made, *steps).findings] == [2]


@pytest.mark.parametrize("what", ["events", "busy-news"])
def test_while_the_news_are_lost_nothing_is_known(made: Made, what: str) -> None:
    hold = Hold.model_validate({"what": what})
    steps: Steps = (
        (BEGIN, is_busy(made, True)),
        (hold, is_busy(made, False)),
        (FinishTurn(), is_busy(made, True)),
    )
    found = opened(made, *steps)
    assert (found.outcome, found.evidence) == ("pass", 2)


def test_a_step_that_did_not_come_to_rest_is_not_compared(made: Made) -> None:
    restless = Settled(quiet=False, took_ms=1.0, moving=("the agent's turn",))
    seen = is_busy(made, False, settled=restless)
    assert opened(made, (BEGIN, seen)).evidence == 1


def test_a_busy_that_was_never_known_is_inconclusive(made: Made) -> None:
    restless = Settled(quiet=False, took_ms=1.0, moving=("rows",))
    found = status_merge(made.trace((OpenSession(), is_busy(made, True, settled=restless))))
    words = "busy and idle were never known"
    assert (found.outcome, found.evidence, found.reason) == ("inconclusive", 0, words)


def test_an_app_that_tells_nothing_of_busy_is_not_judged(made: Made) -> None:
    assert status_merge(made.sending(made.still())).outcome == "not applicable"


@pytest.mark.parametrize("shown", [True, False])
def test_of_a_prompt_on_its_way_from_another_directory_no_server_knows(
    made: Made, *, shown: bool
) -> None:
    steps: Steps = (
        (Hold(what="send", fails=True), is_busy(made, False)),
        (SendPrompt(text="a"), is_busy(made, True)),
        (EnterWorktree(by="move", via="nobody"), is_busy(made, shown)),
    )
    found = opened(made, *steps)
    assert (found.outcome, found.evidence) == ("pass", 3)


def test_where_the_app_cannot_tell_nothing_is_judged(made: Made) -> None:
    silent = made.still(signs=made.signs(busy=None))
    found = opened(made, (BEGIN, silent))
    assert (found.outcome, found.evidence) == ("pass", 1)
