"""What axe says of a page."""

from axe_playwright_python.sync_playwright import Axe  # pyright: ignore[reportMissingTypeStubs]
from playwright.sync_api import Page


def serious(page: Page) -> list[str]:
    """The rules of axe that a page breaks and that are serious or worse."""
    found = Axe().run(page).response["violations"]  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    return [one["id"] for one in found if one["impact"] in {"serious", "critical"}]  # pyright: ignore[reportUnknownVariableType]
