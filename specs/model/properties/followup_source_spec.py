"""followup-source: what waits is sent only while its own session is on screen."""

import pytest

from harness.actions import (
    AnyAction,
    FinishTurn,
    Hold,
    OpenSession,
    Release,
    SendPrompt,
    ShowSession,
)
from harness.observations import Observation
from harness.properties.followup_source import followup_source
from harness.properties.judgement import Judgement
from specs.model.conftest import Made

BUSY = SendPrompt(text="Work.", held=True)
NEXT = SendPrompt(text="Next.")
TO_MIRROR = ShowSession(server="mirror")
HOME = ShowSession()


def queued(made: Made, *later: tuple[AnyAction, Observation]) -> Judgement:
    still = made.still()
    before: tuple[tuple[AnyAction, Observation], ...] = (
        (OpenSession(), still),
        (BUSY, still),
        (NEXT, still),
    )
    return followup_source(made.trace(*before, *later))


def left(made: Made, *, server: str = "server", session: str = "ses_1") -> Observation:
    return made.still(prompts=(made.prompt("Next.", scope=made.at(server, session)),))


def test_what_waits_until_its_session_is_back_passes(made: Made) -> None:
    still = made.still()
    found = queued(made, (TO_MIRROR, still), (FinishTurn(), still), (HOME, left(made)))
    assert (found.outcome, found.evidence) == ("pass", 3)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({}, "a prompt to session ses_1 on server"),
        ({"server": "mirror"}, "a prompt to session ses_1 on mirror"),
        ({"session": "ses_2"}, "a prompt to session ses_2 on server"),
    ],
)
def test_what_is_sent_behind_the_back_is_found(
    made: Made, where: dict[str, str], said: str
) -> None:
    steps = ((TO_MIRROR, made.still()), (FinishTurn(), left(made, **where)))
    (found,) = queued(made, *steps).findings
    words = "after finish-turn “Next.” was sent while its session was not on screen"
    assert (found.step, found.t, found.summary) == (4, 101.0, words)
    assert (found.observed, found.evidence) == (said, ("exchange 1",))


def test_another_session_of_the_same_server_is_another(made: Made) -> None:
    (found,) = queued(made, (ShowSession(session="short"), left(made))).findings
    assert found.step == 3


def test_what_is_sent_behind_the_back_in_a_later_step_is_found(made: Made) -> None:
    still = made.still()
    write = SendPrompt(text="For the mirror.")
    steps = ((TO_MIRROR, still), (FinishTurn(), still), (write, left(made)))
    assert [each.step for each in queued(made, *steps).findings] == [5]


def test_a_request_that_leaves_before_the_address_is_sampled_is_no_early_one(made: Made) -> None:
    screens = (made.screen(server="mirror"), made.screen(120.0))  # it leaves at 101 ms
    home = left(made).model_copy(update={"screens": screens})
    steps = ((TO_MIRROR, made.still()), (FinishTurn(), made.still()), (HOME, home))
    assert queued(made, *steps).outcome == "pass"


def test_a_request_that_is_on_its_way_already_may_end_elsewhere(made: Made) -> None:
    leaving = left(made)
    steps = (
        (Hold(what="send"), made.still()),
        (FinishTurn(), leaving),
        (TO_MIRROR, leaving),
        (Release(what="send"), leaving),
    )
    assert queued(made, *steps).outcome == "pass"


def test_what_is_sent_to_another_session_later_is_found(made: Made) -> None:
    astray = left(made, server="mirror")
    steps = ((TO_MIRROR, made.still()), (FinishTurn(), made.still()), (HOME, astray))
    (found,) = queued(made, *steps).findings
    words = "after show-session “Next.” was sent to a session that it was not written in"
    assert (found.step, found.summary) == (5, words)
    assert found.expected == "session long on server"
    assert found.observed == "session ses_1 on mirror"


def test_what_never_leaves_is_no_evidence(made: Made) -> None:
    found = queued(made, (FinishTurn(), made.still()))
    words = "nothing that waited was seen to leave"
    assert (found.outcome, found.evidence, found.reason) == ("inconclusive", 0, words)


def test_what_is_not_queued_may_leave_for_the_session_on_screen(made: Made) -> None:
    other = made.prompt("For the mirror.", scope=made.at("mirror"))
    seen = made.still(prompts=(other,))
    write = SendPrompt(text="For the mirror.")
    steps = ((TO_MIRROR, made.still()), (FinishTurn(), made.still()), (write, seen))
    assert queued(made, *steps).outcome == "pass"


def test_a_flow_in_which_nothing_waits_elsewhere_is_not_judged(made: Made) -> None:
    assert queued(made).outcome == "not applicable"
