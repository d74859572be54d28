"""The search for the first bad candidate: right, in the fewest looks, also past silent ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.bisecting import Answer, first_bad, most_looks
from harness.errors import UsageError


class Apps:
    """Candidates "0", "1", …; from `turn` on they are bad; those in `silent` cannot tell."""

    def __init__(self, turn: int, silent: frozenset[int] = frozenset()) -> None:
        self.turn = turn
        self.silent = silent
        self.asked: list[str] = []

    def look(self, name: str) -> Answer:
        self.asked.append(name)
        if int(name) in self.silent:
            return "cannot tell"
        return "bad" if int(name) >= self.turn else "good"


def names(count: int) -> list[str]:
    return [str(number) for number in range(count)]


@given(st.integers(2, 300), st.data())
def test_the_first_bad_one_is_found_in_the_fewest_looks(count: int, data: st.DataObject) -> None:
    apps = Apps(data.draw(st.integers(1, count - 1)))
    found = first_bad(names(count), apps.look)
    assert (found.last_good, found.first_bad) == (str(apps.turn - 1), str(apps.turn))
    assert found.certain
    assert len(apps.asked) == len(set(apps.asked)) <= most_looks(count)


@pytest.mark.parametrize(("count", "most"), [(2, 2), (3, 3), (4, 4), (5, 4), (6, 5), (130, 10)])
def test_how_many_looks_it_takes_at_most(count: int, most: int) -> None:
    assert most_looks(count) == most
    worst = 0
    for turn in range(1, count):
        apps = Apps(turn)
        first_bad(names(count), apps.look)
        worst = max(worst, len(apps.asked))
    assert worst == most


@given(st.integers(3, 60), st.data())
def test_what_cannot_tell_is_passed_and_told(count: int, data: st.DataObject) -> None:
    turn = data.draw(st.integers(1, count - 1))
    silent = data.draw(st.frozensets(st.integers(1, count - 2)))
    apps = Apps(turn, silent)
    found = first_bad(names(count), apps.look)
    assert int(found.last_good) < turn <= int(found.first_bad)
    between = range(int(found.last_good) + 1, int(found.first_bad))
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
        first_bad(names(5), Apps(turn, silent).look)


def test_one_candidate_is_no_search() -> None:
    with pytest.raises(UsageError, match="nothing between"):
        first_bad(["1"], Apps(1).look)
