"""Server-sent events, parsed while their bytes pass: nothing added, nothing lost, in any pieces.

Source of the rules: the HTML standard, section 9.2.6 "Interpreting an event stream".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_LINE_END = re.compile(rb"\r\n|\r|\n")
_BOM = b"\xef\xbb\xbf"


class SseMessage(NamedTuple):
    """One event as the browser dispatches it."""

    event: str  # "message" where the stream names none
    data: str
    id: str | None  # the id that this block sets, None where it sets none


class Block(NamedTuple):
    """Bytes to pass on together: one event, or a comment or other lines that dispatch nothing."""

    raw: bytes
    message: SseMessage | None


class EventSplitter:
    """Cuts a byte stream into blocks as soon as each is complete.

    The raw bytes of all blocks, followed by `rest()`, are the bytes that were fed.
    """

    def __init__(self) -> None:
        self._buffer = b""
        self._block_start = 0  # where the block that is being collected begins
        self._line_start = 0
        self._searched = 0  # no line ends before here
        self._after_cr = False  # a line ended with CR at the very end of what had come
        self._at_stream_start = True
        self._fields: list[tuple[str, str]] = []

    def feed(self, chunk: bytes) -> Iterator[Block]:
        """Take bytes as they come and yield each block that they complete."""
        self._buffer += chunk
        self._swallow_late_lf()
        while (found := _LINE_END.search(self._buffer, self._searched)) is not None:
            line = self._buffer[self._line_start : found.start()]
            self._line_start = self._searched = found.end()
            self._after_cr = found.group() == b"\r" and found.end() == len(self._buffer)
            yield from self._take_line(line)
        self._searched = len(self._buffer)
        self._forget_passed()

    def rest(self) -> bytes:
        """The bytes of the block that is not complete."""
        return self._buffer[self._block_start :]

    def _swallow_late_lf(self) -> None:
        # CR ended the line at once; an LF that comes later belongs to that same line end.
        if self._after_cr and self._searched < len(self._buffer):
            self._after_cr = False
            if self._buffer[self._searched] == ord("\n"):
                self._searched += 1
                self._line_start = self._searched

    def _take_line(self, line: bytes) -> Iterator[Block]:
        if self._at_stream_start:
            line = line.removeprefix(_BOM)
            self._at_stream_start = False
        if not line:
            yield self._block(_message(self._fields))
            self._fields = []
        elif line.startswith(b":"):
            if not self._fields:  # a heartbeat need not wait for the next event
                yield self._block(None)
        else:
            name, _, value = line.decode("utf-8", "replace").partition(":")
            self._fields.append((name, value.removeprefix(" ")))

    def _block(self, message: SseMessage | None) -> Block:
        raw = self._buffer[self._block_start : self._line_start]
        self._block_start = self._line_start
        return Block(raw, message)

    def _forget_passed(self) -> None:
        passed = self._block_start
        self._buffer = self._buffer[passed:]
        self._block_start = 0
        self._line_start -= passed
        self._searched -= passed


def _message(fields: list[tuple[str, str]]) -> SseMessage | None:
    data = [value for name, value in fields if name == "data"]
    if not data:
        return None
    event = next((value for name, value in reversed(fields) if name == "event"), "")
    ids = [value for name, value in fields if name == "id" and "\0" not in value]
    return SseMessage(event or "message", "\n".join(data), ids[-1] if ids else None)
