"""followup-target: what waited goes where the session works when it leaves."""

import pytest

from harness.actions import EnterWorktree, FinishTurn, OpenSession, SendPrompt
from harness.observations import Observation, RequestScope, Witness
from harness.properties.followup_target import followup_target
from harness.properties.judgement import Judgement
from harness.properties.send_target import send_target
from harness.trace import Trace
from specs.model.conftest import Made

ENTER = EnterWorktree(held=True)
NEXT = SendPrompt(text="Where?")
THERE = RequestScope(server_key="server", session_id="ses_1", directory="/w")


def flow(made: Made, sent: Observation) -> Trace:
    """A draft is written in the project, and leaves when the agent is in the worktree."""
    entering = made.still(witnesses=(made.witness(ENTER.text, "/p", "/w"),))
    steps = ((OpenSession(), made.still()), (ENTER, entering), (NEXT, made.still()))
    return made.trace(*steps, (FinishTurn(), sent))


def judged(
    made: Made,
    *witnesses: Witness,
    scope: RequestScope = THERE,
    stored: tuple[str, str] = ("server", "/w"),
) -> Judgement:
    server, directory = stored
    record = made.record(("m1", "Where?"), scope=made.at(server), directory=directory)
    prompts = (made.prompt("Where?", scope=scope),)
    seen = made.still(prompts=prompts, witnesses=witnesses, records=(record,))
    return followup_target(flow(made, seen))


def test_a_draft_that_goes_where_the_session_works_by_then_passes(made: Made) -> None:
    found = judged(made, made.witness("Where?", "/w", "/w"))
    assert (found.outcome, found.evidence) == ("pass", 1)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"directory": "/p"}, "the request declared root, not worktree"),
        ({"directory": "/w/"}, "the request declared “/w/”, not worktree"),
        ({"server_key": "mirror"}, "it went to server mirror, not server"),
        ({"session_id": "ses_2"}, "it went to session ses_2, not ses_1"),
    ],
)
def test_a_draft_that_goes_elsewhere_is_found(
    made: Made, place: dict[str, str], words: str
) -> None:
    scope = THERE.model_copy(update=place)
    (found,) = judged(made, made.witness("Where?", "/w", "/w"), scope=scope).findings
    assert found.summary == f"after finish-turn the prompt “Where?” went astray: {words}"
    expected = "server server, session long, directory worktree (/w), epoch 2"
    assert (found.property, found.step, found.expected) == ("followup-target", 3, expected)


def test_the_agent_that_ran_where_it_was_written_is_found(made: Made) -> None:
    (found,) = judged(made, made.witness("Where?", "/p", "/p")).findings
    words = "the agent was told root, not worktree; the agent's shell ended in root, not worktree"
    assert found.observed == words


def test_a_record_of_the_old_directory_is_found(made: Made) -> None:
    found = judged(made, made.witness("Where?", "/w", "/w"), stored=("server", "/p"))
    assert found.findings[0].observed == "the server holds it for root, not worktree"


def test_a_draft_without_a_witness_is_inconclusive(made: Made) -> None:
    found = judged(made)
    words = "no witness told where “Where?” ran"
    assert (found.outcome, found.reason) == ("inconclusive", words)


def test_send_target_leaves_it_to_this_rule(made: Made) -> None:
    astray = made.still(prompts=(made.prompt("Where?"),))
    found = send_target(flow(made, astray))
    assert (found.outcome, found.evidence) == ("pass", 1)


def test_a_flow_in_which_nothing_leaves_a_queue_is_not_judged(made: Made) -> None:
    found = followup_target(made.sending(made.still()))
    assert (found.outcome, found.reason) == (
        "not applicable",
        "nothing leaves a queue in this flow",
    )
