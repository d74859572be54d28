"""The search for where candidates turn: right, in the fewest looks, also past silent ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.bisecting import OTHER, Answer, Found, Kind, first_turned, most_looks
from harness.errors import UsageError

KINDS = st.sampled_from(sorted(OTHER))


class Apps:
    """Candidates "0", "1", …; from `turn` on they are `sought`; those in `silent` cannot tell."""

    def __init__(
        self, turn: int, silent: frozenset[int] = frozenset(), sought: Kind = "bad"
    ) -> None:
        self.turn = turn
        self.silent = silent
        self.sought: Kind = sought
        self.asked: list[str] = []

    def look(self, name: str) -> Answer:
        self.asked.append(name)
        if int(name) in self.silent:
            return "cannot tell"
        return self.sought if int(name) >= self.turn else OTHER[self.sought]

    def searched(self, count: int) -> Found:
        return first_turned(names(count), self.look, self.sought)


def names(count: int) -> list[str]:
    return [str(number) for number in range(count)]


@given(st.integers(2, 300), KINDS, st.data())
def test_the_turn_is_found_in_the_fewest_looks(
    count: int, sought: Kind, data: st.DataObject
) -> None:
    apps = Apps(data.draw(st.integers(1, count - 1)), sought=sought)
    found = apps.searched(count)
    assert (found.last, found.first) == (str(apps.turn - 1), str(apps.turn))
    assert (found.answers[found.last], found.answers[found.first]) == (OTHER[sought], sought)
    assert found.certain
    assert len(apps.asked) == len(set(apps.asked)) <= most_looks(count)


@pytest.mark.parametrize(("count", "most"), [(2, 2), (3, 3), (4, 4), (5, 4), (6, 5), (130, 10)])
def test_how_many_looks_it_takes_at_most(count: int, most: int) -> None:
    assert most_looks(count) == most
    worst = 0
    for turn in range(1, count):
        apps = Apps(turn)
        apps.searched(count)
        worst = max(worst, len(apps.asked))
    assert worst == most


@given(st.integers(3, 60), KINDS, st.data())
def test_what_cannot_tell_is_passed_and_told(count: int, sought: Kind, data: st.DataObject) -> None:
    turn = data.draw(st.integers(1, count - 1))
    silent = data.draw(st.frozensets(st.integers(1, count - 2)))
    apps = Apps(turn, silent, sought)
    found = apps.searched(count)
    assert int(found.last) < turn <= int(found.first)
    between = range(int(found.last) + 1, int(found.first))
    assert found.untold == tuple(str(number) for number in between)
    assert set(between) <= silent
    assert len(apps.asked) == len(set(apps.asked))


@pytest.mark.parametrize(
    ("turn", "silent", "said"),
    [
        (9, frozenset[int](), "4 is good, and --bad says that it is bad"),
        (0, frozenset[int](), "0 is bad, and --good says that it is good"),
        (2, frozenset({4}), "4 cannot tell, and --bad says that it is bad"),
        (2, frozenset({0}), "0 cannot tell, and --good says that it is good"),
    ],
)
def test_an_end_that_is_not_what_it_is_said_to_be(
    turn: int, silent: frozenset[int], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        Apps(turn, silent).searched(5)


def test_what_is_to_be_mended_is_looked_at_first() -> None:
    apps = Apps(0, sought="good")
    with pytest.raises(UsageError, match="0 is good, and --bad says that it is bad"):
        apps.searched(5)
    assert apps.asked == ["0"]


def test_one_candidate_is_no_search() -> None:
    with pytest.raises(UsageError, match="nothing between"):
        Apps(1).searched(1)
