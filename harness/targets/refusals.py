"""What a page was refused while it opened: the likeliest reason for rows that do not come."""

from urllib.parse import urlsplit

from playwright.sync_api import Page
from pydantic import TypeAdapter

# The browser keeps an account of what the page asked for (Resource Timing); hearing of each answer
# as it comes would cost a message between processes for every one.
ASKED = """() => performance.getEntriesByType("resource")
    .filter(asked => asked.responseStatus >= 400)
    .map(asked => [asked.name, String(asked.responseStatus)])"""
_REFUSED = TypeAdapter(list[tuple[str, str]])


def refusal(page: Page) -> str:
    """The first refusal in words, or what else to look at."""
    for address, status in _REFUSED.validate_python(page.evaluate(ASKED)):
        return f"the app answered {urlsplit(address).path} with {status}"
    return f"it is at {urlsplit(page.url).path}: is that the app's session page?"
