"""The plan's words and what they stand for in one run."""

from pydantic import Field

from harness.scopes import SessionScope
from harness.values import Value


class Names(Value):
    """The plan's words for sessions, directories and servers, bound to real ids and paths."""

    sessions: dict[str, str]
    directories: dict[str, str]
    servers: dict[str, str]
    # By the word of the directory; empty where the app tells of none.
    branches: dict[str, str] = Field(default_factory=dict)

    def session(self, scope: SessionScope) -> str:
        """The real id of a session."""
        return self.sessions[scope.session_id]

    def directory(self, word: str) -> str:
        """The real path of a directory."""
        return self.directories[word]

    def word_for(self, path: str | None) -> str:
        """The plan's word for a real path; the path itself, quoted, when it has none."""
        found = (word for word, real in self.directories.items() if real == path)
        return next(found, "no directory" if path is None else f"“{path}”")

    def flat(self) -> dict[str, str]:
        """All words in one mapping, for the journal."""
        return {**self.servers, **self.sessions, **self.directories}
