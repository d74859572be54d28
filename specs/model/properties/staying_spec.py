"""What an app must keep in the composer, where nothing waits by itself, and what it makes of it."""

import pytest

from harness.actions import EnterWorktree, Hold, OpenSession, Release, SendPrompt
from harness.properties.command_gate import command_gate
from harness.properties.followup_owner import followup_owner
from harness.properties.send_once import send_once
from harness.trace import Trace
from specs.model.conftest import WINDOWED, Made

GREET = SendPrompt(text="/greet you", heard="Greet you kindly.")
WORDS = SendPrompt(text="plain words")
BARE = WINDOWED.model_copy(update={"can": frozenset()})


def early(made: Made, kind: str | None, submitted: SendPrompt = GREET) -> Trace:
    """Something is submitted while what it needs is kept back; it leaves as this kind, or not."""
    needs = "commands" if submitted == GREET else "provider"
    left = (made.prompt(submitted.text, kind=kind),) if kind else ()
    stands = submitted.text if kind is None else ""
    return made.trace(
        (OpenSession(), made.still()),
        (Hold(what=needs), made.still()),
        (EnterWorktree(by="move", via="nobody"), made.still()),
        (submitted, made.still(prompts=left, unsent=stands)),
        (Release(what=needs), made.still(unsent=stands)),
        traits=BARE,
    )


def test_a_command_that_stays_in_the_composer_passes(made: Made) -> None:
    trace = early(made, None)
    judged = command_gate(trace)
    assert (judged.outcome, judged.evidence) == ("pass", 1)
    assert followup_owner(trace).outcome == "pass"
    assert send_once(trace).findings == ()


@pytest.mark.parametrize(
    ("kind", "causes"),
    [
        ("prompt", ["command sent as a prompt", "command sent before its list"]),
        ("command", ["command sent before its list"]),
    ],
)
def test_a_command_that_leaves_too_early_is_told_by_its_own_rule_alone(
    made: Made, kind: str, causes: list[str]
) -> None:
    trace = early(made, kind)
    (found,) = command_gate(trace).findings
    assert found.step == 3
    assert [cause.partition(" after ")[0] for cause in found.causes] == causes
    assert send_once(trace).findings == ()
    assert followup_owner(trace).findings == ()


def test_words_that_leave_too_early_were_submitted_but_had_to_stay(made: Made) -> None:
    (found,) = send_once(early(made, "prompt", WORDS)).findings
    assert "“plain words” left though it had to wait" in found.summary
    assert found.expected == "it stays in its composer"
    assert send_once(early(made, None, WORDS)).findings == ()


def test_words_that_are_lost_without_being_sent_are_found(made: Made) -> None:
    kept = early(made, None)
    lost = kept.steps[-1].model_copy(update={"observation": made.still(unsent="")})
    (found,) = followup_owner(kept.model_copy(update={"steps": (*kept.steps[:-1], lost)})).findings
    assert "had “” in its composer" in found.summary
