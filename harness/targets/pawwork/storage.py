"""What the page finds in its local storage when it is first loaded: its server and its project."""

import json

SERVER = "pawwork.settings.dat:defaultServerUrl"
PROJECTS = "pawwork.global.dat:server"


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
