"""Functions of a world, remembered by what of it they read.

Guards and effects look at few parts of a world. So most of what an exploration asks has been
answered before, for a world that differs elsewhere. What a function reads is noted while it runs;
the next world with the same there has the same answer. That is incremental computation with
dynamic dependencies (Acar: Self-Adjusting Computation, 2005). The functions need not know of it:
they must be pure, and must not compare whole worlds.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Self, TypeVar, cast

from harness.explorer.parts import FIELDS, NUMBER, Numbered, Parts, Update, Values, bare
from harness.readiness import Readiness
from harness.requests import Held, Kind
from harness.scopes import SessionScope
from harness.world import Session, Waiting, World

Answer = TypeVar("Answer")
SOURCE = " source"  # no fields have such names
COPIED = " copied"
WORTH = 2  # so many questions about one field are noted; more, and the field is


class Memory:
    """What worlds are made of, and the questions about them whose answers are numbered."""

    def __init__(self) -> None:
        self.values = Values()
        self.answers = Numbered()
        self._questions: dict[object, Question] = {}

    def question(self, ask: Callable[..., object], about: tuple[object, ...]) -> "Question":
        """A question about a world, to be answered with the number of the answer."""
        key = (ask, about)
        if key not in self._questions:
            number = self.answers.number
            self._questions[key] = Remembered(self, lambda world: number(ask(world, *about)))
        return self._questions[key]


class Remembered(Generic[Answer]):
    """A pure function of a world that runs once for all worlds which it cannot tell apart."""

    def __init__(self, memory: Memory, function: Callable[[World], Answer]) -> None:
        self._memory = memory
        self._function = function
        self._root: _Node | None = None

    def __call__(self, parts: Parts) -> Answer:
        """What the function says of the world for which the parts stand."""
        node = self._root
        while node is not None:
            read, below = node
            if read is None:
                return below
            node = below.get(parts[read] if isinstance(read, int) else read(parts))
        return self._learnt(parts)

    def reads(self, parts: Parts) -> frozenset[int]:
        """The fields that decide what it says of a world that it has spoken of."""
        fields: set[int] = set()
        node = self._root
        while node is not None:
            read, below = node
            if read is None:
                break
            fields |= {read} if isinstance(read, int) else read.reads(parts)
            node = below.get(_value(read, parts))
        return frozenset(fields)

    def _learnt(self, parts: Parts) -> Answer:
        source = _Source(self._memory, parts, {}, {})
        answer = self._function(bare(_Watched, {SOURCE: source}))
        way = [(read, _value(read, parts)) for read in source.read]
        node = self._root
        for depth, (_, value) in enumerate(way, start=1):
            if node is None:
                break
            below = node[1]
            if value not in below:
                below[value] = _chain(way[depth:], answer)
                return answer
            node = below[value]
        self._root = _chain(way, answer)
        return answer


Question = Remembered[int]
Read = int | Question  # a field, or a question of which only the answer matters
_Node = tuple[Read | None, Any]  # what is read and the nodes by its value; or an answer


def _value(read: Read, parts: Parts) -> int:
    return parts[read] if isinstance(read, int) else read(parts)


def _chain(way: Sequence[tuple[Read, int]], answer: object) -> _Node:
    node: _Node = (None, answer)
    for read, value in reversed(way):
        node = (read, {value: node})
    return node


class _Source(NamedTuple):
    """Where a watched world and its copies get their fields from, and what was read of it."""

    memory: Memory
    parts: Parts
    read: dict[Read, None]
    told: dict[object, object]  # answers about the world itself, not about copies


class _Watched(World):
    """A world that gets a field when it is first read, and notes it; so do its copies.

    Of what follows from several fields the answer is noted, not the fields: few answers differ.
    """

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            if name not in NUMBER:
                raise AttributeError(name)
            memory, parts, read, _ = self.__dict__[SOURCE]
            field = NUMBER[name]
            read.setdefault(field)
            return self.__dict__.setdefault(name, memory.values.value(field, parts))

    def model_copy(self, **how: Any) -> Self:
        copy = super().model_copy(**how)
        vars(copy)[COPIED] = True
        return copy

    @property
    def readiness(self) -> Readiness:
        return _asked(self, _readiness)

    def holds(self, what: Kind) -> Held | None:
        return _asked(self, World.holds, what)

    def queue(self, scope: SessionScope) -> tuple[Waiting, ...]:
        return _asked(self, World.queue, scope)

    def draft(self, scope: SessionScope) -> str:
        return _asked(self, World.draft, scope)

    def session(self, scope: SessionScope) -> Session:
        return _asked(self, World.session, scope)

    def knows(self, text: str) -> bool:
        return _asked(self, World.knows, text)


def _readiness(world: World) -> Readiness:
    return super(_Watched, cast("_Watched", world)).readiness


def _asked(world: World, ask: Callable[..., Answer], *about: object) -> Answer:
    """What a question about a watched world is answered, and a note of it.

    Where the fields are noted already, or stand otherwise in a copy, the world itself is asked.
    """
    memory, parts, read, told = _source(world)
    itself, key = COPIED not in world.__dict__, (ask, about)
    if itself and key in told:
        return cast("Answer", told[key])
    question = memory.question(ask, about)
    number, fields = question(parts), question.reads(parts)
    if fields <= read.keys() or _altered(world, fields) or _worn(question, fields, world):
        return ask(world, *about)
    read.setdefault(question)
    answer = cast("Answer", memory.answers[number])
    return cast("Answer", told.setdefault(key, answer)) if itself else answer


def _worn(question: Question, fields: frozenset[int], world: World) -> bool:
    """Whether so much was asked about the one field that the field itself is better noted."""
    _, parts, read, _ = _source(world)
    if len(fields) > 1 or question in read:
        return False
    alike = [other for other in read if not isinstance(other, int) and other.reads(parts) == fields]
    return len(alike) >= WORTH


def _altered(world: World, fields: frozenset[int]) -> bool:
    """Whether a copy has other values in some of these fields."""
    memory, parts, _, _ = _source(world)
    same = ((FIELDS[field], memory.values.value(field, parts)) for field in fields)
    return any(world.__dict__.get(name, value) is not value for name, value in same)


def updated(before: World, after: World) -> Update:
    """What an effect has changed of a world that a remembered function is given.

    A field that was not read may have had any value: what it is set to is a change always.
    """
    memory, parts, read, _ = _source(before)
    now = after.__dict__
    for name, field in NUMBER.items():
        if name in now and not (field in read and now[name] is memory.values.value(field, parts)):
            yield name, now[name]


def _source(world: World) -> _Source:
    return world.__dict__[SOURCE]
