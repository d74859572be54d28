"""One account of many documents: every reload begins a new one, with node ids of its own."""

from collections.abc import Sequence

from pydantic import JsonValue

from harness.observations import Capture
from harness.values import Value

Entry = dict[str, JsonValue]
Entries = list[Entry]

_KINDS = ("frames", "row_changes", "mounts", "shifts", "scroll_writes", "long_tasks", "signs")
_NODES = ("timeline", "viewport", "composer", "node")


class Held(Value):
    """What one document's recorder gave out at once; ids and steps are still its own."""

    document: str
    entries: dict[str, Entries]
    shown: Entries
    unsent: str
    lost: int
    sampled: int
    cost_ms: float


class Documents:
    """Gives node ids that never repeat over the documents of a page."""

    def __init__(self) -> None:
        self._offsets: dict[str, int] = {}
        self._highest = 0

    def capture(self, parts: Sequence[Held], step: int) -> Capture:
        """Join what the documents held, oldest first, into one capture.

        Entries of a document that was born during `step` and never told so get that step. The
        rows shown and what is unsent are those of the last document.
        """
        joined = {kind: self._entries(kind, parts, step) for kind in _KINDS}
        return Capture.model_validate(
            {
                **joined,
                "shown": parts[-1].shown if parts else [],
                "unsent": parts[-1].unsent if parts else "",
                "lost": sum(part.lost for part in parts),
                "sampled": sum(part.sampled for part in parts),
                "cost_ms": sum(part.cost_ms for part in parts),
            }
        )

    def _entries(self, kind: str, parts: Sequence[Held], step: int) -> Entries:
        return [
            self._placed(entry, part.document, step)
            for part in parts
            for entry in part.entries[kind]
        ]

    def _placed(self, entry: Entry, document: str, step: int) -> Entry:
        nodes = {
            name: self._id(document, node)
            for name, node in entry.items()
            if name in _NODES and isinstance(node, int)
        }
        return {**entry, **nodes, "step": step if entry["step"] is None else entry["step"]}

    def _id(self, document: str, node: int) -> int:
        offset = self._offsets.setdefault(document, self._highest)
        self._highest = max(self._highest, offset + node)
        return offset + node
