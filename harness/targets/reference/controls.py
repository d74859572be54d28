"""The reference app's own buttons, pressed as a person presses them."""

import json

from playwright.sync_api import Locator, Page

PRESS_MS = 3_000


class Controls:
    """What there is to press.

    Args:
        page: a page of the app with a session on screen.
    """

    def __init__(self, page: Page) -> None:
        self._page = page

    def choose_model(self, model: str) -> None:
        """Pick a model: "provider/model"."""
        value = json.dumps(model.split("/", 1), separators=(",", ":"))
        self._part("model-picker").select_option(value)

    def edit_queued(self, text: str) -> None:
        """Take a waiting prompt back into the composer."""
        self._press("Edit", self._queued(text))

    def retry_queued(self, text: str) -> None:
        """Have a failed prompt of the queue tried again."""
        self._press("Retry", self._queued(text))

    def resume_queue(self) -> None:
        """Let a paused queue go on."""
        self._press("Resume", self._part("followup-dock"))

    def stop(self) -> None:
        """Stop the agent."""
        self._press("Stop")

    def revert(self, text: str) -> None:
        """Take a prompt back."""
        row = self._page.locator('[data-message-id][data-role="user"]').filter(has_text=text).last
        self._press("Revert", row)

    def restore(self) -> None:
        """Bring back what was taken back."""
        self._press("Restore", self._part("revert-dock"))

    def open_review(self) -> None:
        """Show what changed."""
        self._press("Review")

    def _part(self, name: str) -> Locator:
        return self._page.locator(f'[data-component="{name}"]')

    def _queued(self, text: str) -> Locator:
        return self._part("followup-dock").get_by_role("listitem").filter(has_text=text)

    def _press(self, name: str, within: Locator | None = None) -> None:
        where = self._page if within is None else within
        where.get_by_role("button", name=name, exact=True).click(timeout=PRESS_MS)
