"""What passed the wire: bounded, readable from any thread, and waited for without sleeping."""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from itertools import takewhile
from typing import Any, NamedTuple, TypeVar

from harness.observations import Exchange, ServerEvent

_Logged = TypeVar("_Logged", "_Entry", "_Passed")
Mark = int  # a point in the log's history; later marks are greater


class View(NamedTuple):
    """The exchanges (by id) and events (in order of passing) since some mark."""

    exchanges: tuple[Exchange, ...]
    events: tuple[ServerEvent, ...]


class Limits(NamedTuple):
    """How much the log keeps; bytes are counted as bodies and event data come over the wire."""

    exchanges: int = 4_000
    events: int = 8_000
    bytes: int = 8 * 1024 * 1024  # of bodies, and as many of event data


@dataclass(slots=True)
class _Entry:
    exchange: Exchange
    revision: Mark
    held: int = 0  # rules that hold it at this moment


class _Passed(NamedTuple):
    event: ServerEvent
    revision: Mark
    size: int


def _later(newest_first: Iterable[_Logged], mark: Mark) -> Iterator[_Logged]:
    """Those after a mark, of what is ordered by revision."""
    return takewhile(lambda each: each.revision > mark, newest_first)


def now() -> float:
    """The time in epoch milliseconds."""
    return time.time() * 1000


class Log:
    """The record of exchanges and events. Every change wakes who waits on `changed`.

    Ended exchanges and events are kept until the limits push the oldest out; what is pushed out
    before it was drained is counted in `lost`. Open exchanges are never pushed out.
    """

    def __init__(self, limits: Limits) -> None:
        self.changed = threading.Condition()
        self.lost = 0
        self._limits = limits
        self._revision: Mark = 0
        self._drained: Mark = 0
        self._last_id = 0
        self._entries: dict[int, _Entry] = {}  # by id; the one that changed last is the last
        self._open: dict[int, _Entry] = {}  # those of them that have not ended, by id
        self._events: deque[_Passed] = deque()
        self._body_bytes = 0
        self._event_bytes = 0

    def open(self, make: Callable[[int], Exchange]) -> int:
        """Log a new exchange, made with the id that it gets; returns that id."""
        with self.changed:
            self._last_id += 1
            exchange = make(self._last_id)
            entry = _Entry(exchange, self._touch())
            self._entries[self._last_id] = self._open[self._last_id] = entry
            self._body_bytes += len(exchange.body)
            self._evict_exchanges()
            return self._last_id

    def change(self, exchange_id: int, **changes: Any) -> None:
        """Change fields of an exchange; nothing once it has ended."""
        with self.changed:
            entry = self._open.get(exchange_id)
            if entry is None:
                return
            entry.exchange = entry.exchange.model_copy(update=changes)
            entry.revision = self._touch()
            self._entries[exchange_id] = self._entries.pop(exchange_id)
            if entry.exchange.outcome != "open":
                del self._open[exchange_id]

    def end(self, exchange_id: int, outcome: str) -> None:
        """The exchange is over; the first outcome told stands."""
        self.change(exchange_id, outcome=outcome, t_end=now())

    def touched_by(self, exchange_id: int, rule: str) -> None:
        """A rule acted on the exchange."""
        with self.changed:
            entry = self._entries.get(exchange_id)
            if entry is not None and rule not in entry.exchange.rules:
                self.change(exchange_id, rules=(*entry.exchange.rules, rule))

    def hold(self, exchange_id: int, by: int) -> None:
        """One rule more (`by` = 1) or fewer (-1) holds the exchange."""
        with self.changed:
            entry = self._entries.get(exchange_id)
            if entry is not None:
                entry.held += by
                self._touch()

    def passed(self, event: ServerEvent, size: int) -> None:
        """Log an event of `size` bytes."""
        with self.changed:
            self._events.append(_Passed(event, self._touch(), size))
            self._event_bytes += size
            self._evict_events()

    def touch(self) -> None:
        """Wake who waits, for a change that the log itself does not record."""
        with self.changed:
            self._touch()

    @property
    def revision(self) -> Mark:
        """The mark of this moment."""
        return self._revision

    def view(self, since: Mark | None = None) -> View:
        """What started or changed after a mark; without one, after the last drain."""
        with self.changed:
            after = self._drained if since is None else since
            entries = _later(reversed(self._entries.values()), after)
            exchanges = sorted((entry.exchange for entry in entries), key=lambda each: each.id)
            events = [passed.event for passed in _later(reversed(self._events), after)]
            return View(tuple(exchanges), tuple(reversed(events)))

    def drain(self) -> View:
        """The view since the last drain; the next one begins here."""
        with self.changed:
            view = self.view()
            self._drained = self._revision
            return view

    def in_flight(self, *, held: bool) -> tuple[str, ...]:
        """Open exchanges that are no streams, as "METHOD /path": held ones, or the others."""
        with self.changed:
            return tuple(
                f"{entry.exchange.method} {entry.exchange.path}"
                for entry in self._open.values()
                if not entry.exchange.streaming and (entry.held > 0) is held
            )

    def open_streams(self, server_key: str | None = None) -> tuple[int, ...]:
        """The ids of open event streams and websockets, of one server or of all."""
        with self.changed:
            exchanges = [entry.exchange for entry in self._open.values()]
        return tuple(
            exchange.id
            for exchange in exchanges
            if exchange.streaming and server_key in {None, exchange.scope.server_key}
        )

    def open_to(self) -> Counter[str]:
        """How many requests are open to each server, event streams among them; no websockets."""
        with self.changed:
            exchanges = [entry.exchange for entry in self._open.values()]
        return Counter(
            exchange.scope.server_key
            for exchange in exchanges
            if exchange.status != HTTPStatus.SWITCHING_PROTOCOLS
        )

    def wait_until(self, reached: Callable[[], bool], timeout: float) -> bool:
        """Wait until something holds, looking again at every change; False at the deadline.

        `reached` is called without the lock, so it may take its time and may use the log.
        """
        deadline = time.monotonic() + timeout
        while True:
            seen = self._revision
            if reached():
                return True
            with self.changed:
                left = deadline - time.monotonic()
                if not self.changed.wait_for(lambda seen=seen: self._revision != seen, left):
                    return False

    def _touch(self) -> Mark:
        self._revision += 1
        self.changed.notify_all()
        return self._revision

    def _evict_exchanges(self) -> None:
        while len(self._entries) > self._limits.exchanges or self._body_bytes > self._limits.bytes:
            ended = (key for key in self._entries if key not in self._open)
            oldest = next(ended, None)
            if oldest is None:
                return
            entry = self._entries.pop(oldest)
            self._body_bytes -= len(entry.exchange.body)
            self.lost += entry.revision > self._drained

    def _evict_events(self) -> None:
        while len(self._events) > self._limits.events or self._event_bytes > self._limits.bytes:
            passed = self._events.popleft()
            self._event_bytes -= passed.size
            self.lost += passed.revision > self._drained
