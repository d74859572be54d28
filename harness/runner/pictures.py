"""Pictures of the page: one a step, where the step has changed something that is seen."""

from collections import Counter
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from harness.observations import Capture, ShownRow

_QUALITY = 40  # of JPEG: a page of text reads as it does at 60, and takes a seventh less


class Pictures:
    """Takes the pictures of one flow.

    Args:
        folder: where they are kept; None takes none.
        flow: the name that their files begin with.
    """

    def __init__(self, folder: Path | None, flow: str) -> None:
        self._folder = folder
        self._flow = flow
        self._last: str | None = None
        self._shown: tuple[ShownRow, ...] = ()

    def of(self, page: Page, step: int, seen: Capture) -> str | None:
        """The file that shows the page after a step; the one before where nothing has changed.

        A picture that cannot be taken is no reason to end the flow: None.
        """
        same = self._last is not None and seen.shown == self._shown and _is_still(seen)
        self._shown = seen.shown
        if not same and self._folder:
            self._last = _taken(page, self._folder / f"{self._flow}-{step}.jpg")
        return self._last


def _taken(page: Page, path: Path) -> str | None:
    try:
        page.screenshot(path=path, type="jpeg", quality=_QUALITY)
    except PlaywrightError:
        return None
    return path.name


def _is_still(seen: Capture) -> bool:
    """Whether one frame stood through the whole step, and the app told nothing new of itself."""
    told = Counter(sign.name for sign in seen.signs)
    moved = len(seen.frames) != 1 or seen.row_changes or seen.mounts or seen.shifts
    return not moved and max(told.values(), default=0) <= 1
