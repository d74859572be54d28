"""stale-vcs: the review shows only what is changed in the directory on screen."""

import pytest

from harness.actions import AnyAction, ChangeFile, Hold, Release, SendPrompt, ShowSession
from harness.observations import Observation, Settled
from harness.properties.judgement import Judgement
from harness.properties.stale_vcs import stale_vcs
from specs.model.conftest import NAMES, Made
from specs.model.late import BACK, GO, Steps, reviewed

COMES = Release(what="diff")
ROOT, SIDE = "changed-in-root.txt", "changed-in-worktree.txt"


def shows(made: Made, place: str, *files: str, **parts: object) -> Observation:
    told = made.signs(diff=list(files), execution={"directory": place})
    return made.still(signs=told, **parts)


def late(
    made: Made, seen: Observation, *, going: Observation | None = None, after: Steps = ()
) -> Judgement:
    """What was asked for in the project comes in the worktree, in step 4."""
    went = going or shows(made, "/w", SIDE)
    return stale_vcs(reviewed(made, "diff", (GO, went), (COMES, seen), *after))


def test_changes_of_another_directory_that_are_dropped_pass(made: Made) -> None:
    found = late(made, shows(made, "/w", SIDE))
    assert (found.outcome, found.evidence) == ("pass", 1)


def test_changes_of_another_directory_are_found(made: Made) -> None:
    foreign, left = late(made, shows(made, "/w", ROOT)).findings
    words = "after release the review of worktree showed changed-in-root.txt, which is not in it"
    assert (foreign.step, foreign.t, foreign.summary) == (4, 100.0, words)
    assert foreign.expected == "only changes of worktree"
    words = f"after release the late answer left the review with {ROOT}, not {SIDE}"
    assert (left.step, left.summary) == (4, words)


def test_changes_of_another_directory_in_one_frame_are_found(made: Made) -> None:
    told = (
        *made.signs(diff=[SIDE], execution={"directory": "/w"}),
        *made.signs(116.0, diff=[ROOT]),
        *made.signs(132.0, diff=[SIDE]),
    )
    (found,) = late(made, made.still(signs=told)).findings
    assert (found.step, found.t, found.observed) == (4, 116.0, ROOT)


def test_changes_that_go_with_the_directory_pass(made: Made) -> None:
    told = (
        *made.signs(diff=[ROOT], execution={"directory": "/p"}),
        *made.signs(116.0, diff=[], execution={"directory": "/w"}),
        *made.signs(132.0, diff=[SIDE]),
    )
    going = made.still(signs=told)
    assert late(made, shows(made, "/w", SIDE), going=going).outcome == "pass"


def test_changes_that_stay_when_the_directory_has_gone_are_found(made: Made) -> None:
    told = (
        *made.signs(diff=[ROOT], execution={"directory": "/p"}),
        *made.signs(116.0, execution={"directory": "/w"}),
        *made.signs(132.0, diff=[SIDE]),
    )
    (found,) = late(made, shows(made, "/w", SIDE), going=made.still(signs=told)).findings
    assert (found.step, found.t) == (3, 116.0)


def test_changes_that_land_in_a_later_step_are_found(made: Made) -> None:
    after: Steps = ((SendPrompt(text="Go on."), shows(made, "/w", SIDE, ROOT)),)
    (found,) = late(made, shows(made, "/w", SIDE), after=after).findings
    assert (found.step, found.observed) == (5, f"{ROOT}, {SIDE}")


@pytest.mark.parametrize("left", [(), (SIDE, SIDE)])
def test_a_review_that_the_answer_emptied_or_doubled_is_found(
    made: Made, left: tuple[str, ...]
) -> None:
    (found,) = late(made, shows(made, "/w", *left)).findings
    assert (found.expected, found.observed) == (SIDE, ", ".join(left) or "nothing")


def test_what_the_plan_knows_nothing_of_is_passed_over(made: Made) -> None:
    seen = shows(made, "/w", SIDE, "artifacts/made-in-worktree.txt", "changed-in-nowhere.txt")
    assert late(made, seen).outcome == "pass"


def test_an_artifact_among_the_changes_is_left_to_another_rule(made: Made) -> None:
    assert late(made, shows(made, "/w", SIDE, "made-in-root.txt")).outcome == "pass"


def test_a_file_of_any_name_is_missed(made: Made) -> None:
    new = (ChangeFile(directory="root", file="x.txt"), shows(made, "/w", SIDE))
    steps: tuple[tuple[AnyAction, Observation], ...] = (
        (GO, shows(made, "/w", SIDE)),
        (COMES, shows(made, "/w", SIDE)),
        new,
        (Hold(what="diff"), shows(made, "/w", SIDE)),
        (BACK, shows(made, "/p")),
        (GO, shows(made, "/w", SIDE)),
    )
    both = stale_vcs(reviewed(made, "diff", *steps, (COMES, shows(made, "/w", SIDE, "x.txt"))))
    assert both.findings[0].summary.endswith("worktree showed x.txt, which is not in it")


def test_a_file_changed_meanwhile_belongs_to_its_directory(made: Made) -> None:
    steps: Steps = (
        (ChangeFile(directory="root", file="x.txt"), shows(made, "/w", SIDE)),
        (BACK, shows(made, "/p", ROOT, "x.txt")),
    )
    assert late(made, shows(made, "/w", SIDE), after=steps).outcome == "pass"


def test_another_project_on_another_server_is_another_directory(made: Made) -> None:
    there = ShowSession(server="workspace", directory="elsewhere")
    ours = shows(made, "/e", "changed-in-elsewhere.txt")
    judged = stale_vcs(reviewed(made, "diff", (there, ours), (COMES, ours)))
    assert (judged.outcome, judged.evidence) == ("pass", 1)
    (found, *_) = stale_vcs(
        reviewed(made, "diff", (there, ours), (COMES, shows(made, "/e", ROOT)))
    ).findings
    assert "the review of elsewhere showed changed-in-root.txt" in found.summary


def test_another_session_in_the_same_directory_may_have_the_answer(made: Made) -> None:
    short = (ShowSession(session="short"), shows(made, "/p"))
    judged = stale_vcs(reviewed(made, "diff", short, (COMES, shows(made, "/p", ROOT))))
    assert (judged.outcome, judged.evidence) == ("pass", 2)


@pytest.mark.parametrize("odd", ["/w w", "/“w”", "/w\n"])
def test_odd_paths_are_told_apart(made: Made, odd: str) -> None:
    names = NAMES.model_copy(update={"directories": {**NAMES.directories, "worktree": odd}})
    went = shows(made, odd, SIDE)
    trace = reviewed(made, "diff", (GO, went), (COMES, shows(made, odd, SIDE, ROOT)))
    (foreign, _) = stale_vcs(trace.model_copy(update={"names": names})).findings
    assert "the review of worktree showed changed-in-root.txt" in foreign.summary


def test_a_place_that_is_not_told_judges_no_frame(made: Made) -> None:
    seen = made.still(signs=made.signs(diff=[SIDE]))
    assert late(made, seen).outcome == "pass"
    (found,) = late(made, shows(made, "/unknown", ROOT)).findings
    assert "the late answer left the review" in found.summary


def test_what_stands_at_the_end_counts_only_at_rest(made: Made) -> None:
    restless = Settled(quiet=False, took_ms=1.0, moving=("rows",))
    assert late(made, shows(made, "/w", settled=restless)).findings == ()


def test_an_app_that_tells_nothing_of_its_changes_is_inconclusive(made: Made) -> None:
    found = late(made, made.still())
    words = "the app told nothing of its changes that could be read when they came late"
    assert (found.outcome, found.evidence, found.reason) == ("inconclusive", 0, words)


def test_lost_samples_are_inconclusive(made: Made) -> None:
    told = made.signs(diff=[SIDE], execution={"directory": "/w"})
    assert late(made, made.still(signs=told, capture={"lost": 1})).outcome == "inconclusive"


def test_where_nothing_comes_late_each_review_that_is_read_is_evidence(made: Made) -> None:
    here = shows(made, "/p", ROOT)
    found = stale_vcs(reviewed(made, "diff", (COMES, here), (GO, shows(made, "/w", SIDE))))
    assert (found.outcome, found.evidence) == ("pass", 2)


def test_where_nothing_comes_late_changes_of_another_directory_are_found(made: Made) -> None:
    found = stale_vcs(reviewed(made, "diff", (COMES, shows(made, "/p", SIDE))))
    assert (found.outcome, found.evidence) == ("violated", 1)


@pytest.mark.parametrize("files", [[], [SIDE]])
def test_where_nothing_comes_late_a_review_that_cannot_be_read_is_none(
    made: Made, files: list[str]
) -> None:
    place = {} if files else {"execution": {"directory": "/p"}}
    seen = made.still(signs=made.signs(diff=files, **place))
    found = stale_vcs(reviewed(made, "diff", (COMES, seen)))
    words = "no review in which changes could be read was open"
    assert (found.outcome, found.reason) == ("not applicable", words)


def on(made: Made, place: str, branch: str, **parts: object) -> Observation:
    file = SIDE if place == "/w" else ROOT
    return made.still(
        signs=made.signs(diff=[file], execution={"directory": place, "branch": branch}), **parts
    )


def named(made: Made, seen: Observation) -> Judgement:
    names = NAMES.model_copy(update={"branches": {"root": "main", "worktree": "opencode/w"}})
    trace = reviewed(made, "diff", (GO, on(made, "/w", "opencode/w")), (COMES, seen))
    return stale_vcs(trace.model_copy(update={"names": names}))


def test_the_branch_of_the_directory_passes(made: Made) -> None:
    assert named(made, on(made, "/w", "opencode/w")).outcome == "pass"


@pytest.mark.parametrize(
    ("branch", "said"), [("main", "the page named main"), ("", "the page named no branch")]
)
def test_the_branch_of_another_directory_is_found(made: Made, branch: str, said: str) -> None:
    (found,) = named(made, on(made, "/w", branch)).findings
    assert found.summary.endswith(f"{said} for worktree, which is on opencode/w")
    assert (found.step, found.expected, found.observed) == (4, "opencode/w", branch)


def test_a_branch_on_its_way_counts_only_at_rest(made: Made) -> None:
    restless = Settled(quiet=False, took_ms=1.0, moving=("signs",))
    assert named(made, on(made, "/w", "main", settled=restless)).findings == ()
