"""What the wire does to the requests, responses and events that a rule matches."""

import asyncio
from dataclasses import dataclass
from typing import Literal, NamedTuple

from harness.probe.loop import LoopThread
from harness.probe.wire.log import Log
from harness.probe.wire.match import Match, Subject

Stage = Literal["request", "response", "event"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the wire answers in the server's place."""

    status: int
    body: str


Verdict = Answer | Literal["pass", "cut", "drop"]


class Terms(NamedTuple):
    """What a rule is about: where it acts, on what, and how often (None: without limit)."""

    name: str
    match: Match
    stage: Stage
    times: int | None = None


class Rule:
    """One rule. `caught` counts what it acted on."""

    def __init__(self, log: Log, terms: Terms) -> None:
        self.terms = terms
        self.caught = 0
        self.removed = False
        self._log = log

    @property
    def name(self) -> str:
        """The name that exchanges carry in `rules`."""
        return self.terms.name

    def limit(self, times: int) -> None:
        """Act on no more than `times` in all."""
        with self._log.changed:
            self.terms = self.terms._replace(times=times)

    def wait_caught(self, n: int = 1, timeout: float = 10.0) -> bool:
        """Wait until it has acted on `n` in all; False after `timeout` seconds."""
        return self._log.wait_until(lambda: self.caught >= n, timeout)

    def remove(self) -> None:
        """Act on nothing more."""
        with self._log.changed:
            self.removed = True
            self._log.touch()

    async def act(self, subject: Subject, exchange_id: int) -> Verdict:
        """Act if the subject is meant, and say what becomes of it; runs in the loop."""
        self.claim(subject, exchange_id)
        return "pass"

    def claim(self, subject: Subject, exchange_id: int) -> bool:
        """Whether the rule acts on the subject; if so it is counted and the exchange says so."""
        with self._log.changed:
            spent = self.terms.times is not None and self.caught >= self.terms.times
            if self.removed or spent or not self.terms.match.matches(subject):
                return False
            self.caught += 1
            self._log.touched_by(exchange_id, self.name)
            self._log.touch()
            return True

    def __repr__(self) -> str:
        return f"<{self.name}: caught {self.caught}>"


class VerdictRule(Rule):
    """Fail, cut or drop."""

    def __init__(self, log: Log, terms: Terms, verdict: Verdict) -> None:
        super().__init__(log, terms)
        self._verdict: Verdict = verdict

    async def act(self, subject: Subject, exchange_id: int) -> Verdict:
        """Give the verdict."""
        return self._verdict if self.claim(subject, exchange_id) else "pass"


class DelayRule(Rule):
    """Lets pass after some seconds."""

    def __init__(self, log: Log, terms: Terms, seconds: float) -> None:
        super().__init__(log, terms)
        self._seconds = seconds

    async def act(self, subject: Subject, exchange_id: int) -> Verdict:
        """Wait, then pass."""
        if self.claim(subject, exchange_id):
            await asyncio.sleep(self._seconds)
        return "pass"


class HoldRule(Rule):
    """Keeps what it catches until it is released."""

    def __init__(self, log: Log, terms: Terms, loop: LoopThread) -> None:
        super().__init__(log, terms)
        self._loop = loop
        self._gates: dict[asyncio.Future[None], int] = {}  # in order of catching, with exchange id

    @property
    def held(self) -> int:
        """How many it holds now."""
        return len(self._gates)

    def release(self, count: int | None = None) -> int:
        """Let go of the `count` that were caught first, or of all it holds; it goes on catching.

        Returns:
            How many were let go. They count as moving from this moment.
        """
        with self._log.changed:
            gates = list(self._gates)[:count]
            for gate in gates:
                self._let_go(gate)
                self._loop.call(_open, gate)
        return len(gates)

    def remove(self) -> None:
        """Catch nothing more, and let go of all it holds."""
        with self._log.changed:
            super().remove()
            self.release()

    async def act(self, subject: Subject, exchange_id: int) -> Verdict:
        """Hold until released, then pass."""
        gate = asyncio.get_running_loop().create_future()
        with self._log.changed:
            if not self.claim(subject, exchange_id):
                return "pass"
            self._gates[gate] = exchange_id
            self._log.hold(exchange_id, +1)
        try:
            await gate
        finally:
            self._let_go(gate)  # the browser may have given up
        return "pass"

    def _let_go(self, gate: asyncio.Future[None]) -> None:
        with self._log.changed:
            exchange_id = self._gates.pop(gate, None)
            if exchange_id is not None:
                self._log.hold(exchange_id, -1)


class Part(NamedTuple):
    """A part of a text: from the first `begin` to the next `end`, or to the end of the text."""

    begin: str
    end: str


def _parted(text: str, part: Part | None) -> tuple[str, str, str]:
    """What comes before a part of a text, the part, and what follows; without one, it is empty."""
    if part is None:
        return "", text, ""
    head, begin, tail = text.partition(part.begin)
    middle, end, rest = tail.partition(part.end)
    return f"{head}{begin}", middle, f"{end}{rest}"


class RewriteRule(Rule):
    """Replaces a text in a served body; `errors` says where that did not go as meant."""

    def __init__(
        self, log: Log, terms: Terms, find: str, replace: str, part: Part | None = None
    ) -> None:
        super().__init__(log, terms)
        self.applied = 0
        self.errors: tuple[str, ...] = ()
        self._find = find
        self._replace = replace
        self._part = part

    def rewrite(self, text: str) -> str:
        """The text with the replacement made, or as it was where `find` is not there just once."""
        before, middle, after = _parted(text, self._part)
        count = middle.count(self._find)
        if count != 1:
            self.fail(f"the text to replace occurs {count} times, not once: {self._find!r}")
            return text
        with self._log.changed:
            self.applied += 1
            self._log.touch()
        return f"{before}{middle.replace(self._find, self._replace)}{after}"

    def fail(self, reason: str) -> None:
        """Record an error, once."""
        with self._log.changed:
            if reason not in self.errors:
                self.errors = (*self.errors, reason)
            self._log.touch()


def _open(gate: asyncio.Future[None]) -> None:
    if not gate.done():
        gate.set_result(None)
