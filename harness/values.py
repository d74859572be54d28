"""The base of every value that crosses a room: immutable, strict about its fields, comparable."""

from pydantic import BaseModel, ConfigDict, ValidationError


class Value(BaseModel):
    """An immutable pydantic model that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def first_problem(error: ValidationError) -> tuple[str, str]:
    """Where the first thing is wrong, such as `actions.0.text`, "" for the whole; and what is."""
    first = error.errors(include_url=False)[0]
    return ".".join(str(part) for part in first["loc"]), first["msg"]
