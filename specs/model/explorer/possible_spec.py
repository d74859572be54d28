"""What the model allows and an app, or the model's silence, makes impossible."""

import pytest

from harness.actions import Hold, SendPrompt
from harness.explorer.possible import impossible
from harness.traits import Traits
from specs.model.acting import ABLE, opened

LINE = SendPrompt(text="ls", to_shell=True)
WITH_A_MODE = ABLE.model_copy(update={"marks_shell": False})
FAILING, LATE = Hold(what="send", fails=True), Hold(what="send")


def why(action: SendPrompt, *before: Hold, traits: Traits) -> str | None:
    world = opened(*before)
    return impossible(action, world, action.effect(world), traits)


def test_a_composer_with_a_mode_for_the_shell_is_given_no_line_back() -> None:
    said = "the model does not say how a composer leaves its shell mode"
    assert why(LINE, FAILING, traits=WITH_A_MODE) == said


@pytest.mark.parametrize(
    ("action", "before", "traits"),
    [
        (LINE, (FAILING,), ABLE),
        (LINE, (LATE,), WITH_A_MODE),
        (LINE, (), WITH_A_MODE),
        (SendPrompt(text="words"), (FAILING,), WITH_A_MODE),
    ],
)
def test_other_sends_are_possible(
    action: SendPrompt, before: tuple[Hold, ...], traits: Traits
) -> None:
    assert why(action, *before, traits=traits) is None
