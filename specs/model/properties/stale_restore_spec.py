"""stale-restore: the answer to a restore changes its own scope, wherever the person is by then."""

from harness.actions import Release
from harness.observations import Exchange, Observation
from harness.properties.judgement import Judgement
from harness.properties.stale_restore import stale_restore
from specs.model.conftest import HERE, Made
from specs.model.late import ALL, ASK, BACK, GO, LEFT, THERE, Steps, asking, brought_back, stands

DONE = Release(what="restore")


def unrevert(made: Made, scope: object = HERE) -> Exchange:
    return made.exchange(8, path="/session/ses_1/unrevert", scope=scope)


def settled(
    made: Made, seen: Observation, *, fails: bool = False, asked: Exchange | None = None
) -> Judgement:
    """The answer comes in the worktree, in step 6."""
    steps: Steps = ((GO, stands(made, *ALL, place="/w")), (DONE, seen))
    return stale_restore(brought_back(made, *steps, fails=fails, asked=asked or unrevert(made)))


def test_an_answer_that_changes_nothing_on_screen_passes(made: Made) -> None:
    found = settled(made, stands(made, *ALL, place="/w"))
    assert (found.outcome, found.evidence) == ("pass", 1)


def test_a_failure_takes_the_messages_back_and_leaves_the_composer(made: Made) -> None:
    assert settled(made, stands(made, *LEFT, place="/w"), fails=True).outcome == "pass"


def test_a_failure_that_fills_the_composer_is_found(made: Made) -> None:
    seen = stands(made, *LEFT, place="/w", draft=ASK.text)
    (found,) = settled(made, seen, fails=True).findings
    words = "the late answer to a restore reached the wrong scope: the composer said “Say it.”"
    assert (found.step, found.summary) == (6, f"after release {words}")


def test_messages_that_stay_shown_after_a_failure_are_found(made: Made) -> None:
    (found,) = settled(made, stands(made, *ALL, place="/w"), fails=True).findings
    assert found.observed == "2 messages were shown that are taken back"


def test_messages_that_an_answer_hides_are_found(made: Made) -> None:
    (found,) = settled(made, stands(made, *LEFT, place="/w")).findings
    assert found.observed == "“Say it.” was hidden"


def test_an_answer_that_says_where_the_session_works_is_found(made: Made) -> None:
    (found,) = settled(made, stands(made, *ALL, place="/p")).findings
    assert found.observed == "the session was shown to work in root"


def test_a_request_for_another_directory_is_found(made: Made) -> None:
    seen = stands(made, *ALL, place="/w")
    (found,) = settled(made, seen, asked=unrevert(made, THERE)).findings
    assert found.observed == "the request was made for session ses_1 in worktree on server"


def test_the_request_of_the_revert_before_is_no_evidence(made: Made) -> None:
    seen = stands(made, *ALL, place="/w")
    found = settled(made, seen, asked=asking(made))
    assert (found.outcome, found.reason) == (
        "inconclusive",
        "the request of a restore was not seen",
    )


def test_an_answer_in_a_newer_visit_is_left_to_another_rule(made: Made) -> None:
    steps: Steps = (
        (GO, stands(made, *ALL, place="/w")),
        (BACK, stands(made, *ALL)),
        (DONE, stands(made, *ALL)),
    )
    found = stale_restore(brought_back(made, *steps, fails=False, asked=unrevert(made)))
    words = "no restore was answered in another scope than that of its click"
    assert (found.outcome, found.reason) == ("not applicable", words)
