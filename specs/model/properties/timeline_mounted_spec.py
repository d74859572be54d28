"""timeline-mounted, proven both ways."""

import pytest

from harness.actions import Hold, OpenSession, Release, SendPrompt, ShowSession
from harness.observations import Mount, Observation, Part
from harness.properties.timeline_mounted import timeline_mounted
from harness.trace import Trace
from specs.model.conftest import Made

STEP = {"t": 99.0, "step": 1}


def mount(kind: str, node: int, part: Part = "timeline") -> Mount:
    return Mount.model_validate({**STEP, "kind": kind, "node": node, "part": part})


def test_the_same_nodes_pass_with_every_frame_counted(made: Made) -> None:
    seen = made.observed(made.frame(repeats=4), made.frame(scroll_top=501.0, repeats=2))
    judged = timeline_mounted(made.sending(seen))
    assert (judged.outcome, judged.evidence) == ("pass", 6)


@pytest.mark.parametrize("part", ["timeline", "viewport", "composer"])
def test_another_node_in_one_frame_is_found(made: Made, part: str) -> None:
    seen = made.observed(made.frame(), made.frame(**{part: 77, "t": 116.0}), made.frame())
    judged = timeline_mounted(made.sending(seen))
    (found,) = judged.findings
    assert judged.outcome == "violated"
    assert (found.step, found.t) == (1, 116.0)
    assert found.summary.startswith(f"after send-prompt the {part} was a new element; rows 10 → 10")
    assert found.observed == f"{part} node 77"


def test_parts_that_went_together_are_one_finding(made: Made) -> None:
    seen = made.observed(made.frame(timeline=7, viewport=8, t=116.0))
    (found,) = timeline_mounted(made.sending(seen)).findings
    assert "the timeline and the viewport were new elements" in found.summary
    assert found.observed == "timeline node 7, viewport node 8"


def test_parts_that_went_at_different_times_are_told_apart(made: Made) -> None:
    seen = made.observed(
        made.frame(timeline=7, t=116.0), made.frame(timeline=7, composer=9, t=132.0)
    )
    found = timeline_mounted(made.sending(seen)).findings
    assert [each.t for each in found] == [116.0, 132.0]


def test_a_node_that_is_gone_is_found(made: Made) -> None:
    judged = timeline_mounted(made.sending(made.observed(made.frame(timeline=None))))
    assert "the timeline was gone" in judged.findings[0].summary
    assert judged.findings[0].observed == "no timeline"


def test_swapped_and_back_within_one_frame_is_found(made: Made) -> None:
    mounts = (mount("unmount", 1), mount("mount", 9), mount("unmount", 9), mount("mount", 1))
    judged = timeline_mounted(made.sending(made.still(capture={"mounts": mounts})))
    (found,) = judged.findings
    assert "left the document and came back within one frame" in found.summary
    assert found.t == 99.0
    assert found.evidence[0] == "unmount of timeline node 1 at 99.0"


def test_what_went_and_came_back_in_one_frame_is_one_finding(made: Made) -> None:
    went = mount("unmount", 1), mount("unmount", 3, "composer")
    apart = tuple(each.model_copy(update={"t": 99.0 + n / 10}) for n, each in enumerate(went))
    (found,) = timeline_mounted(made.sending(made.still(capture={"mounts": apart}))).findings
    assert len(found.causes) == 2
    assert found.t == 99.0


def test_an_unmount_of_a_foreign_node_is_none(made: Made) -> None:
    mounts = (mount("unmount", 50), mount("mount", 1), mount("unmount", 1, "composer"))
    judged = timeline_mounted(made.sending(made.still(capture={"mounts": mounts})))
    assert judged.outcome == "pass"


def test_two_remounts_in_two_steps_are_two_findings(made: Made) -> None:
    opened = made.still()
    first, second = made.observed(made.frame(timeline=7)), made.observed(made.frame(timeline=8))
    trace = made.trace(
        (OpenSession(), opened), (SendPrompt(text="a"), first), (SendPrompt(text="b"), second)
    )
    assert [found.step for found in timeline_mounted(trace).findings] == [1, 2]


def test_a_remount_is_found_once_though_the_new_node_stays(made: Made) -> None:
    new = made.observed(made.frame(timeline=7))
    trace = made.trace(
        (OpenSession(), made.still()), (SendPrompt(text="a"), new), (SendPrompt(text="b"), new)
    )
    assert [found.step for found in timeline_mounted(trace).findings] == [1]


def test_opening_again_may_build_new_nodes(made: Made) -> None:
    new = made.observed(made.frame(timeline=7, viewport=8, composer=9))
    trace = made.trace(
        (OpenSession(), made.still()),
        (SendPrompt(text="a"), made.still()),
        (OpenSession(), new),
        (SendPrompt(text="b"), new),
    )
    assert (timeline_mounted(trace).outcome, timeline_mounted(trace).evidence) == ("pass", 4)


def test_a_step_without_frames_keeps_the_nodes_of_the_one_before(made: Made) -> None:
    trace = made.trace(
        (OpenSession(), made.still()),
        (SendPrompt(text="a"), made.observed()),
        (SendPrompt(text="b"), made.observed(made.frame(composer=7))),
    )
    assert [found.step for found in timeline_mounted(trace).findings] == [2]


def test_a_part_that_was_never_there_is_inconclusive(made: Made) -> None:
    bare = made.observed(made.frame(composer=None))
    judged = timeline_mounted(made.sending(bare, opened=bare))
    assert judged.outcome == "inconclusive"
    assert judged.reason == "after open-session (step 0) there was no composer in the page to watch"


def late(made: Made, *, came: Observation, then: Observation | None) -> Trace:
    """Another session's messages are late: nothing of it is there until they come."""
    nothing = made.observed(made.frame(timeline=None, viewport=None, composer=None, rows=0))
    return made.trace(
        (OpenSession(), made.still()),
        (Hold(what="messages"), made.still()),
        (ShowSession(session="short"), nothing),
        (Release(what="messages"), came),
        *([(SendPrompt(text="a"), then)] if then else []),
    )


def test_what_comes_with_late_messages_is_watched_from_there(made: Made) -> None:
    new = made.observed(made.frame(timeline=7, viewport=8, composer=9))
    assert timeline_mounted(late(made, came=new, then=new)).outcome == "pass"
    (found,) = timeline_mounted(late(made, came=new, then=made.still())).findings
    assert found.step == 4


def test_what_has_not_come_with_late_messages_or_came_last_is_inconclusive(made: Made) -> None:
    new = made.observed(made.frame(timeline=7, viewport=8, composer=9))
    bare = made.observed(made.frame(timeline=7, viewport=8, composer=None))
    unwatched = "after show-session (step 2) there was no composer in the page to watch"
    assert timeline_mounted(late(made, came=bare, then=bare)).reason == unwatched
    assert timeline_mounted(late(made, came=new, then=None)).outcome == "inconclusive"


@pytest.mark.parametrize("alone", [True, False])
def test_no_frame_is_inconclusive(made: Made, *, alone: bool) -> None:
    trace = made.trace((OpenSession(), made.still())) if alone else made.sending(made.observed())
    judged = timeline_mounted(trace)
    assert (judged.outcome, judged.reason) == ("inconclusive", "no frame was seen")


def test_lost_samples_are_inconclusive(made: Made) -> None:
    judged = timeline_mounted(made.sending(made.still(capture={"lost": 3})))
    assert judged.outcome == "inconclusive"
    assert "3 samples were lost" in judged.reason
