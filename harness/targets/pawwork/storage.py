"""What the page finds in its local storage when it is first loaded: its server and its model."""

import json

from harness.values import Value

SETTINGS = "pawwork.settings.dat"
GLOBAL = "pawwork.global.dat"
# A reload must find what the page itself has stored since.
WRITE = """([origin, items]) => {
    if (location.origin !== origin || localStorage.getItem("%s") !== null) return;
    for (const [key, value] of Object.entries(items)) localStorage.setItem(key, value);
}"""
SERVER_KEY = f"{SETTINGS}:defaultServerUrl"


class Model(Value):
    """A model as the page stores one that was chosen."""

    provider: str
    name: str


def first_storage(server: str, project: str, model: Model | None) -> dict[str, str]:
    """The items by their keys.

    Args:
        server: the backend's address for the page.
        project: the repository whose sessions are shown.
        model: the one to be chosen; None leaves it to the app.
    """
    project_there = [{"worktree": project, "expanded": True}]
    servers = {
        "list": [server],
        "projects": {"local": project_there, server: project_there},
        "lastProject": {},
    }
    items = {SERVER_KEY: server, f"{GLOBAL}:server": json.dumps(servers)}
    if model:
        chosen = {"providerID": model.provider, "modelID": model.name}
        items[f"{GLOBAL}:model"] = json.dumps({"recent": [chosen], "user": [], "variant": {}})
    return items


def writing(origin: str, items: dict[str, str]) -> str:
    """A script for every page of an origin that stores the items before the page's own run."""
    return f"({WRITE % SERVER_KEY})({json.dumps([origin, items])})"
