"""The base of every value that crosses a room: immutable, strict about its fields, comparable."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """An immutable pydantic model that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
