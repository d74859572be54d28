"""readiness-visible: what is shown as there is there, and the other way round."""

import pytest

from harness.actions import (
    AnyAction,
    EnterWorktree,
    Hold,
    OpenSession,
    Refuse,
    Release,
    Reload,
    SendPrompt,
)
from harness.observations import Settled
from harness.properties.judgement import Judgement
from harness.properties.readiness_visible import readiness_visible
from harness.trace import Trace
from specs.model.conftest import Made

ALL: dict[str, bool] = dict.fromkeys(
    ("cache", "status", "commands", "provider", "local_model"), True
)


def entered(made: Made, shown: dict[str, bool] | None, *, quiet: bool = True) -> Trace:
    settled = Settled(quiet=quiet, took_ms=1.0, moving=() if quiet else ("rows",))
    return made.trace(
        (OpenSession(), made.still(readiness=ALL)),
        (Hold(what="commands"), made.still(readiness=ALL)),
        (EnterWorktree(via="api"), made.still(readiness=shown, settled=settled)),
    )


def test_what_is_kept_back_and_shown_as_missing_passes(made: Made) -> None:
    judged = readiness_visible(entered(made, {**ALL, "commands": False}))
    assert (judged.outcome, judged.evidence) == ("pass", 15)


def test_what_is_kept_back_and_shown_as_there_is_found(made: Made) -> None:
    (found,) = readiness_visible(entered(made, ALL)).findings
    assert found.step == 2
    assert "commands was shown as there while it was kept back" in found.summary
    assert (found.expected, found.observed) == ("commands pending", "commands ready")


def test_what_has_come_and_is_shown_as_missing_is_found(made: Made) -> None:
    shown = {**ALL, "commands": False, "provider": False}
    (found,) = readiness_visible(entered(made, shown)).findings
    assert "provider was shown as missing" in found.summary


def test_a_page_that_is_not_at_rest_is_not_judged_yet(made: Made) -> None:
    assert readiness_visible(entered(made, ALL, quiet=False)).findings == ()


@pytest.mark.parametrize("steps", [1, 3])
def test_an_app_without_a_readiness_to_read_is_not_judged(made: Made, steps: int) -> None:
    trace = made.sending(made.still())
    cut = trace.model_copy(update={"steps": trace.steps[:steps]})
    assert readiness_visible(cut).outcome == "not applicable"


def test_an_answer_that_is_wrong_is_found(made: Made) -> None:
    shown = {**ALL, "commands": False, "can_submit_command": True, "can_submit_shell": False}
    (found,) = readiness_visible(entered(made, shown)).findings
    assert "a command was shown as possible while it must wait" in found.summary
    assert "a shell line was shown as not possible" in found.summary
    assert (found.expected, found.observed) == (
        "can_submit_command no, can_submit_shell yes",
        "can_submit_command yes, can_submit_shell no",
    )


def test_answers_that_are_right_pass_and_count(made: Made) -> None:
    shown = {**ALL, "commands": False, "can_submit_command": False, "can_act": True}
    judged = readiness_visible(entered(made, shown))
    assert (judged.outcome, judged.evidence) == ("pass", 17)


def test_of_a_turn_whose_news_is_lost_nothing_is_asked(made: Made) -> None:
    trace = made.trace(
        (OpenSession(), made.still(readiness={"can_send_followup": True})),
        (
            SendPrompt(text="Begin.", via="api", held=True),
            made.still(readiness={"can_send_followup": False}),
        ),
        (Hold(what="busy-news"), made.still(readiness={"can_send_followup": True})),
    )
    judged = readiness_visible(trace)
    assert (judged.outcome, judged.evidence) == ("pass", 2)


@pytest.mark.parametrize(
    ("typed", "said", "found"),
    [
        ("/greet", ("commands",), 0),
        ("plain", (), 0),
        ("/greet", (), 1),
        ("plain", ("commands",), 1),
        ("/greet", ("commands", "provider"), 1),
        ("/greet", None, 0),
    ],
)
def test_the_person_is_told_what_send_waits_for(
    made: Made, typed: str, said: tuple[str, ...] | None, found: int
) -> None:
    shown = {**ALL, "commands": False}
    seen = made.still(readiness=shown, unsent=typed, waits_for=said)
    trace = made.trace(
        (OpenSession(), made.still(readiness=ALL)),
        (Hold(what="commands"), made.still(readiness=ALL)),
        (EnterWorktree(via="api"), seen),
    )
    findings = readiness_visible(trace).findings
    assert len(findings) == found
    assert all("Send waits for" in each.summary for each in findings)


FAILING = (Hold(what="send", fails=True), SendPrompt(text="Go on."), Release(what="send"))


def failed(made: Made, *problems: str | None, later: tuple[AnyAction, ...] = ()) -> Judgement:
    """A send that fails, and what the page says of problems in the last steps."""
    actions: tuple[AnyAction, ...] = (OpenSession(), *FAILING, *later)
    said = ("",) * (len(actions) - len(problems)) + problems
    steps = (
        (each, made.still(readiness=ALL, problem=word))
        for each, word in zip(actions, said, strict=True)
    )
    return readiness_visible(made.trace(*steps))


def test_a_click_that_came_to_nothing_is_told_until_the_next_submit(made: Made) -> None:
    again = (SendPrompt(text="Once more."),)
    assert failed(made, "Not sent: 503").outcome == "pass"
    assert failed(made, "Not sent: 503", "", later=again).outcome == "pass"
    assert failed(made, "Not sent: 503", "", later=(Reload(),)).outcome == "pass"


def test_a_failure_that_is_not_told_is_found(made: Made) -> None:
    (found,) = failed(made, "").findings
    assert "the person was told nothing of what failed" in found.summary


def test_a_complaint_about_nothing_is_found(made: Made) -> None:
    (found,) = failed(made, "Not sent", "Not sent", later=(SendPrompt(text="Once more."),)).findings
    assert "the person was told that something failed: “Not sent”" in found.summary


def test_an_app_that_cannot_say_it_is_not_judged(made: Made) -> None:
    assert failed(made, None).findings == ()


def test_a_directory_that_is_refused_complains_for_itself(made: Made) -> None:
    trace = made.trace(
        (OpenSession(), made.still(readiness=ALL)),
        (Refuse(what="commands"), made.still(readiness=ALL, problem="cannot be loaded")),
    )
    assert readiness_visible(trace).findings == ()
