"""The parts of the opencode family's JSON that the harness reads; all else is passed over."""

from collections.abc import Iterator
from typing import Literal

from pydantic import AliasChoices, AliasPath, BaseModel, Field, JsonValue, ValidationError

from harness.observations import HeldMessage, RequestScope, SessionRecord


class Health(BaseModel):
    """Answer to `GET /global/health`."""

    version: str


class Description(BaseModel):
    """Answer to `GET /doc`."""

    paths: dict[str, object]


class Paths(BaseModel):
    """Answer to `GET /path`."""

    worktree: str


class Worktree(BaseModel):
    """Answer to `POST /experimental/worktree`."""

    directory: str


class Project(BaseModel):
    """Answer to `GET /project/current`."""

    id: str


class Birth(BaseModel):
    """An element of the answer to `POST /sync/history`, as far as it can be told anew."""

    id: str
    aggregate_id: str  # the session's
    seq: int
    type: str
    data: dict[str, JsonValue]

    def replayed(self, here: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """The event for `POST /sync/replay`, with these facts of the session instead of its own."""
        info = self.data.get("info")
        told = {**info, **here} if isinstance(info, dict) else {**here}
        return {
            "id": self.id,
            "aggregateID": self.aggregate_id,
            "seq": self.seq,
            "type": self.type,
            "data": {**self.data, "info": told},
        }


class SessionInfo(BaseModel):
    """Answer to `POST /session` and `GET /session/{id}`."""

    id: str
    directory: str
    working_in: str | None = Field(
        default=None, validation_alias=AliasPath("executionContext", "activeDirectory")
    )
    taken_back_from: str | None = Field(
        default=None, validation_alias=AliasPath("revert", "messageID")
    )


class _Part(BaseModel):
    type: str
    text: str = ""
    synthetic: bool = False
    command: str = Field(default="", validation_alias=AliasPath("state", "input", "command"))


class _Failure(BaseModel):
    """An event that says why a turn came to nothing, in an envelope or without one."""

    kind: str | None = Field(
        default=None,
        validation_alias=AliasChoices(
            AliasPath("payload", "properties", "status", "type"),
            AliasPath("properties", "status", "type"),
        ),
    )
    said: str = Field(
        validation_alias=AliasChoices(
            *(
                AliasPath(*outer, "properties", *inner)
                for outer in (("payload",), ())
                for inner in (("status", "message"), ("error", "data", "message"))
            )
        )
    )


def failure_in(event: str, data: JsonValue) -> str:
    """What an event says of a turn whose model does not answer; empty where it says nothing."""
    if event not in {"session.status", "session.error"}:
        return ""
    try:
        failure = _Failure.model_validate(data)
    except ValidationError:
        return ""
    return failure.said if failure.kind in {None, "retry"} else ""


class Message(BaseModel):
    """One element of the answer to `GET /session/{id}/message`."""

    id: str = Field(validation_alias=AliasPath("info", "id"))
    role: Literal["user", "assistant"] = Field(validation_alias=AliasPath("info", "role"))
    cwd: str | None = Field(default=None, validation_alias=AliasPath("info", "path", "cwd"))
    completed: float | None = Field(
        default=None, validation_alias=AliasPath("info", "time", "completed")
    )
    parts: list[_Part]

    def _texts(self) -> list[str]:
        return [part.text for part in self.parts if part.type == "text"]

    def held(self) -> HeldMessage:
        """The message as an observation; the text of its tool calls is not part of it."""
        return HeldMessage(
            id=self.id,
            role=self.role,
            text="\n".join(self._texts()),
            pieces=tuple(self._texts()),
            directory=self.cwd,
            complete=self.role == "user" or self.completed is not None,
            bare=not any(part.type == "tool" or part.text.strip() for part in self.parts),
        )


def _held(messages: list[Message]) -> Iterator[HeldMessage]:
    """The messages as observations; a line for the shell is told by its mark.

    Some servers keep the line with its answer alone, and words of their own in its prompt.
    """
    for place, message in enumerate(messages):
        held = message.held()
        answer = messages[place + 1] if place + 1 < len(messages) else None
        line = answer.parts[0].command if answer and answer.parts else ""
        if answer and line and message.parts and all(part.synthetic for part in message.parts):
            shown = {"text": f"!{line}", "pieces": ("",), "directory": answer.cwd}
            held = held.model_copy(update=shown)
        yield held


def session_record(server_key: str, info: SessionInfo, messages: list[Message]) -> SessionRecord:
    """What a server holds for a session, as an observation."""
    return SessionRecord(
        scope=RequestScope(server_key=server_key, session_id=info.id, directory=info.directory),
        active_directory=info.working_in or info.directory,
        taken_back_from=info.taken_back_from,
        messages=tuple(_held(messages)),
    )
