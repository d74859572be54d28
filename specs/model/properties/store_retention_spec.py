"""store-retention: what is known of the current directory stays known."""

import pytest

from harness.actions import AnyAction, OpenSession, OthersWork, Reload, SendPrompt, ShowSession
from harness.observations import Observation
from harness.properties.judgement import Judgement
from harness.properties.store_retention import OF_THE_DIRECTORY, store_retention
from specs.model.conftest import Made
from specs.model.late import GO, Steps

READY = dict.fromkeys(OF_THE_DIRECTORY, "ready")
OTHERS = OthersWork(directory="side-1", text="Work over there.")
MORE = OthersWork(directory="side-1", text="Work more.")
EACH = pytest.mark.parametrize("name", OF_THE_DIRECTORY)


def shows(made: Made, *told: object) -> Observation:
    """What the readiness line says, 16 ms apart."""
    signs = (
        sign for n, each in enumerate(told) for sign in made.signs(100.0 + 16 * n, readiness=each)
    )
    return made.still(signs=tuple(signs))


def judged(made: Made, *later: tuple[AnyAction, Observation]) -> Judgement:
    return store_retention(made.trace((OpenSession(), shows(made, READY)), *later))


def without(name: str) -> dict[str, str]:
    return {**READY, name: "pending"}


def test_a_store_that_stays_passes(made: Made) -> None:
    steps: Steps = ((OTHERS, shows(made, READY)), (MORE, shows(made, READY)))
    found = judged(made, *steps)
    assert (found.outcome, found.evidence) == ("pass", 2)


@EACH
def test_a_store_that_goes_for_one_frame_is_found(made: Made, name: str) -> None:
    (found,) = judged(made, (OTHERS, shows(made, READY, without(name), READY))).findings
    words = f"what was known of root was gone while it was on screen: {name}"
    assert (found.step, found.t) == (1, 116.0)
    assert found.summary == f"after others-work {words}"
    assert found.observed == f"{name} pending"


@EACH
def test_a_store_that_is_gone_in_a_later_step_is_found(made: Made, name: str) -> None:
    send = SendPrompt(text="Still there?")
    steps: Steps = (
        (OTHERS, shows(made, READY)),
        (MORE, shows(made, READY)),
        (send, shows(made, without(name))),
    )
    assert [found.step for found in judged(made, *steps).findings] == [3]


def test_a_component_that_the_line_no_longer_names_is_gone(made: Made) -> None:
    (found,) = judged(made, (OTHERS, shows(made, READY, {"commands": "ready"}))).findings
    assert found.observed == "provider, local-model pending"


def test_a_line_that_is_not_in_the_page_says_nothing(made: Made) -> None:
    assert judged(made, (OTHERS, shows(made, READY, None, READY))).outcome == "pass"
    gone = judged(made, (OTHERS, shows(made, READY, None, without("commands"))))
    assert gone.outcome == "violated"


def test_what_was_not_there_may_still_lack(made: Made) -> None:
    steps: Steps = ((OTHERS, shows(made, without("commands"), READY)),)
    assert judged(made, *steps).outcome == "pass"


def test_what_is_not_of_the_directory_may_go(made: Made) -> None:
    steps: Steps = ((OTHERS, shows(made, {**READY, "cache": "ready"}, READY)),)
    assert judged(made, *steps).outcome == "pass"


@pytest.mark.parametrize("change", [GO, Reload(), ShowSession(server="mirror"), OpenSession()])
def test_another_directory_or_page_has_a_store_of_its_own(made: Made, change: AnyAction) -> None:
    steps: Steps = ((OTHERS, shows(made, READY)), (change, shows(made, READY, {})))
    assert judged(made, *steps).outcome == "pass"


def test_another_session_in_the_directory_has_the_same_store(made: Made) -> None:
    short = ShowSession(session="short")
    steps: Steps = ((OTHERS, shows(made, READY)), (short, shows(made, without("provider"))))
    assert [found.step for found in judged(made, *steps).findings] == [2]


def test_before_others_work_nothing_is_judged(made: Made) -> None:
    send = (SendPrompt(text="Go on."), shows(made, READY, without("commands"), READY))
    assert judged(made, send, (OTHERS, shows(made, READY))).outcome == "pass"


def test_each_visit_is_judged_by_itself(made: Made) -> None:
    lost = shows(made, READY, without("commands"))
    steps: Steps = ((OTHERS, lost), (GO, shows(made, READY)), (MORE, lost))
    assert [found.step for found in judged(made, *steps).findings] == [1, 3]


@pytest.mark.parametrize("told", [(), (None,), ({},), (dict.fromkeys(READY, "pending"),)])
def test_a_store_that_was_never_seen_is_inconclusive(made: Made, told: tuple[object, ...]) -> None:
    found = judged(made, (OTHERS, shows(made, *told)))
    words = "the app showed nothing of the directory"
    assert (found.outcome, found.evidence, found.reason) == ("inconclusive", 0, words)


def test_lost_samples_are_inconclusive(made: Made) -> None:
    seen = made.still(signs=made.signs(readiness=READY), capture={"lost": 1})
    assert judged(made, (OTHERS, seen)).outcome == "inconclusive"


def test_a_flow_in_which_nobody_works_elsewhere_is_not_judged(made: Made) -> None:
    assert judged(made).outcome == "not applicable"
