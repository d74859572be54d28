"""What a person does with real input: wheels, types, clicks."""

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from harness.errors import AppError, HookError, StuckError
from harness.observations import Frame
from harness.targets.login import LOGIN_FIELD, REMEDY
from harness.targets.refusals import refusal

WHEEL = 900.0  # px a turn of the wheel
INSIDE = 8.0  # px: the anchor row is cut by the viewport's edge, so no rounding changes it
# The browser scrolls some frames after the wheel has turned, or not at all where there is nothing
# to scroll; frames at rest before that would be taken for its end.
SCROLLED = """() => {
    const watch = {};
    watch.over = new Promise(over => {
        let still = 0;
        let moved = false;
        const onScroll = () => { moved = true; still = 0; };
        addEventListener("scroll", onScroll, {capture: true, passive: true});
        const onFrame = () => {
            if (++still < (moved ? 2 : 8)) return requestAnimationFrame(onFrame);
            removeEventListener("scroll", onScroll, {capture: true});
            over();
        };
        addEventListener("wheel", () => requestAnimationFrame(onFrame),
            {capture: true, once: true, passive: true});
    });
    return watch;
}"""
# An editor may put its cursor somewhere in the frame after it was focused: what a person selected
# and typed before would stand beside the old text.
FOCUSED = """composer => {
    const box = document.querySelector(composer);
    if (!box || box.contains(document.activeElement)) return;
    box.focus();
    return new Promise(over => requestAnimationFrame(() => requestAnimationFrame(over)));
}"""


class Person:
    """Real input on one page.

    Args:
        page: the page.
        viewport: the scrolling element.
        composer: where prompts are typed.
        look: answers with the latest frame at rest.
    """

    def __init__(
        self, page: Page, *, viewport: str, composer: str, look: Callable[[], Frame]
    ) -> None:
        self.page = page
        self._viewport = viewport
        self._composer = composer
        self._look = look

    def open(self, url: str, row: str, timeout_s: float) -> None:
        """Load an address and wait for its first row, or for what asks for a password.

        Args:
            url: where the session is.
            row: the selector of a row.
            timeout_s: how long the first row may take.

        Raises:
            AppError: the app answered the page itself with an error, or asks for a login.
            HookError: the page has no such row in that time.
        """
        answer = self.page.goto(url, wait_until="commit")
        if answer and not answer.ok:
            raise AppError(
                f"the app answered its own page with {answer.status}: look at what it logged"
            )
        rows, password = self.page.locator(row), self.page.locator(LOGIN_FIELD)
        try:
            rows.or_(password).first.wait_for(state="attached", timeout=timeout_s * 1000)
        except PlaywrightTimeout as error:
            raise HookError(f"the page shows no row “{row}”; {refusal(self.page)}") from error
        if not rows.count() and password.count():
            raise AppError(f"the page at {self.page.url} asks for a password: {REMEDY}")

    def read_history(self, rows: int, deadline_s: float = 20.0) -> None:
        """Wheel up until `rows` rows are rendered, then read a little below the top of them.

        Where the end is not far from there, half a screen is kept away from it.

        Raises:
            StuckError: the rows do not come in time.
        """
        until = time.monotonic() + deadline_s
        turned = False  # where all rows are there at once, the reader is still at the bottom
        while (frame := self._look()).rows < rows or not turned:
            if time.monotonic() > until:
                raise StuckError(f"only {frame.rows} of {rows} rows came while wheeling up")
            self._wheel(-max(WHEEL, frame.scroll_top))
            turned = True
        height = frame.client_height
        self._wheel(max(INSIDE, min(height * 0.6, frame.from_bottom - height / 2)))
        _ensure_in_history(self._settled_inside())

    def read_above(self, screens: int) -> None:
        """Wheel up by whole screens: for a list whose rows follow the viewport.

        Raises:
            StuckError: the timeline does not scroll.
        """
        for _ in range(screens):
            self._wheel(-self._look().client_height)
        _ensure_in_history(self._settled_inside())

    def read_latest(self) -> None:
        """Wheel down to the end."""
        while (frame := self._look()).from_bottom > 1:
            self._wheel(frame.from_bottom + WHEEL)

    def submit(self, text: str | None) -> None:
        """Type a prompt and press Enter; None sends what stands in the composer already."""
        if text is not None:
            self.write(text)
        self.composer.press("Enter")

    def write(self, text: str) -> None:
        """Put a text into the composer in place of what stands there."""
        self.page.evaluate(FOCUSED, self._composer)
        self.composer.fill(text)

    def submit_to_shell(self, text: str) -> None:
        """Type a line for the shell and press Enter; some composers know its mark by the key."""
        self.write("")
        self.composer.press("!")
        self.page.keyboard.insert_text(text)
        self.composer.press("Enter")

    def reads(self, text: str) -> bool:
        """Whether this stands in the composer; an app may have lost what was written there."""
        return unsent_text(self.page, self._composer) == text.strip()

    def follow_link(self, url: str) -> None:
        """Go to an address as a link in the page does: the app's router gets the click."""
        self.page.evaluate(
            """url => {
                const link = document.createElement("a");
                link.href = url;
                link.style.cssText = "position:fixed;left:0;top:0;opacity:0";
                document.body.append(link);
                link.click();
                link.remove();
            }""",
            url,
        )

    @property
    def composer(self) -> Locator:
        """The composer."""
        return self.page.locator(self._composer)

    def _wheel(self, down: float) -> None:
        box = self.page.locator(self._viewport).first.bounding_box()
        if box is None:
            raise HookError(f"the page has no scrolling element “{self._viewport}” in view")
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        scrolled = self.page.evaluate_handle(SCROLLED)
        self.page.mouse.wheel(0, down)
        scrolled.evaluate("watch => watch.over")
        scrolled.dispose()

    def _settled_inside(self) -> Frame:
        """Nudge until the first visible row is cut by the edge, away from its own borders."""
        frame = self._look()
        for nudge in (13, 17, 23, 29):
            if frame.anchor is not None and frame.anchor.offset < -INSIDE:
                break
            self._wheel(nudge)
            frame = self._look()
        return frame


def unsent_text(page: Page, composer: str) -> str:
    """The text that stands in the composer; nothing when there is none."""
    found: str = page.evaluate(
        """composer => {
            const box = document.querySelector(composer);
            return box === null ? "" : "value" in box ? box.value : box.innerText;
        }""",
        composer,
    )
    return found.strip()


def _ensure_in_history(frame: Frame) -> None:
    if frame.from_bottom < frame.client_height / 4 or frame.scroll_top <= 0:
        raise StuckError(
            f"the timeline does not stay scrolled up: it stands at {frame.scroll_top:.0f} px, "
            f"{frame.from_bottom:.0f} px from the bottom"
        )
