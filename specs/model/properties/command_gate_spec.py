"""command-gate: a command waits for its directory's list; plain text does not."""

from harness.actions import AnyAction, EnterWorktree, Hold, OpenSession, Release, SendPrompt
from harness.observations import Exchange, Observation, Prompt, RequestScope
from harness.properties.command_gate import command_gate
from harness.trace import Trace
from specs.model.conftest import Made

COMMAND = SendPrompt(text="/greet you", heard="Greet you kindly.")
PLAIN = SendPrompt(text="plain")
SIDE = RequestScope(server_key="server", session_id="ses_1", directory="/w")


def listed(made: Made, t: float, directory: str = "/w") -> Exchange:
    scope = RequestScope(server_key="server", directory=directory)
    return made.exchange(7, method="GET", path="/command", scope=scope, t_end=t)


def sent(made: Made, text: str, t: float, kind: str = "command") -> Prompt:
    return made.prompt(text, exchange=3, t=t, kind=kind, scope=SIDE)


def flow(
    made: Made,
    *last: tuple[AnyAction, Observation],
) -> Trace:
    before: list[tuple[AnyAction, Observation]] = [
        (OpenSession(), made.still()),
        (Hold(what="commands"), made.still()),
        (EnterWorktree(via="api"), made.still()),
    ]
    return made.trace(*before, *last)


def waited(made: Made, released: Observation, typed: Observation | None = None) -> Trace:
    return flow(made, (COMMAND, typed or made.still()), (Release(what="commands"), released))


def test_a_command_that_left_after_its_list_passes(made: Made) -> None:
    seen = made.still(prompts=(sent(made, "/greet you", 300.0),), exchanges=(listed(made, 299.0),))
    judged = command_gate(waited(made, seen))
    assert (judged.outcome, judged.evidence) == ("pass", 1)


def test_a_command_sent_as_plain_text_is_found(made: Made) -> None:
    early = made.still(prompts=(sent(made, "/greet you", 200.0, "prompt"),))
    (found,) = command_gate(waited(made, made.still(), early)).findings
    assert "was sent as a prompt before the command list" in found.summary
    assert (found.step, found.t) == (3, 200.0)


def test_a_command_that_left_before_its_list_is_found(made: Made) -> None:
    seen = made.still(prompts=(sent(made, "/greet you", 300.0),), exchanges=(listed(made, 301.0),))
    (found,) = command_gate(waited(made, seen)).findings
    assert "before the command list" in found.summary
    assert found.observed == "a command left, and the list came 1 ms later"


def test_a_list_that_is_still_kept_back_has_not_come(made: Made) -> None:
    held = listed(made, 200.0).model_copy(update={"outcome": "open", "t_end": None})
    answered = held.model_copy(update={"t_response": 100.0})
    seen = made.still(prompts=(sent(made, "/greet you", 300.0),), exchanges=(answered,))
    (found,) = command_gate(waited(made, seen)).findings
    assert found.observed == "a command left, and the list never came"


def test_the_list_of_another_directory_does_not_count(made: Made) -> None:
    other = listed(made, 200.0, directory="/p")
    seen = made.still(prompts=(sent(made, "/greet you", 300.0),), exchanges=(other,))
    assert command_gate(waited(made, seen)).outcome == "violated"


def test_plain_text_that_left_at_once_passes(made: Made) -> None:
    seen = made.still(prompts=(sent(made, "plain", 200.0, "prompt"),))
    judged = command_gate(flow(made, (PLAIN, seen)))
    assert (judged.outcome, judged.evidence) == ("pass", 1)


def test_plain_text_that_waited_for_the_list_is_found(made: Made) -> None:
    late = made.still(prompts=(sent(made, "plain", 300.0, "prompt"),))
    steps = ((PLAIN, made.still()), (Release(what="commands"), late))
    (found,) = command_gate(flow(made, *steps)).findings
    assert found.observed == "it left in a later step"
    (never,) = command_gate(flow(made, (PLAIN, made.still()))).findings
    assert never.observed == "it did not leave"


def test_a_flow_without_commands_is_not_judged(made: Made) -> None:
    assert command_gate(made.sending(made.still())).outcome == "not applicable"
