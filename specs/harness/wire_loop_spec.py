import asyncio
import threading

import pytest

from harness.probe.loop import LoopThread


async def answer() -> int:
    await asyncio.sleep(0)
    return 42


async def never(cancelled: threading.Event) -> None:
    try:
        await asyncio.Event().wait()
    finally:
        cancelled.set()


def test_result_comes_back() -> None:
    with LoopThread() as loop:
        assert loop.run(answer()) == 42


def test_error_comes_back() -> None:
    async def wrong() -> None:
        raise LookupError("here")

    with LoopThread() as loop, pytest.raises(LookupError, match="here"):
        loop.run(wrong())


def test_timeout_cancels_the_coroutine() -> None:
    cancelled = threading.Event()
    with LoopThread() as loop:
        with pytest.raises(TimeoutError):
            loop.run(never(cancelled), timeout=0.01)
        assert cancelled.wait(5)
        assert loop.tasks() == ()


def test_stop_cancels_what_runs_and_ends_the_thread() -> None:
    cancelled = threading.Event()
    loop = LoopThread("to-be-stopped").start()
    tasks: list[asyncio.Future[None]] = []
    loop.call(lambda: tasks.append(asyncio.ensure_future(never(cancelled))))
    assert loop.run(answer()) == 42
    assert len(loop.tasks()) == 1
    loop.stop()
    assert cancelled.is_set()
    assert "to-be-stopped" not in {thread.name for thread in threading.enumerate()}
    loop.stop()


def test_it_can_be_started_again() -> None:
    loop = LoopThread()
    for _ in range(2):
        with loop:
            assert loop.run(answer()) == 42


def test_second_start_is_refused() -> None:
    with LoopThread() as loop, pytest.raises(RuntimeError, match="running already"):
        loop.start()


def test_run_without_a_loop_is_refused() -> None:
    with pytest.raises(RuntimeError, match="not running"):
        LoopThread().run(answer())


def test_waiting_for_itself_is_refused() -> None:
    with LoopThread() as loop:

        async def inside() -> None:
            await asyncio.sleep(0)
            loop.run(answer())

        with pytest.raises(RuntimeError, match="from within itself"):
            loop.run(inside())
