"""What a page finds in its local storage when it is first loaded."""

import json

# A reload must find what the page itself has stored since.
WRITE = """([origin, items]) => {
    if (location.origin !== origin || localStorage.getItem(items[0][0]) !== null) return;
    for (const [key, value] of items) localStorage.setItem(key, value);
}"""


def writing(origin: str, items: dict[str, str]) -> str:
    """A script for every page of an origin that stores the items before the page's own run."""
    return f"({WRITE})({json.dumps([origin, [*items.items()]])})"
