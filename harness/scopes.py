"""The two identities that the seed separates: what is on screen, and where actions run.

Source: seed "Define SessionScope, likely { serverKey, sessionID }" and "Define ExecutionScope,
likely { directory, client, store, setStore, epoch }". A client and a store are what an app makes
of a server and a directory, so here the server key and the directory stand for them.
"""

import json
from functools import lru_cache

from pydantic import Field

from harness.values import Value


@lru_cache(maxsize=1024)
def collision_proof(*parts: str) -> str:
    """One key for several strings, different whenever any of them differs.

    Ids and directories may contain every character, so joining with a separator is not enough;
    a JSON array quotes them.
    """
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


class SessionScope(Value):
    """Durable identity of what is on screen; it does not change when the directory does."""

    server_key: str
    session_id: str

    @property
    def key(self) -> str:
        """The scope as one string: a key for drafts, queues and timelines."""
        return collision_proof(self.server_key, self.session_id)


class ExecutionScope(Value):
    """Where actions run now. Two visits to one directory differ in their epoch."""

    server_key: str
    directory: str
    epoch: int = Field(ge=0)

    @property
    def store_key(self) -> str:
        """The key of the directory's store: the same at every visit."""
        return collision_proof(self.server_key, self.directory)

    def moved(self, directory: str, *, server_key: str | None = None) -> "ExecutionScope":
        """The scope after a change: always a new epoch, also back to the same directory."""
        return ExecutionScope(
            server_key=self.server_key if server_key is None else server_key,
            directory=directory,
            epoch=self.epoch + 1,
        )

    def admits(self, asked_in: "ExecutionScope") -> bool:
        """Whether a result that was asked for in `asked_in` may still be applied now.

        Source: seed "Old async results must not overwrite a newer execution context even if the
        directory string is reused": the epoch decides, not the directory.
        """
        return asked_in == self
