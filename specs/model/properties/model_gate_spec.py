"""model-gate: what was chosen for a directory is what its prompts ask for."""

import pytest

from harness.actions import (
    AnyAction,
    ChooseModel,
    EnterWorktree,
    Hold,
    OpenSession,
    Restore,
    Revert,
    SendPrompt,
    StopTurn,
)
from harness.observations import Observation
from harness.properties.judgement import Judgement
from harness.properties.model_gate import model_gate
from harness.trace import Trace
from specs.model.conftest import Made


def asking(made: Made, *models: str | None) -> Trace:
    prompts = tuple(
        made.prompt("Go on.", exchange=number, model=model) for number, model in enumerate(models)
    )
    return made.trace(
        (OpenSession(), made.still()),
        (ChooseModel(model="a/b"), made.still()),
        (SendPrompt(text="Go on."), made.still(prompts=prompts)),
    )


def test_the_chosen_model_passes(made: Made) -> None:
    judged = model_gate(asking(made, "a/b"))
    assert (judged.outcome, judged.evidence) == ("pass", 1)


@pytest.mark.parametrize(
    ("model", "said"), [("a/c", "a/c"), (None, "no model, so the server's own default")]
)
def test_another_model_is_found(made: Made, model: str | None, said: str) -> None:
    (found,) = model_gate(asking(made, model)).findings
    assert f"asked for {said}, though a/b was chosen for root" in found.summary
    assert (found.step, found.expected) == (2, "a/b")


def test_a_prompt_that_was_never_seen_is_no_evidence(made: Made) -> None:
    assert model_gate(asking(made)).outcome == "inconclusive"


def test_a_directory_without_a_choice_is_not_judged(made: Made) -> None:
    assert model_gate(made.sending(made.still())).outcome == "not applicable"


BY_HTTP = SendPrompt(text="Work.", via="api")
TAKE_BACK = Revert(text="Work.")
STOP = ((BY_HTTP.model_copy(update={"held": True}),), StopTurn(), "/abort")
REVERT = ((BY_HTTP,), TAKE_BACK, "/revert")
RESTORE = ((BY_HTTP, TAKE_BACK), Restore(), "/unrevert")
FREE = pytest.mark.parametrize(("before", "click", "path"), [STOP, REVERT, RESTORE])
Before = tuple[AnyAction, ...]


def asked(made: Made, path: str, **changes: object) -> Observation:
    exchange = made.exchange(9, path=f"/session/ses_1{path}", **changes)
    return made.still(exchanges=(exchange,))


def without_model(
    made: Made, before: Before, click: AnyAction, *seen: Observation, lacks: str = "provider"
) -> Judgement:
    """A click in the worktree, whose model is not known yet; then perhaps a step more."""
    hold = Hold.model_validate({"what": lacks})
    enter = EnterWorktree(by="move", via="nobody")
    paths = {"revert": "/revert"}
    first = tuple(
        (each, asked(made, paths.get(each.name, "/")))
        for each in (OpenSession(), hold, enter, *before)
    )
    later = tuple((SendPrompt(text=f"Later {n}."), each) for n, each in enumerate(seen[1:]))
    return model_gate(made.trace(*first, (click, seen[0]), *later))


@FREE
def test_a_click_that_needs_no_model_leaves_at_once(
    made: Made, before: Before, click: AnyAction, path: str
) -> None:
    judged = without_model(made, before, click, asked(made, path))
    assert judged.outcome == "pass"
    assert judged.evidence == len([each for each in (*before, click) if each.name != "send-prompt"])


@FREE
def test_a_click_that_was_kept_waiting_is_found(
    made: Made, before: Before, click: AnyAction, path: str
) -> None:
    (found,) = without_model(made, before, click, made.still(), asked(made, path)).findings
    words = "nothing was asked of the server while the model was not known"
    assert (found.step, found.summary) == (3 + len(before), f"after {click.name} {words}")
    assert found.expected == f"{click.name} needs no model and does not wait"


@FREE
@pytest.mark.parametrize("wrong", [{"method": "GET"}, {"path": "/session/ses_1/message"}])
def test_another_request_is_not_the_clicks(
    made: Made, before: Before, click: AnyAction, path: str, wrong: dict[str, str]
) -> None:
    usual = {"method": "POST", "path": f"/session/ses_1{path}", **wrong}
    seen = made.still(exchanges=(made.exchange(9, **usual),))
    assert without_model(made, before, click, seen).outcome == "violated"


def test_a_restore_is_no_revert(made: Made) -> None:
    seen = asked(made, "/unrevert")
    assert without_model(made, (BY_HTTP,), TAKE_BACK, seen).outcome == "violated"


@FREE
def test_a_click_that_lacks_more_or_nothing_is_not_judged(
    made: Made, before: Before, click: AnyAction, path: str
) -> None:
    judged = without_model(made, before, click, asked(made, path), lacks="commands")
    assert judged.outcome == "not applicable"


@pytest.mark.parametrize(
    ("asked", "outcome"), [("a/b", "pass"), ("a/c", "violated"), (None, "violated")]
)
def test_where_none_was_chosen_the_default_of_the_app_is_named(
    made: Made, asked: str | None, outcome: str
) -> None:
    sent = made.still(prompts=(made.prompt("Go on.", model=asked),))
    trace = made.trace((OpenSession(), made.still()), (SendPrompt(text="Go on."), sent))
    traits = trace.traits.model_copy(update={"default_model": "a/b"})
    judged = model_gate(trace.model_copy(update={"traits": traits}))
    assert (judged.outcome, judged.evidence) == (outcome, 1)
    assert all("a/b is the default in root" in each.summary for each in judged.findings)


def test_a_shell_line_names_no_model_and_does_not_wait_for_one(made: Made) -> None:
    late = (Hold(what="provider"), made.still()), (EnterWorktree(via="api"), made.still())
    line = SendPrompt(text="ls", to_shell=True)
    asked = made.still(exchanges=(made.exchange(1, path="/session/ses_1/shell"),))
    for seen, outcome in ((asked, "pass"), (made.still(), "violated")):
        trace = made.trace((OpenSession(), made.still()), *late, (line, seen))
        assert model_gate(trace).outcome == outcome
