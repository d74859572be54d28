"""The buttons and keys of opencode's page, used as a person uses them."""

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from harness.errors import StuckError
from harness.probe.hooks import Hooks

PRESS_MS = 10_000


class Controls:
    """What there is to press. Every method raises `StuckError` where there is no such thing.

    Args:
        page: a page of the app with a session on screen.
        hooks: where it keeps its rows.
    """

    def __init__(self, page: Page, hooks: Hooks) -> None:
        self._page = page
        self._hooks = hooks

    def stop(self) -> None:
        """Stop the agent."""
        self._press("Stop")

    def choose_model(self, model: str) -> None:
        """Pick a model: "provider/model"."""
        _click(self._page.locator('[data-action="prompt-model"]'), "menu of models")
        key = model.replace("/", ":", 1)
        option = f'[data-option-key="{key}"], [data-slot="list-item"][data-key="{key}"]'
        _click(self._page.locator(option), f"model “{model}” in its menu")

    def revert(self, text: str) -> None:
        """Take a prompt back: its row shows the button once the mouse is over it."""
        row = self._page.locator(self._hooks.rows.css).filter(has_text=text).last
        row.hover(timeout=PRESS_MS)
        self._press("Revert message", row)

    def restore(self) -> None:
        """Bring back what was taken back; the dock lists it once it is opened."""
        dock = self._page.locator('[data-component="session-revert-dock"]')
        closed = dock.get_by_role("button", name="Expand rolled back messages", exact=True)
        brings_back = dock.get_by_role("button", name="Restore message", exact=True).last
        if not brings_back.count():
            _click(closed, "message that is rolled back")
        _click(brings_back, "button “Restore message”")

    def open_review(self) -> None:
        """Show what changed."""
        self._press("Toggle review")

    def _press(self, name: str, within: Locator | None = None) -> None:
        where = within or self._page
        _click(where.get_by_role("button", name=name, exact=True), f"button “{name}”")


def _click(target: Locator, what: str) -> None:
    try:
        target.click(timeout=PRESS_MS)
    except PlaywrightTimeout as error:
        raise StuckError(f"the page shows no {what} that could be pressed") from error
