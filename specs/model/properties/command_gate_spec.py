"""command-gate: a command waits for its directory's list; plain text does not."""

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
)
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


def test_the_list_of_the_same_directory_on_another_server_does_not_count(made: Made) -> None:
    scope = RequestScope(server_key="mirror", directory="/w")
    other = listed(made, 200.0).model_copy(update={"scope": scope})
    seen = made.still(prompts=(sent(made, "/greet you", 300.0),), exchanges=(other,))
    assert command_gate(waited(made, seen)).outcome == "violated"


@pytest.mark.parametrize(("again", "outcome"), [(False, "violated"), (True, "pass")])
def test_the_list_of_the_page_before_a_reload_does_not_count(
    made: Made, *, again: bool, outcome: str
) -> None:
    old = made.still(exchanges=(listed(made, 90.0, "/p"),))
    newer = (listed(made, 250.0, "/p").model_copy(update={"id": 8}),) if again else ()
    prompt = made.prompt(COMMAND.text, exchange=3, t=300.0, kind="command")
    steps = (
        (OpenSession(), old),
        (Hold(what="commands"), made.still()),
        (Reload(), made.still()),
        (COMMAND, made.still()),
        (Release(what="commands"), made.still(prompts=(prompt,), exchanges=newer)),
    )
    assert command_gate(made.trace(*steps)).outcome == outcome


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


LINE = SendPrompt(text="/bin/ls -d .", to_shell=True)


def test_a_shell_line_that_left_at_once_passes(made: Made) -> None:
    seen = made.still(prompts=(sent(made, LINE.text, 200.0, "shell"),))
    judged = command_gate(flow(made, (LINE, seen)))
    assert (judged.outcome, judged.evidence) == ("pass", 1)


@pytest.mark.parametrize("kind", ["command", "prompt"])
def test_a_shell_line_taken_for_something_else_is_found(made: Made, kind: str) -> None:
    seen = made.still(prompts=(sent(made, LINE.text, 200.0, kind),))
    (found,) = command_gate(flow(made, (LINE, seen))).findings
    words = f"the shell line “/bin/ls -d .” was sent as a {kind}"
    assert (found.step, found.t) == (3, 200.0)
    assert found.summary == f"after send-prompt {words}"
    assert (found.expected, found.observed) == ("it is sent as a shell", f"a {kind} left")


def test_a_shell_line_that_waited_for_the_list_is_found(made: Made) -> None:
    late = made.still(prompts=(sent(made, LINE.text, 300.0, "shell"),))
    (found,) = command_gate(
        flow(made, (LINE, made.still()), (Release(what="commands"), late))
    ).findings
    assert "the shell line “/bin/ls -d .” waited for the command list" in found.summary


@pytest.mark.parametrize("text", ["/usr/bin is there", "plain", "/"])
def test_plain_text_taken_for_a_command_is_found(made: Made, text: str) -> None:
    seen = made.still(prompts=(sent(made, text, 200.0, "command"),))
    (found,) = command_gate(flow(made, (SendPrompt(text=text), seen))).findings
    assert found.summary.endswith(f"the plain text “{text}” was sent as a command")


def test_a_request_that_the_network_keeps_back_left_at_once(made: Made) -> None:
    seen = made.still(prompts=(sent(made, "plain", 200.0, "prompt"),))
    hold = (Hold(what="send"), made.still())
    steps = (hold, (PLAIN, seen), (Release(what="send"), seen))
    judged = command_gate(flow(made, *steps))
    assert (judged.outcome, judged.evidence) == ("pass", 1)


@pytest.mark.parametrize(("kinds", "found"), [((), 0), (("prompt",), 1), (("command",), 0)])
def test_a_command_that_the_directory_lacks_leaves_as_nothing_else(
    made: Made, kinds: tuple[str, ...], found: int
) -> None:
    ours = SendPrompt(text="/here now", of="root")
    left = tuple(sent(made, ours.text, 200.0, kind) for kind in kinds)
    trace = made.trace(
        (OpenSession(), made.still()),
        (PLAIN.model_copy(update={"text": "/greet me"}), made.still()),
        (EnterWorktree(held=True), made.still()),
        (ours, made.still()),
        (FinishTurn(), made.still(prompts=left)),
    )
    findings = [f for f in command_gate(trace).findings if "no such command" in f.summary]
    assert len(findings) == found
    assert all(each.step == 4 for each in findings)
