"""Parts of the page that wait, compressed, until the page has been painted."""

import base64
import zlib

ROOM = 200_000  # characters of steps that stand in the page as they are, first come, first served


def packed(markup: str) -> str:
    """Markup as base64 of zlib's format; `DecompressionStream("deflate")` reads it."""
    return base64.b64encode(zlib.compress(markup.encode("utf-8", "replace"), 9)).decode()


class Packer:
    """Says which parts stand in the page as they are; the rest of them is to be packed."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room

    def takes(self, markup: str) -> bool:
        """Whether there was room for it as it is."""
        fits = len(markup) <= self._room
        if fits:
            self._room -= len(markup)
        return fits
