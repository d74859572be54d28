"""What a page was refused while it opened: the likeliest reason for rows that do not come."""

from http import HTTPStatus
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response


class Refusals:
    """What a page was refused while it opened."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._seen: list[str] = []
        page.on("response", self._hear)

    def told(self) -> str:
        """The first refusal in words, or what else to look at."""
        path = urlsplit(self._page.url).path
        return self._seen[0] if self._seen else f"it is at {path}: is that the app's session page?"

    def close(self) -> None:
        """Listen no longer."""
        self._page.remove_listener("response", self._hear)

    def _hear(self, response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST:
            asked = f"{response.request.method} {urlsplit(response.url).path}"
            self._seen.append(f"the app answered {asked} with {response.status}")
