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
from harness.observations import Observation, ServerEvent
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


def told(t: float, *, busy: bool, session: str = "ses_1") -> ServerEvent:
    scope = Made.at(session=session)
    return ServerEvent(t=t, scope=scope, type="session.status", busy=busy)


BUSY_TOLD = told(90.0, busy=True)


def at_home(made: Made, *events: ServerEvent, **parts: object) -> Judgement:
    """The turn ends while its session is on screen; “Next.” leaves at 101 ms."""
    seen = left(made).model_copy(update={"events": events, **parts})
    return queued(made, (FinishTurn(), seen))


@pytest.mark.parametrize(
    "events",
    [
        (BUSY_TOLD, told(100.0, busy=False)),
        (told(100.0, busy=False), told(102.0, busy=True)),
        (told(90.0, busy=True, session="ses_2"),),
        (),
    ],
    ids=["its turn is over", "the next has begun", "another is at work", "nobody tells"],
)
def test_what_leaves_when_the_agent_is_idle_passes(
    made: Made, events: tuple[ServerEvent, ...]
) -> None:
    assert at_home(made, *events).outcome == "pass"


@pytest.mark.parametrize(
    "events",
    [(BUSY_TOLD,), (BUSY_TOLD, told(102.0, busy=False)), (told(80.0, busy=False), BUSY_TOLD)],
    ids=["still at work", "over too late", "at work again"],
)
def test_what_leaves_while_the_agent_is_at_work_is_found(
    made: Made, events: tuple[ServerEvent, ...]
) -> None:
    (found,) = at_home(made, *events).findings
    assert found.summary == "after finish-turn “Next.” was sent while the agent was at work"
    assert (found.step, found.t, found.causes) == (
        3,
        101.0,
        ("sent while the agent was at work after finish-turn",),
    )
    assert found.expected == "never (a prompt that waited leaves and its agent is at work)"
    place = len([each for each in events if each.t < 101.0])
    assert found.observed == (
        f"“a prompt that waited leaves” was true at state {place} (“Next.”); "
        f"“its agent is at work” was true at state {place} (at 101 ms)"
    )


def test_two_that_leave_at_once_are_found(made: Made) -> None:
    """The first begins a turn, whether or not the server has told yet."""
    still, later = made.still(), SendPrompt(text="Later.")
    prompts = (made.prompt("Next."), made.prompt("Later.", exchange=2))
    seen = made.still(prompts=prompts, events=(BUSY_TOLD, told(100.0, busy=False)))
    (found,) = queued(made, (later, still), (FinishTurn(), seen)).findings
    assert (found.t, found.step) == (102.0, 4)


def test_where_the_page_may_have_missed_something_nothing_is_known(made: Made) -> None:
    stream = made.exchange(7, t_start=95.0, method="GET", path="/event", streaming=True)
    assert at_home(made, BUSY_TOLD, exchanges=(stream,)).outcome == "pass"
    elsewhere = stream.model_copy(update={"scope": made.at("mirror")})
    assert at_home(made, BUSY_TOLD, exchanges=(elsewhere,)).outcome == "violated"


def test_a_prompt_that_came_to_nothing_begins_no_turn(made: Made) -> None:
    """“Next.” is refused at 103 ms and tried again at 104 ms."""
    refused = made.prompt("Next.", accepted=False)
    again = made.prompt("Next.", exchange=4)
    exchange = made.exchange(1, t_start=101.0, t_end=103.0, status=503)
    found = at_home(made, exchanges=(exchange,), prompts=(refused, again))
    assert found.outcome == "pass"
    late = exchange.model_copy(update={"t_end": 105.0})
    found = at_home(made, exchanges=(late,), prompts=(refused, again))
    assert [each.t for each in found.findings] == [104.0]
