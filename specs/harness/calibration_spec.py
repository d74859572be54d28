"""Pages whose every frame is known, from the browser to the verdict of the rules.

What must be seen is found by exactly the rules named, and the others pass with evidence; what must
not be seen leaves every rule at a pass.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from fixtures.calibration.chat import Chat, open_chat
from harness.actions import AnyAction, OpenSession, ReadHistory, SendPrompt
from harness.journal import Finding
from harness.observations import Observation, Settled
from harness.properties import PROPERTIES
from specs.model.conftest import Made

REST_MS = 5_000
BLANK, MOUNTED = "no-blank-frame", "timeline-mounted"
READING, WINDOW = "reading-position-kept", "rendered-window-kept"
SCREEN = [rule for rule in PROPERTIES if rule.id in {BLANK, MOUNTED, READING, WINDOW}]
PLACES = {"history": "viewport.scrollTop = 500", "bottom": "viewport.scrollTop = 1e6"}
SOMETHING = SendPrompt(text="Go on.", reply="I do.", via="api")  # nobody at this page moves

TAKE_OUT = "window.held = [...timeline.children]; timeline.replaceChildren()"
PUT_BACK = "timeline.replaceChildren(...held)"
KEEP_HEIGHT = "timeline.style.height = '1200px'"
PREPEND = "timeline.prepend(...rows(100, 110))"
OPEN_END = "timeline.lastChild.style.cssText = 'height: auto; min-height: 40px'"
WORD = "timeline.lastChild.append(Object.assign(document.createElement('p'), {textContent: 'so'}))"
FOLLOW = "viewport.scrollTop = viewport.scrollHeight"
WRITER = """
function jump() {
  viewport.scrollTop = 100
}
//# sourceURL=http://chat.test/writer.js"""

TWIN = """
const twin = timeline.cloneNode(true);
timeline.replaceWith(twin);
queueMicrotask(() => twin.replaceWith(timeline))"""

Judge = Callable[..., dict[str, tuple[Finding, ...]]]


def step(chat: Chat, action: AnyAction, *acts: str) -> tuple[AnyAction, Observation]:
    """Perform one act a frame, wait for rest, and drain: a step as a run makes it."""
    chat.page.evaluate(f"play({', '.join(f'() => {{ {act} }}' for act in acts)})")
    moving = chat.recorder.wait_quiet(REST_MS)
    settled = Settled(quiet=not moving, took_ms=0.0, moving=moving)
    return action, Observation(capture=chat.recorder.drain(1), settled=settled)


@pytest.fixture(name="judge")
def _judge(page: Page, made: Made) -> Judge:
    """Opens the page, brings the reader to a place, performs the acts and judges what was seen.

    Answers with the findings of each rule that is violated; the others have passed.
    """

    def judged(
        *acts: str, reader: str = "history", before: str = ""
    ) -> dict[str, tuple[Finding, ...]]:
        chat = open_chat(page)
        page.reload()  # so that the opening itself is recorded
        page.add_script_tag(content=WRITER)
        steps = [step(chat, OpenSession(), before, PLACES["bottom"])]
        if reader == "history":
            steps.append(step(chat, ReadHistory(), PLACES["history"]))
        steps.append(step(chat, SOMETHING, *acts))
        verdicts = [rule.judged(made.trace(*steps)) for rule in SCREEN]
        held = [one for one in verdicts if one.outcome != "violated"]
        assert [(one.property, one.reason) for one in held if one.outcome != "pass"] == []
        assert all(one.evidence for one in verdicts)
        return {one.property: one.findings for one in verdicts if one.findings}

    return judged


@pytest.fixture(name="made")
def _made() -> Made:
    return Made()


@pytest.mark.parametrize("reader", PLACES)
@pytest.mark.parametrize(
    "acts",
    [
        ("", "", ""),
        ("composer.value = 'words'", "composer.focus()", "composer.blur()"),
        ("document.body.append(document.createElement('p'))", "document.title = 'other'"),
        ("timeline.firstChild.className = 'seen'", "timeline.firstChild.style.color = 'red'"),
    ],
    ids=["still", "typing", "elsewhere", "styled"],
)
def test_a_quiet_page_has_no_finding(judge: Judge, acts: tuple[str, ...], reader: str) -> None:
    assert judge(*acts, reader=reader) == {}


@pytest.mark.parametrize("reader", PLACES)
def test_a_blink_of_one_frame_is_a_blank_frame(judge: Judge, reader: str) -> None:
    found = judge("", TAKE_OUT, PUT_BACK, reader=reader, before=KEEP_HEIGHT)
    assert set(found) == {BLANK, WINDOW}
    (blank,) = found[BLANK]
    assert blank.summary == "after send-prompt the timeline was blank for one frame"


def test_a_blink_of_rows_that_stay_in_the_page_is_one_too(judge: Judge) -> None:
    away, back = (f"timeline.style.transform = '{way}'" for way in ("translateY(5000px)", ""))
    found = judge("", away, back)
    assert set(found) == {BLANK, READING}
    assert "blank for one frame" in found[BLANK][0].summary
    assert "30 rows in the page" in found[BLANK][0].observed


def test_a_blank_that_was_never_painted_is_none(judge: Judge) -> None:
    assert judge("", f"{TAKE_OUT}; {PUT_BACK}", before=KEEP_HEIGHT) == {}


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("timeline.replaceWith(timeline.cloneNode(true))", "the timeline was a new element"),
        ("composer.replaceWith(composer.cloneNode())", "the composer was a new element"),
        ("timeline.remove(); viewport.append(timeline)", "the timeline left the document"),
        (
            TWIN,
            "the timeline left the document",
        ),
    ],
    ids=["timeline", "composer", "out and in", "swapped and back"],
)
def test_a_swapped_node_is_not_the_one_mounted(judge: Judge, act: str, said: str) -> None:
    found = judge("", act)
    assert set(found) == {MOUNTED}
    assert said in found[MOUNTED][0].summary


def test_a_swapped_viewport_takes_timeline_and_position_along(judge: Judge) -> None:
    found = judge("", "viewport.replaceWith(viewport.cloneNode(true))")
    assert set(found) == {MOUNTED, READING}
    assert "the timeline and the viewport were new elements" in found[MOUNTED][0].summary


def test_a_swapped_row_is_none_of_their_business(judge: Judge) -> None:
    assert judge("", "timeline.children[12].replaceWith(row(12))") == {}


@pytest.mark.parametrize(("shift", "seen"), [(0.5, False), (1, False), (1.5, True), (2, True)])
def test_a_shift_of_two_pixels_is_seen_and_half_a_pixel_is_not(
    judge: Judge, shift: float, *, seen: bool
) -> None:
    found = judge("", f"timeline.style.paddingTop = '{shift}px'")
    assert set(found) == ({READING} if seen else set())
    if seen:
        assert f"the message being read moved by {shift:.1f} px" in found[READING][0].summary


def test_a_shift_for_one_frame_is_seen(judge: Judge) -> None:
    found = judge("", "timeline.style.paddingTop = '2px'", "timeline.style.paddingTop = ''")
    assert set(found) == {READING}


def test_a_scroll_by_script_is_seen_with_its_writer(judge: Judge) -> None:
    found = judge("", "jump()")
    assert set(found) == {READING}
    (moved,) = found[READING]
    assert "the scroll position 400 px away" in moved.summary
    assert moved.evidence[1:] == ("scrollTop 500 → 100 by jump (http://chat.test/writer.js:3)",)


def test_a_scroll_that_was_never_painted_is_none(judge: Judge) -> None:
    assert judge("", "jump(); viewport.scrollTop = 500") == {}


@pytest.mark.parametrize(("up", "seen"), [(4, False), (5, True)])
def test_a_reader_at_the_bottom_is_moved_by_more_than_four_pixels(
    judge: Judge, up: int, *, seen: bool
) -> None:
    found = judge("", f"viewport.scrollTop -= {up}", reader="bottom")
    assert set(found) == ({READING} if seen else set())


@pytest.mark.parametrize("reader", PLACES)
def test_history_prepended_with_its_anchor_kept_is_no_finding(judge: Judge, reader: str) -> None:
    assert judge("", f"{PREPEND}; viewport.scrollTop += 400", reader=reader) == {}


def test_history_prepended_without_keeping_the_anchor_is_found(judge: Judge) -> None:
    found = judge("", PREPEND)
    assert set(found) == {READING}
    (moved,) = found[READING]
    assert "message m2 stood in the place of m12; rows 30 → 40" in moved.summary


def test_an_anchor_kept_one_frame_late_is_found(judge: Judge) -> None:
    assert set(judge("", PREPEND, "viewport.scrollTop += 400")) == {READING}


@pytest.mark.parametrize(
    ("reader", "word"), [("history", WORD), ("bottom", f"{WORD}; {FOLLOW}")], ids=PLACES
)
def test_text_that_streams_in_is_no_finding(judge: Judge, reader: str, word: str) -> None:
    assert judge(OPEN_END, word, word, word, reader=reader) == {}


@pytest.mark.parametrize(
    ("reader", "follow"), [("history", ""), ("bottom", f"; {FOLLOW}")], ids=PLACES
)
def test_an_answer_that_begins_and_streams_is_no_finding(
    judge: Judge, reader: str, follow: str
) -> None:
    new = f"timeline.append(row(30)); {OPEN_END}"
    assert judge(f"{new}{follow}", f"{WORD}{follow}", f"{WORD}{follow}", reader=reader) == {}


def test_text_that_streams_away_from_a_reader_at_the_bottom_is_found(judge: Judge) -> None:
    found = judge(OPEN_END, WORD, WORD, reader="bottom")
    assert set(found) == {READING}
    assert "px above the bottom" in found[READING][0].summary


def test_text_that_takes_a_reader_in_history_along_is_found_with_its_writer(judge: Judge) -> None:
    found = judge(OPEN_END, f"{WORD}; {FOLLOW}")
    assert set(found) == {READING}
    assert any(line.startswith("scrollTop 500 → ") for line in found[READING][0].evidence)
