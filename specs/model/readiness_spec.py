"""The readiness selector: what each action waits for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.readiness import NEEDS, Component, Readiness, Submission, kind_of

STATES = st.builds(
    Readiness,
    cache=st.booleans(),
    status=st.booleans(),
    commands=st.booleans(),
    provider=st.booleans(),
    local_model=st.booleans(),
)
KINDS = st.sampled_from(sorted(NEEDS))


def without(component: Component) -> Readiness:
    return Readiness.complete().model_copy(update={component: False})


@pytest.mark.parametrize("kind", sorted(NEEDS))
@pytest.mark.parametrize("component", ["cache", "status"])
def test_every_submission_waits_for_the_session(kind: Submission, component: Component) -> None:
    assert without(component).waits_for(kind) == (component,)
    assert not without(component).can_submit(kind)


@pytest.mark.parametrize("component", ["provider", "local_model"])
def test_what_a_model_reads_waits_for_the_model_and_a_shell_line_does_not(
    component: Component,
) -> None:
    assert without(component).waits_for("prompt") == (component,)
    assert without(component).waits_for("command") == (component,)
    assert without(component).can_submit("shell")


def test_only_a_command_waits_for_the_commands() -> None:
    state = without("commands")
    assert not state.can_submit("command")
    assert state.can_submit("prompt")
    assert state.can_submit("shell")


@pytest.mark.parametrize("component", ["commands", "provider", "local_model"])
def test_stop_and_revert_need_the_session_only(component: Component) -> None:
    assert without(component).can_act


@pytest.mark.parametrize("component", ["cache", "status"])
def test_stop_and_revert_wait_for_the_session(component: Component) -> None:
    assert not without(component).can_act


def test_nothing_may_run_before_anything_has_arrived() -> None:
    assert not Readiness().can_act
    assert Readiness().waits_for("prompt") == ("cache", "status", "provider", "local_model")


@given(state=STATES, kind=KINDS, busy=st.booleans())
def test_the_answers_agree_with_each_other(
    state: Readiness, kind: Submission, *, busy: bool
) -> None:
    assert state.can_submit(kind) == (not state.waits_for(kind))
    assert state.can_act or not state.can_submit(kind)
    assert state.can_send_followup(kind, busy=busy) == (state.can_submit(kind) and not busy)


@given(state=STATES, busy=st.booleans())
def test_all_answers_are_told_by_their_names(state: Readiness, *, busy: bool) -> None:
    assert state.answers(busy=busy) == {
        "can_act": state.can_act,
        "can_submit_prompt": state.can_submit("prompt"),
        "can_submit_command": state.can_submit("command"),
        "can_submit_shell": state.can_submit("shell"),
        "can_send_followup": state.can_send_followup("prompt", busy=busy),
    }


@given(state=STATES, kind=KINDS)
def test_what_arrives_never_takes_a_permission_back(state: Readiness, kind: Submission) -> None:
    for component in state.waits_for("command"):
        more = state.model_copy(update={component: True})
        assert more.can_submit(kind) or not state.can_submit(kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hello", "prompt"),
        ("", "prompt"),
        ("  ", "prompt"),
        ("/", "prompt"),
        ("/ x", "prompt"),
        ("/review", "command"),
        ("  /review all of it", "command"),
        ("/review\nmore", "command"),
        ("/usr/bin/env", "prompt"),
        ("/usr/", "prompt"),
        ("see /review", "prompt"),
    ],
)
def test_a_text_says_what_it_is(text: str, kind: Submission) -> None:
    assert kind_of(text) == kind


@given(st.text())
def test_in_shell_mode_everything_is_a_shell_line(text: str) -> None:
    assert kind_of(text, shell_mode=True) == "shell"
