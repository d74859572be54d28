"""epoch-guard: A → B → A, with the answer of the first A in the second."""

import pytest

from harness.actions import ChangeFile, Release, ShowSession
from harness.observations import Observation, Settled
from harness.properties.epoch_guard import epoch_guard
from harness.properties.judgement import Judgement
from specs.model.conftest import Made
from specs.model.late import (
    ALL,
    ASK,
    BACK,
    GO,
    LEFT,
    THERE,
    Steps,
    asking,
    brought_back,
    comes,
    reviewed,
    stands,
    taken_back,
)

TEXT = ASK.text
OLD = {"diff": "changed-in-root.txt", "artifacts": "made-in-root.txt"}
KINDS = pytest.mark.parametrize("kind", ["diff", "artifacts"])


def shows(made: Made, kind: str, *names: str, **parts: object) -> Observation:
    told = made.signs(**{kind: list(names), "execution": {"directory": "/p"}})
    return made.still(signs=told, **parts)


def again(made: Made, kind: str, seen: Observation) -> Judgement:
    """Something new is made while one is away; the answer of before comes in step 6."""
    new = ChangeFile.model_validate({"directory": "root", "kind": kind, "file": "newer.txt"})
    steps: Steps = (
        (GO, made.still()),
        (new, made.still()),
        (BACK, shows(made, kind, OLD[kind], "newer.txt")),
        (comes(kind), seen),
    )
    return epoch_guard(reviewed(made, kind, *steps))


@KINDS
def test_what_was_made_meanwhile_stays_shown(made: Made, kind: str) -> None:
    found = again(made, kind, shows(made, kind, OLD[kind], "newer.txt"))
    assert (found.outcome, found.evidence) == ("pass", 1)


@KINDS
def test_the_answer_of_before_is_found(made: Made, kind: str) -> None:
    (found,) = again(made, kind, shows(made, kind, OLD[kind])).findings
    words = f"left the review with {OLD[kind]}, not {OLD[kind]}, newer.txt"
    assert (found.step, found.summary) == (6, f"after release the late answer {words}")


@KINDS
def test_the_answer_of_before_in_one_frame_is_found(made: Made, kind: str) -> None:
    now = {kind: [OLD[kind], "newer.txt"]}
    told = (
        *made.signs(**now),
        *made.signs(116.0, **{kind: [OLD[kind]]}),
        *made.signs(132.0, **now),
    )
    (found,) = again(made, kind, made.still(signs=told)).findings
    words = "the late answer took newer.txt out of the review, which was shown before"
    assert (found.t, found.summary) == (116.0, f"after release {words}")


def test_what_is_shown_bit_by_bit_passes(made: Made) -> None:
    told = (
        *made.signs(diff=[]),
        *made.signs(116.0, diff=[OLD["diff"]]),
        *made.signs(132.0, diff=[OLD["diff"], "newer.txt"]),
    )
    assert again(made, "diff", made.still(signs=told)).outcome == "pass"


def test_an_answer_that_takes_away_before_rest_is_found(made: Made) -> None:
    told = (*made.signs(diff=[OLD["diff"], "newer.txt"]), *made.signs(116.0, diff=[]))
    restless = Settled(quiet=False, took_ms=1.0, moving=("rows",))
    (found,) = again(made, "diff", made.still(signs=told, settled=restless)).findings
    assert found.observed == "nothing"


@KINDS
def test_a_review_of_which_nothing_is_told_is_inconclusive(made: Made, kind: str) -> None:
    found = again(made, kind, made.still())
    words = "what came late could not be seen: no request, or nothing told of the review"
    assert (found.outcome, found.evidence, found.reason) == ("inconclusive", 0, words)


@KINDS
def test_a_review_of_which_no_file_was_ever_read_is_inconclusive(made: Made, kind: str) -> None:
    nothing = shows(made, kind)
    steps: Steps = ((GO, nothing), (BACK, nothing), (comes(kind), nothing))
    found = epoch_guard(reviewed(made, kind, *steps))
    assert (found.outcome, found.evidence, found.findings) == ("inconclusive", 0, ())


def reverted(made: Made, seen: Observation, *, asked: bool = True) -> Judgement:
    """A revert of the first visit fails in the second, in step 6."""
    steps: Steps = (
        (GO, stands(made, *LEFT, draft=TEXT, place="/w")),
        (BACK, stands(made, *LEFT, draft=TEXT)),
        (Release(what="revert"), seen),
    )
    request = asking(made) if asked else None
    return epoch_guard(taken_back(made, *steps, fails=True, asked=request))


def test_a_failed_revert_leaves_the_composer_of_the_second_visit(made: Made) -> None:
    found = reverted(made, stands(made, *ALL, draft=TEXT))
    assert (found.outcome, found.evidence) == ("pass", 1)


@pytest.mark.parametrize("draft", ["", "unfinished"])
def test_a_failed_revert_that_rolls_the_composer_back_is_found(made: Made, draft: str) -> None:
    (found,) = reverted(made, stands(made, *ALL, draft=draft)).findings
    words = "the late answer to a revert reached the wrong scope: the composer said"
    assert (found.step, found.summary) == (6, f"after release {words} “{draft}”")
    assert found.expected.endswith("session long of server, root, epoch 1")


def test_a_failed_revert_that_leaves_the_messages_hidden_is_found(made: Made) -> None:
    assert reverted(made, stands(made, *LEFT, draft=TEXT)).outcome == "violated"


def test_a_revert_whose_request_was_not_seen_is_inconclusive(made: Made) -> None:
    found = reverted(made, stands(made, *ALL, draft=TEXT), asked=False)
    assert (found.outcome, found.evidence) == ("inconclusive", 0)


def restored(made: Made, draft: str, scope: object) -> Judgement:
    """A restore of the first visit fails in the second, in step 7."""
    asked = made.exchange(8, path="/session/ses_1/unrevert", scope=scope)
    steps: Steps = (
        (GO, stands(made, *ALL, place="/w")),
        (BACK, stands(made, *ALL)),
        (Release(what="restore"), stands(made, *LEFT, draft=draft)),
    )
    return epoch_guard(brought_back(made, *steps, fails=True, asked=asked))


def test_a_failed_restore_leaves_the_composer_of_the_second_visit(made: Made) -> None:
    assert restored(made, "", made.here).outcome == "pass"
    assert restored(made, TEXT, made.here).findings[0].step == 7
    assert restored(made, "", THERE).outcome == "violated"


def test_another_session_in_between_makes_no_other_visit_of_a_directory(made: Made) -> None:
    old = shows(made, "diff", OLD["diff"])
    steps: Steps = (
        (ShowSession(session="short"), old),
        (ShowSession(), old),
        (Release(what="diff"), old),
    )
    assert epoch_guard(reviewed(made, "diff", *steps)).outcome == "not applicable"


def test_an_answer_in_another_directory_is_left_to_other_rules(made: Made) -> None:
    steps: Steps = ((GO, made.still()), (Release(what="diff"), made.still()))
    found = epoch_guard(reviewed(made, "diff", *steps))
    words = "no answer came in a newer visit to the directory it was asked for"
    assert (found.outcome, found.reason) == ("not applicable", words)
