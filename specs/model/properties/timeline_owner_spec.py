"""timeline-owner: the rows are those of the session at the page's address."""

import pytest

from harness.actions import AnyAction, Hold, OpenSession, Release, SendPrompt, ShowSession
from harness.observations import Frame, Observation, RowChange, Screen, Settled
from harness.properties.judgement import Judgement
from harness.properties.timeline_owner import timeline_owner
from specs.model.conftest import Made

OURS, THEIRS = ("m0", "a1"), ("x0", "a9")
TO_MIRROR = ShowSession(server="mirror")
HOME = ShowSession()


def here(made: Made, *, ids: tuple[str, ...] = OURS) -> Observation:
    record = made.record(*((key, key) for key in ids))
    return made.still(rows=(ids,), records=(record,), screens=(made.screen(),))


def going(
    made: Made,
    *rows: RowChange,
    frames: tuple[float, ...] = (120.0,),
    screens: tuple[Screen, ...] | None = None,
    ids: tuple[str, ...] = THEIRS,
) -> Observation:
    """The address becomes the mirror's at 120 ms."""
    seen: list[Frame] = [made.frame(repeats=3), *(made.frame(t=t, repeats=2) for t in frames)]
    record = made.record(*((key, key) for key in ids), scope=made.at("mirror"))
    usual = (made.screen(), made.screen(120.0, server="mirror"))
    return made.observed(
        *seen,
        capture={"row_changes": rows},
        records=(record,) if ids else (),
        screens=usual if screens is None else screens,
    )


def judged(made: Made, *later: tuple[AnyAction, Observation]) -> Judgement:
    return timeline_owner(made.trace((OpenSession(), here(made)), *later))


def gone(made: Made, *rows: RowChange, frames: tuple[float, ...] = (120.0,)) -> Judgement:
    return judged(made, (TO_MIRROR, going(made, *rows, frames=frames)))


def test_rows_that_change_with_the_address_pass(made: Made) -> None:
    found = gone(made, made.changed(120.0, *THEIRS))
    assert (found.outcome, found.evidence) == ("pass", 5)


def test_an_empty_page_while_messages_are_late_passes(made: Made) -> None:
    assert gone(made, made.changed(120.0)).outcome == "pass"


def test_rows_left_standing_for_one_frame_are_found(made: Made) -> None:
    (found,) = gone(made, made.changed(136.0, *THEIRS), frames=(120.0, 136.0)).findings
    words = "after show-session the session on mirror showed 2 rows of another session"
    assert (found.step, found.t, found.summary) == (1, 120.0, words)
    assert found.observed == "2 rows: m0, a1"


def test_a_stranger_in_one_frame_in_the_midst_is_found(made: Made) -> None:
    rows = (
        made.changed(120.0, *THEIRS),
        made.changed(136.0, *THEIRS, "m0"),
        made.changed(152.0, *THEIRS),
    )
    (found,) = gone(made, *rows, frames=(120.0, 136.0, 152.0)).findings
    assert found.t == 136.0
    assert found.summary.endswith("showed a row of another session")


def test_rows_left_standing_to_the_end_are_found_though_all_frames_are_alike(made: Made) -> None:
    (found,) = gone(made, frames=()).findings
    assert (found.step, found.t) == (1, 120.0)


def test_what_stands_at_the_end_counts_only_at_rest(made: Made) -> None:
    seen = going(made, frames=()).model_copy(
        update={"settled": Settled(quiet=False, took_ms=1.0, moving=("rows",))}
    )
    assert judged(made, (TO_MIRROR, seen)).findings == ()


def test_a_new_page_that_has_no_rows_yet_shows_nothing(made: Made) -> None:
    there = OpenSession(server="mirror")
    record = made.record(("x0", "x"), scope=made.at("mirror"))
    bare = made.observed(
        made.frame(rows=0), records=(record,), screens=(made.screen(server="mirror"),)
    )
    found = judged(made, (there, bare))
    assert (found.outcome, found.evidence) == ("pass", 1)


def test_rows_before_the_moment_of_the_switch_are_the_others(made: Made) -> None:
    seen = going(made, made.changed(120.0, *THEIRS), frames=(119.9, 120.0))
    assert judged(made, (TO_MIRROR, seen)).outcome == "pass"


def test_strangers_in_a_later_step_at_home_are_found(made: Made) -> None:
    back = made.still(rows=(OURS,), screens=(made.screen(),))
    late = made.still(rows=((*OURS, "x0"),), screens=(made.screen(),))
    found = judged(
        made,
        (TO_MIRROR, going(made, made.changed(120.0, *THEIRS))),
        (HOME, back),
        (Hold(what="messages"), back),
        (Release(what="messages"), late),
    ).findings
    assert [each.step for each in found] == [4]
    assert "the session on server showed a row of another" in found[0].summary


def test_another_session_of_the_same_server_is_a_stranger_too(made: Made) -> None:
    short = made.at(session="ses_2")
    seen = made.still(
        rows=(OURS,),
        records=(made.record(("x0", "x"), scope=short),),
        screens=(made.screen(session="ses_2"),),
    )
    (found,) = judged(made, (ShowSession(session="short"), seen)).findings
    assert found.observed == "2 rows: m0, a1"


def test_a_row_that_no_session_holds_is_no_strangers(made: Made) -> None:
    assert gone(made, made.changed(120.0, *THEIRS, "on-its-way")).outcome == "pass"


def test_rows_of_no_message_are_passed_over(made: Made) -> None:
    trace = made.trace((OpenSession(), here(made)), (TO_MIRROR, going(made, made.changed(120.0))))
    traits = made.windowed.model_copy(update={"row_key": r"^none$"})
    assert timeline_owner(trace.model_copy(update={"traits": traits})).outcome == "pass"


def test_equal_ids_on_both_servers_cannot_be_told_apart(made: Made) -> None:
    seen = going(made, made.changed(120.0, *OURS), ids=OURS)
    found = judged(made, (TO_MIRROR, seen))
    words = "no frame was seen in which a message of another session could be told"
    assert (found.outcome, found.evidence, found.reason) == ("inconclusive", 0, words)


def test_one_id_more_on_the_other_server_is_told_apart(made: Made) -> None:
    back = made.still(rows=((*OURS, "x7"),), screens=(made.screen(),))
    there = going(made, made.changed(120.0, *OURS), ids=(*OURS, "x7"))
    (found,) = judged(made, (TO_MIRROR, there), (HOME, back)).findings
    assert (found.step, found.observed) == (2, "a row: x7")


def test_a_session_whose_record_was_never_read_is_no_evidence(made: Made) -> None:
    seen = going(made, screens=(made.screen(server="mirror"),), ids=())
    assert judged(made, (TO_MIRROR, seen)).evidence == 0


def test_an_address_that_names_no_session_is_passed_over(made: Made) -> None:
    nowhere = (made.screen(), Screen(t=120.0, scope=None))
    found = judged(made, (TO_MIRROR, going(made, screens=nowhere)))
    assert (found.outcome, found.evidence) == ("pass", 3)


def test_without_an_address_it_is_inconclusive(made: Made) -> None:
    bare = made.still(rows=(OURS,))
    found = timeline_owner(made.trace((OpenSession(), bare), (TO_MIRROR, bare)))
    assert (found.outcome, found.reason) == ("inconclusive", "no address of a session was seen")


def test_lost_samples_are_inconclusive(made: Made) -> None:
    seen = going(made, made.changed(120.0, *THEIRS))
    lossy = seen.capture.model_copy(update={"lost": 2})
    found = judged(made, (TO_MIRROR, seen.model_copy(update={"capture": lossy})))
    assert found.outcome == "inconclusive"
    assert "2 samples were lost" in found.reason


@pytest.mark.parametrize("odd", ["/", '","', "ses 1", "é\u202e"])
def test_odd_ids_keep_two_sessions_apart(made: Made, odd: str) -> None:
    held = made.record((f"m{odd}", "x"), scope=made.at(session=odd))
    screens = (made.screen(session=odd),)
    own = made.still(rows=((f"m{odd}",),), records=(held,), screens=screens)
    short = ShowSession(session="short")
    assert judged(made, (short, own)).outcome == "pass"
    foreign = made.still(rows=(OURS,), records=(held,), screens=screens)
    assert judged(made, (short, foreign)).outcome == "violated"


def test_a_flow_with_one_session_is_not_judged(made: Made) -> None:
    found = judged(made, (SendPrompt(text="Go on."), here(made)))
    assert (found.outcome, found.reason) == ("not applicable", "this flow shows one session only")
