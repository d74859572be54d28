"""What the model allows and an app, or the model's silence, makes impossible."""

import pytest

from harness.actions import (
    AnyAction,
    ChooseModel,
    FinishTurn,
    Hold,
    OpenReview,
    OpenSession,
    Release,
    SendPrompt,
    StopTurn,
    SubmitBlank,
)
from harness.explorer.possible import impossible, is_possible
from harness.plans import Plan, predict
from harness.traits import MODELS, Traits
from specs.model.acting import ABLE, HOME, TO_SHORT, WORK, opened

LINE = SendPrompt(text="ls", to_shell=True)
WITH_A_MODE = ABLE.model_copy(update={"marks_shell": False})
FAILING, LATE = Hold(what="send", fails=True), Hold(what="send")


def why(action: AnyAction, *before: AnyAction, traits: Traits) -> str | None:
    world = opened(*before)
    return impossible(action, world, action.effect(world), traits)


def test_a_composer_with_a_mode_for_the_shell_is_given_no_line_back() -> None:
    said = "the model does not say how a composer leaves its shell mode"
    assert why(LINE, FAILING, traits=WITH_A_MODE) == said


def test_a_line_that_was_given_back_is_not_sent_as_a_prompt() -> None:
    """Whoever sends it again types it anew."""
    said = "the model does not say whether a mark that nobody typed makes a line of it"
    assert why(SendPrompt(text="!ls"), traits=ABLE) == said
    assert why(LINE, traits=ABLE) is None


@pytest.mark.parametrize("via", ["composer", "api"])
def test_a_line_is_not_sent_to_an_agent_at_work_where_nothing_waits_for_it(via: str) -> None:
    steering = ABLE.model_copy(update={"can": ABLE.can - {"queue"}})
    work = WORK.model_copy(update={"via": via})
    plan = Plan(name="busy", title="Busy", actions=(OpenSession(), work, LINE))
    before, after = predict(plan, steering)[-2:]
    said = "its server takes no line for the shell while the agent is at work"
    assert impossible(LINE, before, after, steering) == said
    over = plan.model_copy(update={"actions": (OpenSession(), work, FinishTurn(), LINE)})
    assert is_possible(over, steering)


def test_only_a_model_that_is_offered_is_chosen() -> None:
    first, other = MODELS
    only = ABLE.model_copy(update={"models": (other,)})
    assert why(ChooseModel(model=other), traits=only) is None
    said = f"it is not known to offer the model {first}"
    assert why(ChooseModel(model=first), traits=only) == said
    none = ABLE.model_copy(update={"can": ABLE.can - {"models"}})
    assert why(ChooseModel(model=first), traits=none) == "no model is chosen in it"


def test_enter_with_nothing_to_send_may_stop_the_agent() -> None:
    stopping = ABLE.model_copy(update={"blank_stops": True})
    said = "it stops the agent there, as the stop button does"
    assert why(SubmitBlank(), WORK, traits=stopping) == said
    assert why(SubmitBlank(), WORK, traits=ABLE) is None
    assert why(SubmitBlank(), traits=stopping) is None


def test_a_turn_that_the_page_may_not_have_heard_of_is_not_stopped() -> None:
    theirs = WORK.model_copy(update={"via": "api"})
    deaf = Hold(what="busy-news")
    said = "the model does not say whether the page has heard of that turn"
    assert why(StopTurn(), deaf, theirs, traits=ABLE) == said
    assert why(StopTurn(), WORK, deaf, traits=ABLE) is None
    assert why(StopTurn(), theirs, traits=ABLE) is None


def test_what_the_review_asks_for_after_a_turn_is_not_known_while_it_would_be_kept_back() -> None:
    said = "the model does not say what the review asks for once the turn is over"
    late, words = Hold(what="diff"), SendPrompt(text="words")
    assert why(words, OpenReview(), late, traits=ABLE) == said
    assert why(FinishTurn(), OpenReview(), WORK, late, traits=ABLE) == said
    assert why(StopTurn(), OpenReview(), WORK, late, traits=ABLE) == said
    assert why(WORK, OpenReview(), late, traits=ABLE) is None
    assert why(words, late, traits=ABLE) is None
    assert why(words, late, OpenReview(), traits=ABLE) is None  # it was kept back: the others pass
    assert why(words, OpenReview(), traits=ABLE) is None


@pytest.mark.parametrize("stream", [Hold(what="events"), Hold(what="busy-news")])
def test_a_stream_is_opened_anew_only_where_the_page_is_told_of_turns(stream: Hold) -> None:
    said = "the model does not say what a page knows of turns while it asks for them anew"
    opens, late = Release(what=stream.what), Hold(what="status")
    assert why(opens, stream, late, traits=ABLE) == said
    assert why(opens, late, stream, traits=ABLE) == said
    assert why(opens, late, stream, Release(what="status"), traits=ABLE) is None
    assert why(opens, stream, traits=ABLE) is None


def test_a_page_may_go_to_a_session_only_once_its_messages_are_there() -> None:
    late = ABLE.model_copy(update={"goes_late": True})
    said = "the page stays where it is until the messages of that session are there"
    held = Hold(what="messages")
    assert why(TO_SHORT, held, traits=late) == said
    assert why(TO_SHORT, held, traits=ABLE) is None
    assert why(TO_SHORT, traits=late) is None
    assert why(HOME, TO_SHORT, held, traits=late) is None  # they are there already


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
    action: AnyAction, before: tuple[Hold, ...], traits: Traits
) -> None:
    assert why(action, *before, traits=traits) is None
