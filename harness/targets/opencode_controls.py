"""The buttons and keys of opencode's page, used as a person uses them."""

from playwright.sync_api import Locator, Page

from harness.probe.hooks import Hooks

PRESS_MS = 10_000


class Controls:
    """What there is to press.

    Args:
        page: a page of the app with a session on screen.
        hooks: where it keeps rows and composer.
    """

    def __init__(self, page: Page, hooks: Hooks) -> None:
        self._page = page
        self._hooks = hooks

    def stop(self) -> None:
        """Stop the agent."""
        self._press(self._page, "Stop")

    def choose_model(self, model: str) -> None:
        """Pick a model: "provider/model"."""
        self._page.locator('[data-action="prompt-model"]').click(timeout=PRESS_MS)
        key = model.replace("/", ":", 1)
        self._page.locator(f'[data-option-key="{key}"]').click(timeout=PRESS_MS)

    def revert(self, text: str) -> None:
        """Take a prompt back: its row shows the button once the mouse is over it."""
        row = self._page.locator(self._hooks.rows.css).filter(has_text=text).last
        row.hover(timeout=PRESS_MS)
        self._press(row, "Revert message")

    def restore(self) -> None:
        """Bring back what was taken back; the dock lists it once it is opened."""
        dock = self._page.locator('[data-component="session-revert-dock"]')
        closed = dock.get_by_role("button", name="Expand rolled back messages", exact=True)
        brings_back = dock.get_by_role("button", name="Restore message", exact=True)
        closed.or_(brings_back).first.wait_for(timeout=PRESS_MS)
        if closed.count():
            closed.click(timeout=PRESS_MS)
        brings_back.last.click(timeout=PRESS_MS)

    def open_review(self) -> None:
        """Show what changed."""
        self._press(self._page, "Toggle review")

    def _press(self, within: Page | Locator, name: str) -> None:
        within.get_by_role("button", name=name, exact=True).click(timeout=PRESS_MS)
