"""send-target, proven both ways."""

import pytest

from harness.actions import (
    EnterWorktree,
    Hold,
    OpenSession,
    Release,
    SendPrompt,
    ShowSession,
)
from harness.observations import Observation, Prompt, RequestScope, Witness
from harness.properties import Judgement
from harness.properties.send_target import send_target
from harness.trace import Trace
from specs.model.conftest import Made

TEXT = "Go on."
ENTER = EnterWorktree()


def sent(made: Made, *witnesses: Witness, **parts: object) -> Trace:
    usual = {"prompts": (made.prompt(TEXT),), "witnesses": witnesses}
    return made.sending(made.still(**{**usual, **parts}), text=TEXT)


def declaring(made: Made, **scope: object) -> Prompt:
    return made.prompt(TEXT, scope=RequestScope.model_validate({**made.here.model_dump(), **scope}))


def in_worktree(made: Made, entering: Observation, following: Observation) -> Trace:
    steps = ((OpenSession(), made.still()), (ENTER, entering), (SendPrompt(text=TEXT), following))
    return made.trace(*steps)


def test_a_prompt_in_its_place_passes(made: Made) -> None:
    record = made.record(("m1", TEXT), directory="/p")
    judged = send_target(sent(made, made.witness(TEXT), records=(record,)))
    assert (judged.outcome, judged.evidence) == ("pass", 1)


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ({"directory": "/w"}, "the request declared worktree, not root"),
        ({"directory": "/x y"}, "the request declared “/x y”, not root"),
        ({"session_id": "ses_2"}, "it went to session ses_2, not ses_1"),
        ({"server_key": "other"}, "it went to server other, not server"),
    ],
)
def test_a_request_for_another_place_is_found(
    made: Made, scope: dict[str, str], words: str
) -> None:
    trace = sent(made, made.witness(TEXT), prompts=(declaring(made, **scope),))
    (found,) = send_target(trace).findings
    assert found.summary == f"after send-prompt the prompt “{TEXT}” went astray: {words}"
    expected = "server server, session long, directory root (/p), epoch 1"
    assert (found.step, found.t, found.expected) == (1, 101.0, expected)
    assert found.evidence == ("exchange 1",)


@pytest.mark.parametrize("declared", [True, False])
def test_what_a_request_declares_counts_where_it_binds(made: Made, *, declared: bool) -> None:
    trace = sent(made, made.witness(TEXT), prompts=(declaring(made, directory="/w"),))
    traits = trace.traits.model_copy(update={"declared_binds": declared})
    judged = send_target(trace.model_copy(update={"traits": traits}))
    assert judged.outcome == ("violated" if declared else "pass")


def test_a_request_that_declares_nothing_is_judged_by_where_it_ran(made: Made) -> None:
    bare = (declaring(made, directory=None),)
    assert send_target(sent(made, made.witness(TEXT), prompts=bare)).outcome == "pass"
    astray = send_target(sent(made, made.witness(TEXT, "/w"), prompts=bare))
    assert "the agent was told worktree, not root" in astray.findings[0].summary


def test_all_witnesses_that_disagree_are_named(made: Made) -> None:
    record = made.record(("m1", TEXT), directory="/w")
    trace = sent(made, made.witness(TEXT, "/w", "/w"), records=(record,))
    (found,) = send_target(trace).findings
    assert found.observed == (
        "the server holds it for worktree, not root; the agent was told worktree, not root; "
        "the agent's shell ended in worktree, not root"
    )


def test_each_run_of_a_prompt_is_asked(made: Made) -> None:
    twice = (made.witness(TEXT), made.witness(TEXT, "/w", "/w"))
    assert send_target(sent(made, *twice)).outcome == "violated"


def test_the_agent_that_enters_ends_in_the_worktree(made: Made) -> None:
    entering = made.still(
        prompts=(made.prompt(ENTER.text),), witnesses=(made.witness(ENTER.text, "/p", "/w"),)
    )
    there = made.prompt(TEXT, 2, scope=made.here.model_copy(update={"directory": "/w"}))
    following = made.still(prompts=(there,), witnesses=(made.witness(TEXT, "/w", "/w"),))
    judged = send_target(in_worktree(made, entering, following))
    assert (judged.outcome, judged.evidence) == ("pass", 2)


def test_a_follow_up_to_the_old_directory_is_found(made: Made) -> None:
    entering = made.still(witnesses=(made.witness(ENTER.text, "/p", "/w"),))
    following = made.still(prompts=(made.prompt(TEXT, 2),), witnesses=(made.witness(TEXT),))
    (found,) = send_target(in_worktree(made, entering, following)).findings
    assert found.step == 2
    assert found.observed.startswith("the request declared root, not worktree; the agent was told")
    assert found.expected.endswith("directory worktree (/w), epoch 2")


@pytest.mark.parametrize("told", [None, ""])
def test_a_prompt_without_a_witness_is_inconclusive(made: Made, told: str | None) -> None:
    witnesses = () if told is None else (made.witness(TEXT, None, None),)
    judged = send_target(sent(made, *witnesses))
    assert (judged.outcome, judged.evidence) == ("inconclusive", 0)
    assert judged.reason == f"no witness told where “{TEXT}” ran"


LINE = SendPrompt(text="pwd", to_shell=True)
LINE_LATE = (Hold(what="send"), LINE, ShowSession(session="short"), Release(what="send"))


def arriving_unseen(made: Made, *directories: str) -> Judgement:
    """A line for the shell that arrives while another session is on screen."""
    steps = ((OpenSession(), made.still()), *((action, made.still()) for action in LINE_LATE))
    record = [made.record(("m1", "!pwd"), directory=directory) for directory in directories]
    back = [(ShowSession(), made.still(records=(each,))) for each in record]
    return send_target(made.trace(*steps, *back))


def test_the_record_is_read_when_the_session_is_on_screen_again(made: Made) -> None:
    judged = arriving_unseen(made)
    assert (judged.outcome, judged.reason) == ("inconclusive", "no witness told where “pwd” ran")
    judged = arriving_unseen(made, "/p")
    assert (judged.outcome, judged.evidence) == ("pass", 1)
    (found,) = arriving_unseen(made, "/w").findings
    assert found.observed == "the server holds it for worktree, not root"


def test_one_prompt_of_two_without_a_witness_is_inconclusive(made: Made) -> None:
    entering = made.still(witnesses=(made.witness(ENTER.text, "/p", "/w"),))
    judged = send_target(in_worktree(made, entering, made.still()))
    assert (judged.outcome, judged.evidence) == ("inconclusive", 1)


def test_a_flow_without_a_prompt_is_not_judged(made: Made) -> None:
    judged = send_target(made.trace((OpenSession(), made.still())))
    words = "this flow sends nothing but what waited in a queue"
    assert (judged.outcome, judged.reason) == ("not applicable", words)


def failing_at_home(made: Made, again: str) -> Trace:
    """A prompt fails in the project, and is sent again from the worktree."""
    words = SendPrompt(text=TEXT)
    home = made.prompt(TEXT, 1, accepted=False)
    there = declaring(made, directory=again).model_copy(update={"exchange": 2})
    ran = made.witness(TEXT, told="/w", printed="/w")
    return made.trace(
        (OpenSession(), made.still()),
        (Hold(what="send", fails=True), made.still()),
        (words, made.still(prompts=(home,))),
        (EnterWorktree(by="move", via="nobody"), made.still()),
        (Release(what="send"), made.still()),
        (words, made.still(prompts=(there,), witnesses=(ran,))),
    )


def test_where_the_same_words_failed_before_is_no_matter(made: Made) -> None:
    assert send_target(failing_at_home(made, "/w")).outcome == "pass"
    (found,) = send_target(failing_at_home(made, "/p")).findings
    assert (found.step, found.evidence) == (5, ("exchange 2",))
    assert "the request declared root, not worktree" in found.summary


def test_white_space_around_a_prompt_is_not_part_of_it(made: Made) -> None:
    seen = made.still(prompts=(made.prompt(TEXT),), witnesses=(made.witness(f"{TEXT}\n"),))
    assert send_target(made.sending(seen, text=f" {TEXT} ")).outcome == "pass"
