"""model-gate: what was chosen for a directory is what its prompts ask for."""

import pytest

from harness.actions import ChooseModel, OpenSession, SendPrompt
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
