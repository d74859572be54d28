"""Timeline, viewport and composer: the same node or another, also for less than a frame."""

import pytest

from fixtures.calibration.chat import Chat
from harness.observations import Capture, Part

SWAP = "timeline.replaceWith(timeline.cloneNode(true))"


def told(capture: Capture, part: Part) -> list[tuple[str, int]]:
    return [(mount.kind, mount.node) for mount in capture.mounts if mount.part == part]


def test_an_identical_node_in_its_place_is_another_node(chat: Chat) -> None:
    capture = chat.play("", SWAP)
    old, new = (frame.timeline for frame in capture.frames)
    assert old is not None
    assert new is not None
    assert new > old
    assert told(capture, "timeline") == [("unmount", old), ("mount", new)]
    assert capture.row_changes == ()  # the same keys
    assert capture.frames[0].viewport == capture.frames[1].viewport


@pytest.mark.parametrize(
    "act",
    [
        "timeline.remove(); viewport.append(timeline)",
        "const twin = row(0); timeline.replaceWith(twin); twin.replaceWith(timeline)",
        "timeline.remove(); queueMicrotask(() => viewport.append(timeline))",
    ],
    ids=["out and in", "swapped and back", "back in a microtask"],
)
def test_a_swap_within_one_frame_is_seen(chat: Chat, act: str) -> None:
    capture = chat.play("", act)
    node = capture.frames[0].timeline
    assert {frame.timeline for frame in capture.frames} == {node}
    assert told(capture, "timeline") == [("unmount", node), ("mount", node)]


def test_a_twin_that_stood_for_a_microtask_is_named(chat: Chat) -> None:
    capture = chat.play(
        "",
        "const copy = timeline.cloneNode(true); timeline.replaceWith(copy);"
        "Promise.resolve().then(() => 0).then(() => copy.replaceWith(timeline))",
    )
    node = capture.frames[0].timeline
    assert [kind for kind, _ in told(capture, "timeline")] == ["unmount", "mount"] * 2
    assert told(capture, "timeline")[-1] == ("mount", node)


def test_a_remounted_composer_is_another_node(chat: Chat) -> None:
    capture = chat.play("", "composer.replaceWith(composer.cloneNode())")
    old, new = (frame.composer for frame in capture.frames)
    assert told(capture, "composer") == [("unmount", old), ("mount", new)]
    assert told(capture, "timeline") == told(capture, "viewport") == []


def test_what_goes_with_its_parent_is_unmounted_too(chat: Chat) -> None:
    capture = chat.play("", "viewport.remove()", "document.body.prepend(viewport)")
    assert [frame.timeline is None for frame in capture.frames] == [False, True, False]
    assert [kind for kind, _ in told(capture, "timeline")] == ["unmount", "mount"]
    assert [kind for kind, _ in told(capture, "viewport")] == ["unmount", "mount"]
    gone = capture.frames[1]
    assert (gone.rows, gone.scroll_height, gone.anchor) == (0, 0, None)


def test_a_node_that_lost_its_mark_is_no_longer_found(chat: Chat) -> None:
    capture = chat.play("", "composer.dataset.component = 'other'")
    assert [frame.composer is None for frame in capture.frames] == [False, True]


def test_other_elements_may_come_and_go(chat: Chat) -> None:
    capture = chat.play(
        "document.body.append(document.createElement('p'))",
        "document.querySelector('p').replaceWith(document.createElement('aside'))",
        "timeline.firstChild.replaceWith(row(0))",
    )
    assert capture.mounts == capture.row_changes == ()
    assert len(capture.frames) == 1
