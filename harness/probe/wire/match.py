"""Which requests and events a rule is about."""

import re
from dataclasses import dataclass

from pydantic import Field, field_validator

from harness.observations import RequestScope
from harness.values import Value


@dataclass(frozen=True, slots=True)
class Subject:
    """A request, or an event of the stream that a request opened."""

    method: str
    path: str
    query: dict[str, str]
    scope: RequestScope  # of the event where there is one
    body: str = ""
    preflight: bool = False  # the browser's own question whether it may ask another origin
    event_type: str | None = None


class Match(Value):
    """All that is given must hold; regular expressions must match in full.

    `path` is compared as sent, percent-encoded and without the query. Preflights (CORS) match
    only where `method` says OPTIONS.
    """

    method: str | None = None
    path: str | None = None  # regular expression
    query: dict[str, str] = Field(default_factory=dict)  # these parameters with these values
    server_key: str | None = None
    directory: str | None = None
    session_id: str | None = None
    body_contains: str | None = None
    event_type: str | None = None  # regular expression; of a request: no matter

    @field_validator("path", "event_type")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"not a regular expression: {pattern!r} ({error})") from error
        return pattern

    def matches(self, subject: Subject) -> bool:
        """Whether the subject is one of those meant."""
        return (
            self._method_matches(subject)
            and _is(self.server_key, subject.scope.server_key)
            and _is(self.directory, subject.scope.directory)
            and _is(self.session_id, subject.scope.session_id)
            and self.query.items() <= subject.query.items()
            and _like(self.path, subject.path)
            and (subject.event_type is None or _like(self.event_type, subject.event_type))
            and (self.body_contains is None or self.body_contains in subject.body)
        )

    def _method_matches(self, subject: Subject) -> bool:
        if self.method is None:
            return not subject.preflight
        return self.method.upper() == subject.method


def to_match(what: "Match | str") -> Match:
    """A match, or its short form: "GET /path-regex" or "/path-regex"."""
    if isinstance(what, Match):
        return what
    method, space, path = what.partition(" ")
    return Match(method=method, path=path) if space else Match(path=what)


def _is(wanted: str | None, found: str | None) -> bool:
    return wanted is None or wanted == found


def _like(pattern: str | None, found: str) -> bool:
    return pattern is None or re.fullmatch(pattern, found) is not None
