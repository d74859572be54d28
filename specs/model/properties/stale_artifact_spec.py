"""stale-artifact: the review shows only the artifacts of the directory on screen."""

from harness.actions import Release
from harness.observations import Observation
from harness.properties.judgement import Judgement
from harness.properties.stale_artifact import stale_artifact
from specs.model.conftest import Made
from specs.model.late import GO, reviewed

COMES = Release(what="artifacts")
ROOT, SIDE = "made-in-root.txt", "made-in-worktree.txt"


def shows(made: Made, *names: str, **others: object) -> Observation:
    told = made.signs(artifacts=list(names), execution={"directory": "/w"}, **others)
    return made.still(signs=told)


def late(made: Made, seen: Observation) -> Judgement:
    """What was asked for in the project comes in the worktree, in step 4."""
    steps = ((GO, shows(made, SIDE)), (COMES, seen))
    return stale_artifact(reviewed(made, "artifacts", *steps))


def test_artifacts_of_another_directory_that_are_dropped_pass(made: Made) -> None:
    found = late(made, shows(made, SIDE))
    assert (found.outcome, found.evidence) == ("pass", 1)


def test_artifacts_of_another_directory_are_found(made: Made) -> None:
    foreign, left = late(made, shows(made, ROOT)).findings
    words = "after release the review of worktree showed made-in-root.txt, which is not in it"
    assert (foreign.step, foreign.summary) == (4, words)
    assert foreign.expected == "only artifacts of worktree"
    assert left.summary.endswith(f"left the review with {ROOT}, not {SIDE}")


def test_artifacts_of_another_directory_are_found_where_nothing_came_late(made: Made) -> None:
    (found,) = stale_artifact(reviewed(made, "artifacts", (GO, shows(made, ROOT)))).findings
    assert found.step == 3


def test_artifacts_of_another_directory_in_one_frame_are_found(made: Made) -> None:
    told = (
        *made.signs(artifacts=[SIDE], execution={"directory": "/w"}),
        *made.signs(116.0, artifacts=[SIDE, ROOT]),
        *made.signs(132.0, artifacts=[SIDE]),
    )
    (found,) = late(made, made.still(signs=told)).findings
    assert found.t == 116.0


def test_artifacts_that_went_are_found(made: Made) -> None:
    (found,) = late(made, shows(made)).findings
    assert (found.expected, found.observed) == (SIDE, "nothing")


def test_changes_are_judged_by_a_rule_of_their_own(made: Made) -> None:
    assert late(made, shows(made, SIDE, diff=["changed-in-root.txt"])).outcome == "pass"


def test_an_app_that_tells_nothing_of_its_artifacts_is_inconclusive(made: Made) -> None:
    found = late(made, made.still())
    words = "the app told nothing of its artifacts that could be read when they came late"
    assert (found.outcome, found.evidence, found.reason) == ("inconclusive", 0, words)


def test_late_changes_are_no_late_artifacts(made: Made) -> None:
    steps = ((GO, shows(made, SIDE)), (Release(what="diff"), shows(made, SIDE)))
    found = stale_artifact(reviewed(made, "diff", *steps))
    assert (found.outcome, found.evidence) == ("pass", 2)  # both of them looked at, none late


def test_a_review_of_which_no_file_was_ever_read_is_inconclusive(made: Made) -> None:
    steps = ((GO, shows(made)), (COMES, shows(made)))
    found = stale_artifact(reviewed(made, "artifacts", *steps))
    words = "the app told nothing of its artifacts that could be read when they came late"
    assert (found.outcome, found.findings, found.reason) == ("inconclusive", (), words)
