"""Worlds as parts: the number of the value that each field has.

A bounded world has few values of each field, and many combinations of them. Numbers are compared
and looked up at once, where worlds are compared value by value.
"""

from collections.abc import Iterable

from harness.world import World

Parts = tuple[int, ...]  # for each field, in the order of FIELDS
Changes = tuple[tuple[int, int], ...]  # fields that have another value, each with its number
Update = Iterable[tuple[str, object]]  # fields by their names, each with its value

FIELDS = tuple(World.model_fields)
NUMBER = {name: number for number, name in enumerate(FIELDS)}


class Numbered:
    """Values, each with a number; equal ones have the same."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}
        self._values: list[object] = []

    def number(self, value: object) -> int:
        """The number of a value, which is new or known."""
        number = self._numbers.setdefault(value, len(self._values))
        if number == len(self._values):
            self._values.append(value)
        return number

    def __getitem__(self, number: int) -> object:
        return self._values[number]


class Values:
    """All values that the fields of worlds have had."""

    def __init__(self) -> None:
        self._fields = tuple(Numbered() for _ in FIELDS)

    def parts(self, world: World) -> Parts:
        """What stands for a world."""
        return tuple(self._fields[n].number(getattr(world, name)) for name, n in NUMBER.items())

    def world(self, parts: Parts) -> World:
        """The world for which the parts stand."""
        known = zip(FIELDS, self._fields, parts, strict=True)
        return bare(World, {name: values[number] for name, values, number in known})

    def value(self, field: int, parts: Parts) -> object:
        """The value that a field has in the world for which the parts stand."""
        return self._fields[field][parts[field]]

    def numbered(self, update: Update) -> Changes:
        """Other values of some fields."""
        named = ((NUMBER[name], value) for name, value in update)
        return tuple([(field, self._fields[field].number(value)) for field, value in named])


def changed(parts: Parts, changes: Changes) -> Parts:
    """The parts with these changes."""
    new = [*parts]
    for field, number in changes:
        new[field] = number
    return tuple(new)


def bare(kind: type[World], fields: dict[str, object]) -> World:
    """A world with these fields as they are: as parts of other worlds they have been checked."""
    world = kind.__new__(kind)
    object.__setattr__(world, "__dict__", fields)
    object.__setattr__(world, "__pydantic_fields_set__", set[str]())
    object.__setattr__(world, "__pydantic_extra__", None)
    object.__setattr__(world, "__pydantic_private__", None)
    return world
