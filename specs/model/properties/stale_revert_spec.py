"""stale-revert: the answer to a revert changes its own scope, wherever the person is by then."""

import pytest

from harness.actions import AnyAction, Hold, Release, ShowSession
from harness.observations import Exchange, Observation, RequestScope, Settled
from harness.properties.judgement import Judgement
from harness.properties.stale_revert import stale_revert
from specs.model.conftest import HERE, Made
from specs.model.late import (
    ALL,
    ASK,
    BACK,
    GO,
    LEFT,
    TAKE_BACK,
    THERE,
    Steps,
    asking,
    stands,
    taken_back,
)

DONE = Release(what="revert")
TO_SHORT = ShowSession(session="short")
HOME = ShowSession()
TEXT = ASK.text


def went(made: Made) -> tuple[AnyAction, Observation]:
    return GO, stands(made, *LEFT, draft=TEXT, place="/w")


def answered(made: Made, seen: Observation, *, asked: Exchange | None = None) -> Judgement:
    """The answer comes in the worktree, in step 5."""
    request = asked or asking(made)
    return stale_revert(taken_back(made, went(made), (DONE, seen), fails=False, asked=request))


def failed(made: Made, seen: Observation) -> Judgement:
    """The request fails in the worktree, in step 5."""
    steps: Steps = (went(made), (DONE, seen))
    return stale_revert(taken_back(made, *steps, fails=True, asked=asking(made)))


def test_an_answer_that_changes_nothing_on_screen_passes(made: Made) -> None:
    found = answered(made, stands(made, *LEFT, draft=TEXT, place="/w"))
    assert (found.outcome, found.evidence) == ("pass", 1)


def test_a_failure_brings_the_messages_back_and_leaves_the_composer(made: Made) -> None:
    found = failed(made, stands(made, *ALL, draft=TEXT, place="/w"))
    assert (found.outcome, found.evidence) == ("pass", 1)


def test_a_request_for_another_directory_is_found(made: Made) -> None:
    seen = stands(made, *LEFT, draft=TEXT, place="/w")
    (found,) = answered(made, seen, asked=asking(made, THERE)).findings
    words = "the request was made for session ses_1 in worktree on server"
    assert (found.step, found.t) == (5, 100.0)
    assert found.summary == (
        f"after release the late answer to a revert reached the wrong scope: {words}"
    )
    assert found.expected == (
        "only the scope of the click changes: session long of server, root, epoch 1"
    )


@pytest.mark.parametrize("place", [{"server_key": "mirror"}, {"session_id": "ses_2"}])
def test_a_request_for_another_session_is_found(made: Made, place: dict[str, str]) -> None:
    seen = stands(made, *LEFT, draft=TEXT, place="/w")
    scope = made.here.model_copy(update=place)
    assert answered(made, seen, asked=asking(made, scope)).outcome == "violated"


def test_a_request_that_declares_no_directory_passes(made: Made) -> None:
    seen = stands(made, *LEFT, draft=TEXT, place="/w")
    bare = asking(made, made.here.model_copy(update={"directory": None}))
    assert answered(made, seen, asked=bare).outcome == "pass"


@pytest.mark.parametrize(("scope", "outcome"), [(HERE, "pass"), (THERE, "violated")])
def test_a_request_that_leaves_after_the_switch_is_still_the_clicks(
    made: Made, scope: RequestScope, outcome: str
) -> None:
    there = stands(made, *LEFT, draft=TEXT, place="/w", exchanges=(asking(made, scope),))
    steps: Steps = ((GO, there), (DONE, stands(made, *LEFT, draft=TEXT, place="/w")))
    found = stale_revert(taken_back(made, *steps, fails=False, asked=None))
    assert (found.outcome, found.evidence) == (outcome, 1)


@pytest.mark.parametrize("other", [{"method": "GET"}, {"path": "/session/ses_1/message"}])
def test_other_requests_are_not_the_clicks(made: Made, other: dict[str, str]) -> None:
    stray = asking(made, THERE, number=6).model_copy(update=other)
    there = stands(made, *LEFT, draft=TEXT, place="/w", exchanges=(stray,))
    steps: Steps = ((GO, there), (DONE, stands(made, *LEFT, draft=TEXT, place="/w")))
    found = stale_revert(taken_back(made, *steps, fails=False, asked=asking(made)))
    assert (found.outcome, found.evidence) == ("pass", 1)


def test_the_answer_comes_with_its_own_release_only(made: Made) -> None:
    there = stands(made, *LEFT, draft=TEXT, place="/w")
    steps: Steps = (went(made), (Hold(what="commands"), there), (Release(what="commands"), there))
    found = stale_revert(taken_back(made, *steps, fails=False, asked=asking(made)))
    assert found.outcome == "not applicable"


def again_in_the_worktree(made: Made, first: Exchange, second: Exchange) -> Judgement:
    """A click in each directory; each answer comes in the other one."""
    there = stands(made, *ALL, draft=TEXT, place="/w")
    clicked = stands(made, *LEFT, draft=TEXT, place="/w", exchanges=(second,))
    steps: Steps = (
        went(made),
        (DONE, there),
        (Hold(what="revert", fails=True), there),
        (TAKE_BACK, clicked),
        (BACK, stands(made, *LEFT, draft=TEXT)),
        (DONE, stands(made, *ALL, draft=TEXT)),
    )
    return stale_revert(taken_back(made, *steps, fails=True, asked=first))


def test_each_click_of_a_flow_has_a_request_of_its_own(made: Made) -> None:
    first, second = asking(made), asking(made, THERE, number=6)
    found = again_in_the_worktree(made, first, second)
    assert (found.outcome, found.evidence) == ("pass", 2)


def test_the_scope_of_another_click_is_no_excuse(made: Made) -> None:
    swapped = again_in_the_worktree(made, asking(made, THERE), asking(made, number=6))
    assert [found.step for found in swapped.findings] == [5, 9]


def test_a_request_that_was_seen_open_first_is_that_of_the_earlier_click(made: Made) -> None:
    first, second = asking(made), asking(made, THERE, number=6)
    still_open = first.model_copy(update={"outcome": "open"})
    assert again_in_the_worktree(made, still_open, second).outcome == "pass"


@pytest.mark.parametrize("seen_in", ["one frame", "the end"])
def test_an_answer_that_says_where_the_session_works_is_found(made: Made, seen_in: str) -> None:
    there = made.signs(draft=TEXT, execution={"directory": "/w"})
    stale = made.signs(116.0, execution={"directory": "/p"})
    cured = made.signs(132.0, execution={"directory": "/w"}) if seen_in == "one frame" else ()
    seen = stands(made, *LEFT, signs=(*there, *stale, *cured))
    (found,) = answered(made, seen).findings
    assert found.observed == "the session was shown to work in root"


@pytest.mark.parametrize("value", [None, {}, "/p"])
def test_an_app_that_does_not_say_where_it_works_is_not_judged_by_it(
    made: Made, value: object
) -> None:
    told = made.signs(draft=TEXT, execution=value)
    assert answered(made, stands(made, *LEFT, signs=told)).outcome == "pass"


def test_messages_shown_that_are_taken_back_are_found(made: Made) -> None:
    (found,) = answered(made, stands(made, *ALL, draft=TEXT, place="/w")).findings
    assert found.observed.endswith("2 messages were shown that are taken back")


def test_messages_shown_in_one_frame_are_found(made: Made) -> None:
    rows = (made.changed(116.0, *LEFT, "a1"), made.changed(132.0, *LEFT))
    seen = stands(made, draft=TEXT, place="/w", capture={"row_changes": rows})
    (found,) = answered(made, seen).findings
    assert found.observed == "1 message was shown that is taken back"


def test_messages_hidden_in_one_frame_are_found(made: Made) -> None:
    rows = (made.changed(116.0), made.changed(132.0, *LEFT))
    seen = stands(made, draft=TEXT, place="/w", capture={"row_changes": rows})
    assert answered(made, seen).findings[0].observed == "“before” was hidden"


@pytest.mark.parametrize("told", [True, False])
def test_messages_that_stay_hidden_after_a_failure_are_found(made: Made, *, told: bool) -> None:
    rows = {} if told else {"rows": ()}  # rows that do not change are not told again
    seen = stands(made, *LEFT, draft=TEXT, place="/w", **rows)
    (found,) = failed(made, seen).findings
    assert (found.step, found.observed) == (5, "“Say it.” was hidden")


def test_a_failure_may_bring_the_messages_back_one_by_one(made: Made) -> None:
    rows = (made.changed(116.0, "m0", "m1"), made.changed(132.0, *ALL))
    seen = stands(made, draft=TEXT, place="/w", capture={"row_changes": rows})
    assert failed(made, seen).outcome == "pass"


def test_a_message_without_a_row_of_its_own_is_not_missed(made: Made) -> None:
    steps: Steps = (went(made), (DONE, stands(made, "m0", "m1", draft=TEXT, place="/w")))
    trace = taken_back(made, *steps, fails=True, asked=asking(made))
    traits = made.windowed.model_copy(update={"roles_with_rows": ("user",)})
    assert stale_revert(trace.model_copy(update={"traits": traits})).outcome == "pass"


def test_in_a_virtual_list_the_latest_may_be_out_of_view(made: Made) -> None:
    steps: Steps = (went(made), (DONE, stands(made, *LEFT, draft=TEXT, place="/w")))
    trace = taken_back(made, *steps, fails=True, asked=asking(made))
    assert stale_revert(trace.model_copy(update={"traits": made.virtual})).outcome == "pass"


def test_a_composer_that_is_rolled_back_is_found(made: Made) -> None:
    (found,) = failed(made, stands(made, *ALL, draft="", place="/w")).findings
    said, left = "the composer said “”", "the composer was left with “”, not “Say it.”"
    assert found.observed == f"{said}; {left}"


def test_a_strange_word_in_one_frame_is_found(made: Made) -> None:
    here = {"execution": {"directory": "/w"}}
    told = (
        *made.signs(draft=TEXT, **here),
        *made.signs(116.0, draft="x"),
        *made.signs(132.0, draft=TEXT),
    )
    (found,) = failed(made, stands(made, *ALL, signs=told)).findings
    assert found.observed == "the composer said “x”"


def test_a_page_without_a_composer_says_nothing(made: Made) -> None:
    assert failed(made, stands(made, *ALL, draft=None, place="/w")).outcome == "pass"


def test_what_stands_at_the_end_counts_only_at_rest(made: Made) -> None:
    restless = Settled(quiet=False, took_ms=1.0, moving=("rows",))
    seen = stands(made, *LEFT, draft=TEXT, place="/w", settled=restless)
    assert failed(made, seen).findings == ()


def elsewhere(made: Made, seen: Observation, home: Observation, *, fails: bool) -> Judgement:
    """The answer comes in step 5, with the short session on screen; step 6 goes home."""
    short = made.still(rows=(("s0",),), signs=made.signs(draft=""))
    steps: Steps = ((TO_SHORT, short), (DONE, seen), (HOME, home))
    return stale_revert(taken_back(made, *steps, fails=fails, asked=asking(made)))


def of_the_short_one(made: Made, *rows: str, draft: str = "") -> Observation:
    record = made.record(("s0", "short"), ("a0", "reply"), scope=made.at(session="ses_2"))
    return made.still(rows=(rows,), records=(record,), signs=made.signs(draft=draft))


@pytest.mark.parametrize("fails", [True, False])
def test_another_session_on_screen_keeps_what_it_has(made: Made, *, fails: bool) -> None:
    # Both sessions work in one directory, in one epoch: a failure rolls the prompt back.
    home = stands(made, *ALL) if fails else stands(made, *LEFT, draft=TEXT)
    found = elsewhere(made, of_the_short_one(made, "s0", "a0"), home, fails=fails)
    assert (found.outcome, found.evidence) == ("pass", 1)


@pytest.mark.parametrize(
    ("rows", "draft", "said"),
    [
        (("s0", "a0"), TEXT, "the composer said “Say it.”"),
        (("s0",), "", "“reply” was hidden"),
        ((), "", "“short” was hidden"),
    ],
)
def test_an_answer_that_changes_another_session_is_found(
    made: Made, rows: tuple[str, ...], draft: str, said: str
) -> None:
    home = stands(made, *LEFT, draft=TEXT)
    seen = of_the_short_one(made, *rows, draft=draft)
    (found,) = elsewhere(made, seen, home, fails=False).findings
    assert found.step == 5
    assert found.summary.endswith(said)


@pytest.mark.parametrize(
    ("rows", "draft", "said"),
    [
        (LEFT, "", "“Say it.” was hidden"),
        (ALL, TEXT, "the composer was left with “Say it.”, not “”"),
    ],
)
def test_what_is_wrong_when_the_session_is_back_is_found(
    made: Made, rows: tuple[str, ...], draft: str, said: str
) -> None:
    seen = of_the_short_one(made, "s0", "a0")
    (found,) = elsewhere(made, seen, stands(made, *rows, draft=draft), fails=True).findings
    assert (found.step, found.observed) == (6, said)


def test_a_click_whose_request_was_not_seen_is_inconclusive(made: Made) -> None:
    steps: Steps = (went(made), (DONE, stands(made, *LEFT, draft=TEXT, place="/w")))
    found = stale_revert(taken_back(made, *steps, fails=False, asked=None))
    words = "the request of a revert was not seen"
    assert (found.outcome, found.evidence, found.reason) == ("inconclusive", 0, words)


def test_lost_samples_are_inconclusive(made: Made) -> None:
    told = made.signs(draft=TEXT, execution={"directory": "/w"})
    seen = stands(made, *LEFT, signs=told, capture={"lost": 1})
    assert answered(made, seen).outcome == "inconclusive"


def test_an_answer_in_the_scope_of_the_click_is_not_judged(made: Made) -> None:
    steps: Steps = ((DONE, stands(made, *LEFT, draft=TEXT)),)
    found = stale_revert(taken_back(made, *steps, fails=False, asked=asking(made)))
    assert (found.outcome, found.evidence) == ("not applicable", 0)


def test_an_answer_in_a_newer_visit_is_left_to_another_rule(made: Made) -> None:
    back = stands(made, *LEFT, draft=TEXT)
    steps: Steps = (went(made), (BACK, back), (DONE, back))
    found = stale_revert(taken_back(made, *steps, fails=False, asked=asking(made)))
    assert found.outcome == "not applicable"
