"""Processes that share out tasks: all is done, what hangs is replaced, what fails is told."""

import os
import signal
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from functools import partial
from pathlib import Path

import psutil
import pytest

from harness.crew import ENDING_S, Crew
from harness.errors import AppError, SetupError

Do = Callable[[float], None]
Told = Callable[[float], None]

MORE_THAN_A_PIPE_HOLDS = 1 << 20


@contextmanager
def doubling(told: Told) -> Generator[Do]:
    yield lambda number: told(number * 2)


@contextmanager
def counting(told: Told) -> Generator[Do]:
    def count(number: float) -> None:
        for each in range(int(number)):
            told(each)

    yield count


@contextmanager
def sleeping(told: Told) -> Generator[Do]:
    yield lambda seconds: told(_slept(seconds))


@contextmanager
def dying(told: Told) -> Generator[Do]:
    del told
    yield lambda _: os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def dying_at_birth(told: Told) -> Generator[Do]:
    del told
    os.kill(os.getpid(), signal.SIGKILL)
    yield lambda _: None


@contextmanager
def refusing(told: Told) -> Generator[Do]:
    del told
    raise SetupError("there is no browser")
    yield


@contextmanager
def working_in(told: Told) -> Generator[Do]:
    yield lambda _: told(float(os.getpid()))


@contextmanager
def deaf(told: Told) -> Generator[Do]:
    """What a signal raises is swallowed, as between two switches of Playwright's greenlets."""

    def do(number: float) -> None:
        with suppress(SystemExit):
            told(float(os.getpid()))
            time.sleep(ENDING_S * number)

    yield do


@contextmanager
def telling_much(told: Callable[[bytes | float], None]) -> Generator[Do]:
    def do(_: float) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        told(float(os.getpid()))
        told(bytes(MORE_THAN_A_PIPE_HOLDS))

    yield do


@contextmanager
def kept(
    prepare: Callable[[Told], AbstractContextManager[Do]], put_away: Path, told: Told
) -> Generator[Do]:
    with prepare(told) as do:
        try:
            yield do
        finally:
            put_away.touch()


def _slept(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def late(task: float) -> float:
    return -task


def crew(
    prepare: Callable[[Told], AbstractContextManager[Do]],
    *,
    size: int = 2,
    patience_s: float = 60.0,
) -> Crew[float, float]:
    return Crew(prepare, size=size, patience_s=patience_s, late=late)


def test_every_task_is_done_once() -> None:
    assert sorted(crew(doubling).results([1, 2, 3, 4, 5])) == [2, 4, 6, 8, 10]


def test_a_task_may_have_many_results_or_none() -> None:
    assert list(crew(counting, size=1).results([2, 0, 1])) == [0, 1, 0]


def test_a_task_is_taken_only_when_a_process_is_free() -> None:
    taken: list[float] = []

    def tasks() -> Iterator[float]:
        for number in range(4):
            taken.append(number)
            yield number

    results = crew(doubling, size=1).results(tasks())
    with closing(results):
        next(results)
        assert taken == [0]


def test_no_more_processes_are_started_than_there_are_tasks() -> None:
    assert len(set(crew(working_in, size=3).results([1]))) == 1


def test_a_process_that_hangs_is_ended_and_another_goes_on() -> None:
    found = crew(sleeping, size=1, patience_s=5.0).results([600.0, 0.0])
    assert list(found) == [-600.0, 0.0]


def test_a_process_that_ends_by_itself_is_an_error() -> None:
    with pytest.raises(AppError, match="a process that works on this run ended by itself"):
        list(crew(dying).results([1]))


def test_so_is_one_that_ends_before_it_has_read_its_task() -> None:
    with pytest.raises(AppError, match="a process that works on this run ended by itself"):
        list(crew(dying_at_birth).results([1]))


def test_so_is_one_that_has_ended_when_it_is_to_have_another() -> None:
    pids: list[float] = []

    def tasks() -> Iterator[float]:
        yield 1
        process = psutil.Process(int(pids[0]))
        process.kill()
        process.wait()
        yield 2

    with pytest.raises(AppError, match="a process that works on this run ended by itself"):
        pids.extend(crew(working_in, size=1).results(tasks()))


def test_a_process_that_cannot_begin_says_why() -> None:
    with pytest.raises(SetupError, match="there is no browser"):
        list(crew(refusing).results([1]))


def test_none_is_left_when_the_results_are_no_longer_wanted() -> None:
    results = crew(working_in).results([1, 2, 3, 4])
    with closing(results):
        process = psutil.Process(int(next(results)))
    assert not process.is_running()


@pytest.mark.parametrize("prepare", [deaf, telling_much])
def test_one_that_did_not_take_the_signal_ends_in_order(
    prepare: Callable[[Told], AbstractContextManager[Do]], tmp_path: Path
) -> None:
    put_away = tmp_path / "put away"
    results = crew(partial(kept, prepare, put_away), size=1).results([1])
    with closing(results):
        process = psutil.Process(int(next(results)))
    assert not process.is_running()
    assert put_away.exists()


def test_ctrl_c_in_a_terminal_does_not_end_a_task_at_once() -> None:
    results = crew(working_in, size=1).results([1, 2])
    with closing(results):
        pid = int(next(results))
        assert os.getpgid(pid) == pid  # what it has started is not told of it
        os.kill(pid, signal.SIGINT)
        assert list(results) == [float(pid)]
