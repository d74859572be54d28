"""The two scopes and their keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from harness.scopes import ExecutionScope, SessionScope, collision_proof

TEXTS = st.text() | st.text(alphabet='",[]\\:/|\n ') | st.sampled_from(['a","b', "a", "b", ""])
PARTS = st.lists(TEXTS, max_size=4).map(tuple)


@given(one=PARTS, other=PARTS)
def test_keys_are_equal_exactly_when_their_parts_are(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert (collision_proof(*one) == collision_proof(*other)) == (one == other)


def test_a_separator_in_an_id_makes_no_collision() -> None:
    one = SessionScope(server_key='a","b', session_id="c")
    other = SessionScope(server_key="a", session_id='b","c')
    assert one.key != other.key


def test_the_same_session_id_on_two_servers_is_two_sessions() -> None:
    one, other = (SessionScope(server_key=key, session_id="ses_1") for key in ("a", "b"))
    assert one != other
    assert len({one.key, other.key}) == 2


@given(server=TEXTS, directories=st.lists(TEXTS, min_size=1, max_size=6))
def test_every_change_is_a_new_epoch_also_back_to_the_same_directory(
    server: str, directories: list[str]
) -> None:
    scopes = [ExecutionScope(server_key=server, directory="start", epoch=0)]
    for directory in directories:
        scopes.append(scopes[-1].moved(directory))
    assert [scope.epoch for scope in scopes] == list(range(len(directories) + 1))
    assert len(set(scopes)) == len(scopes)


def test_a_result_of_an_older_visit_to_the_same_directory_is_not_admitted() -> None:
    first = ExecutionScope(server_key="s", directory="/p", epoch=1)
    again = first.moved("/w").moved("/p")
    assert again.directory == first.directory
    assert again.store_key == first.store_key
    assert not again.admits(first)
    assert again.admits(again)


def test_moving_to_another_server_changes_the_store() -> None:
    here = ExecutionScope(server_key="a", directory="/p", epoch=3)
    there = here.moved("/p", server_key="b")
    assert (there.server_key, there.epoch) == ("b", 4)
    assert there.store_key != here.store_key
    assert not there.admits(here)


def test_scopes_are_immutable_and_an_epoch_is_no_negative_number() -> None:
    scope = SessionScope(server_key="a", session_id="b")
    with pytest.raises(ValidationError, match="frozen"):
        scope.session_id = "c"  # pyright: ignore[reportAttributeAccessIssue]  what must fail
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        ExecutionScope(server_key="a", directory="/p", epoch=-1)
