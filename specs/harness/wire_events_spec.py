from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from harness.probe.wire.events import Block, EventSplitter, SseMessage

ENDS = ("\n", "\r", "\r\n")


def split(pieces: list[bytes]) -> tuple[list[Block], bytes]:
    splitter = EventSplitter()
    blocks = [block for piece in pieces for block in splitter.feed(piece)]
    return blocks, splitter.rest()


def messages(*pieces: bytes) -> list[SseMessage]:
    return [block.message for block in split(list(pieces))[0] if block.message is not None]


def in_pieces(stream: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    return [stream[a:b] for a, b in pairwise(edges)]


def reference(stream: bytes) -> list[SseMessage]:
    """The standard's rules on the whole text at once."""
    text = stream.decode().removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found: list[SseMessage] = []
    for chunk in text.split("\n\n")[:-1]:
        data: list[str] = []
        kind, last_id = "", None
        for line in chunk.split("\n"):
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if name == "data":
                data.append(value)
            elif name == "event":
                kind = value
            elif name == "id" and "\0" not in value:
                last_id = value
        if data:
            found.append(SseMessage(kind or "message", "\n".join(data), last_id))
    return found


def test_event_has_its_fields() -> None:
    stream = b"event: moved\ndata: one\ndata:two\nid: 7\nretry: 10\n\n"
    assert messages(stream) == [SseMessage("moved", "one\ntwo", "7")]


def test_event_is_complete_at_a_lone_cr_without_waiting_for_lf() -> None:
    blocks, rest = split([b"data: x\r\n\r"])
    assert [block.message for block in blocks] == [SseMessage("message", "x", None)]
    assert rest == b""


def test_lf_that_comes_late_ends_no_second_line() -> None:
    blocks, _ = split([b"data: a\r", b"\ndata: b\r", b"\n\r", b"\n"])
    found = [block.message for block in blocks if block.message]
    assert found == [SseMessage("message", "a\nb", None)]


def test_comment_passes_at_once_but_not_out_of_an_event() -> None:
    splitter = EventSplitter()
    assert list(splitter.feed(b": beat\n")) == [Block(b": beat\n", None)]
    assert list(splitter.feed(b"data: a\n: inside\n")) == []
    assert list(splitter.feed(b"\n")) == [
        Block(b"data: a\n: inside\n\n", SseMessage("message", "a", None))
    ]


def test_block_without_data_dispatches_nothing() -> None:
    assert messages(b"event: x\nid: 1\n\n") == []


def test_byte_order_mark_is_passed_over_but_passed_on() -> None:
    stream = b"\xef\xbb\xbfdata: a\n\n"
    assert messages(stream) == [SseMessage("message", "a", None)]
    assert split([stream])[0][0].raw == stream


def test_unfinished_event_is_the_rest() -> None:
    assert split([b"data: a\n\ndata: b\n"])[1] == b"data: b\n"


@given(st.binary(), st.lists(st.integers(0, 1000)))
def test_no_byte_is_lost_or_added(stream: bytes, cuts: list[int]) -> None:
    blocks, rest = split(in_pieces(stream, cuts))
    assert b"".join(block.raw for block in blocks) + rest == stream


LINES = st.one_of(
    st.sampled_from(["", "data", "data:", "data: x", "data:  y", "event: e", "id: 3", ":c", "id"]),
    st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=6),
)


@given(st.lists(st.tuples(LINES, st.sampled_from(ENDS))), st.lists(st.integers(0, 1000)))
def test_events_are_the_standards_in_any_pieces(
    lines: list[tuple[str, str]], cuts: list[int]
) -> None:
    # Two blank lines first, so that a byte-order mark stands for itself in the middle.
    stream = ("\n\n" + "".join(line + end for line, end in lines)).encode()
    assert messages(*in_pieces(stream, cuts)) == reference_blocks(stream)


def reference_blocks(stream: bytes) -> list[SseMessage]:
    """Like `reference`, with runs of blank lines read as empty blocks."""
    text = stream.decode().replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")[:-1]
    found: list[SseMessage] = []
    block: list[str] = []
    for line in lines:
        if line:
            block.append(line)
            continue
        found += reference("\n".join([*block, "", ""]).encode())
        block = []
    return found
