"""What the page finds in its local storage when it is first loaded: its server and its project."""

import json

SERVER = "pawwork.settings.dat:defaultServerUrl"
PROJECTS = "pawwork.global.dat:server"
# A reload must find what the page itself has stored since.
WRITE = """([origin, items]) => {
    if (location.origin !== origin || localStorage.getItem(items[0][0]) !== null) return;
    for (const [key, value] of items) localStorage.setItem(key, value);
}"""


def first_storage(server: str, project: str) -> dict[str, str]:
    """The items by their keys.

    Args:
        server: the backend's address for the page.
        project: the repository whose sessions are shown.
    """
    there = [{"worktree": project, "expanded": True}]
    projects = {"local": there, server: there}
    known = {"list": [server], "projects": projects, "lastProject": {}}
    return {SERVER: server, PROJECTS: json.dumps(known)}


def writing(origin: str, items: dict[str, str]) -> str:
    """A script for every page of an origin that stores the items before the page's own run."""
    return f"({WRITE})({json.dumps([origin, [*items.items()]])})"
