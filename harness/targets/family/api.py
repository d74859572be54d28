"""The HTTP API of the opencode family, as far as the harness uses it: one client for every app."""

from typing import Any, Literal, TypeVar
from urllib.parse import quote

import httpx
from pydantic import JsonValue, TypeAdapter, ValidationError

from harness.errors import AppError
from harness.observations import SessionRecord
from harness.targets.family.wire_format import (
    Birth,
    Description,
    Health,
    Message,
    Paths,
    Project,
    SessionInfo,
    Worktree,
    session_record,
)
from harness.targets.login import login_asked
from harness.values import first_problem

Answer = TypeVar("Answer")
_DESCRIPTION = TypeAdapter(Description)
_EVENTS = TypeAdapter(list[Birth])
_HEALTH = TypeAdapter(Health)
_MESSAGES = TypeAdapter(list[Message])
_PATHS = TypeAdapter(Paths)
_PROJECT = TypeAdapter(Project)
_SESSION = TypeAdapter(SessionInfo)
_WORKTREE = TypeAdapter(Worktree)
MOVE = "/experimental/control-plane/move-session"
WORKTREES = "/experimental/worktree"
HISTORY = "/sync/history"
REPLAY = "/sync/replay"


class FamilyApi:
    """A client for one server, past the wire: what the harness does is no traffic of the page.

    Args:
        base_url: where the server answers.
        server_key: the plan's word for it.

    Every method raises `AppError` when the server refuses, does not answer, or answers with
    something else than the family's API does.
    """

    def __init__(self, base_url: str, server_key: str) -> None:
        self.base_url = base_url
        self.server_key = server_key
        self._http = httpx.Client(base_url=base_url, timeout=30.0, trust_env=False)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def version(self) -> str:
        """The server's own word for its release."""
        return _read(_HEALTH, self._ask("GET", "/global/health")).version

    def has(self, path: str) -> bool:
        """Whether the server's own description of its API has a path."""
        return path in _read(_DESCRIPTION, self._ask("GET", "/doc")).paths

    def project(self) -> str:
        """The root of the git repository that the server was started in."""
        root = _read(_PATHS, self._ask("GET", "/path")).worktree
        if root == "/":
            raise AppError(f"{self.base_url} does not serve a git repository: start it in one")
        return root

    def create_session(self, directory: str, title: str, session: str | None = None) -> str:
        """Make a session that belongs to `directory`; answers with its id, a given or a new one."""
        wish = {"title": title} | ({"id": session} if session else {})
        answer = self._ask("POST", "/session", directory, wish)
        return _read(_SESSION, answer).id

    def seed(self, session: str, directory: str, texts: list[str]) -> None:
        """Put prompts without a reply into a session, in this order."""
        for text in texts:
            body = {"noReply": True, "parts": [{"type": "text", "text": text}]}
            self._ask("POST", f"/session/{session}/message", directory, body)

    def prompt(self, session: str, directory: str, text: str) -> None:
        """Send a prompt as another client would; it is answered in the background."""
        body = {"parts": [{"type": "text", "text": text}]}
        self._ask("POST", f"/session/{session}/prompt_async", directory, body)

    def make_worktree(self, directory: str, name: str) -> str:
        """Make a git worktree of the project; answers with its directory."""
        answer = self._ask("POST", WORKTREES, directory, {"name": name})
        return _read(_WORKTREE, answer).directory

    def remove_worktree(self, directory: str, worktree: str) -> None:
        """Remove a worktree of the project, and its branch."""
        self._ask("DELETE", WORKTREES, directory, {"directory": worktree})

    def birth(self, session: str, directory: str) -> Birth:
        """The event that a session of this server came to be by."""
        events = _read(_EVENTS, self._ask("POST", HISTORY, directory, {}))
        first = (event for event in events if event.aggregate_id == session and event.seq == 0)
        if (event := next(first, None)) is None:
            raise AppError(f"the app's answer to {HISTORY} does not tell how {session} came to be")
        return event

    def bear(self, event: Birth, directory: str, title: str) -> str:
        """Make a session as another server made it, of the same id, in a project of this one."""
        project = _read(_PROJECT, self._ask("GET", "/project/current", directory)).id
        here: dict[str, JsonValue] = {
            "directory": directory,
            "projectID": project,
            "title": title,
        }
        body = {"directory": directory, "events": [event.replayed(here)]}
        self._ask("POST", REPLAY, directory, body)
        return event.aggregate_id

    def delete_session(self, session: str, directory: str) -> None:
        """Delete a session with its messages."""
        self._ask("DELETE", f"/session/{session}", directory)

    def move(self, session: str, directory: str, destination: str) -> None:
        """Move a session to another directory of its project."""
        body = {"sessionID": session, "destination": {"directory": destination}}
        self._ask("POST", MOVE, directory, body)

    def rename(self, session: str, directory: str, title: str) -> None:
        """Give a session another title."""
        self._ask("PATCH", f"/session/{session}", directory, {"title": title})

    def record(self, session: str, directory: str) -> SessionRecord:
        """What the server holds for a session: where it works, and its messages in order."""
        info = _read(_SESSION, self._ask("GET", f"/session/{session}", directory))
        messages = _read(_MESSAGES, self._ask("GET", f"/session/{session}/message", directory))
        return session_record(self.server_key, info, messages)

    def _ask(
        self,
        method: Literal["DELETE", "GET", "PATCH", "POST"],
        path: str,
        directory: str | None = None,
        json: dict[str, Any] | None = None,
    ) -> httpx.Response:
        headers = {"x-opencode-directory": quote(directory, safe="")} if directory else {}
        try:
            answer = self._http.request(method, path, json=json, headers=headers)
        except httpx.HTTPError as error:
            raise AppError(f"the app did not answer {method} {path}: {error}") from error
        if login := login_asked(answer):
            raise AppError(f"{self.base_url} {login} (at {method} {path})")
        # These servers answer any unknown path with their web page.
        wrong_page = "text/html" in answer.headers.get("content-type", "")
        if answer.is_error or wrong_page:
            said = "a web page: it has no such path" if wrong_page else answer.text[:200]
            raise AppError(f"the app answered {method} {path} with {answer.status_code}: {said}")
        return answer


def _read(kind: TypeAdapter[Answer], answer: httpx.Response) -> Answer:
    try:
        return kind.validate_json(answer.content)
    except ValidationError as error:
        where = answer.request.url.path
        place, what = first_problem(error)
        said = f"{place}: {what}" if place else what
        raise AppError(f"the app's answer to {where} is not the family's: {said}") from error
