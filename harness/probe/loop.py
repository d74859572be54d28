"""One background thread with one asyncio loop, called from the main thread without awaiting."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Self, TypeVar

Result = TypeVar("Result")


class LoopThread:
    """An asyncio loop in a thread of its own.

    Playwright's sync API owns the main thread, so everything asynchronous that the harness itself
    serves (the wire, the scripted agent) lives here.
    """

    def __init__(self, name: str = "harness-loop") -> None:
        self._name = name
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._asked_to_stop: asyncio.Event | None = None
        self._main: asyncio.Task[Any] | None = None

    def start(self) -> Self:
        """Start the thread and return once its loop runs.

        Raises:
            RuntimeError: it is running already.
        """
        if self._thread is not None:
            raise RuntimeError(f"the loop thread {self._name!r} is running already")
        running = threading.Event()
        # A daemon, so that a harness that crashed without stopping it can still exit.
        self._thread = threading.Thread(
            target=self._serve, args=(running,), name=self._name, daemon=True
        )
        self._thread.start()
        running.wait()
        return self

    def stop(self) -> None:
        """Cancel what still runs, close the loop, end the thread. Nothing if it is not running."""
        loop, thread, asked = self._loop, self._thread, self._asked_to_stop
        if loop is None or thread is None or asked is None:
            return
        self._refuse_own_thread("stopped")
        self._loop = None
        loop.call_soon_threadsafe(asked.set)
        thread.join()
        self._thread = None

    def run(self, coroutine: Coroutine[Any, Any, Result], timeout: float | None = None) -> Result:
        """Run a coroutine in the loop and return its result; call it from any other thread.

        Args:
            coroutine: what to run; closed unrun if the loop does not run.
            timeout: seconds to wait for the result; None waits as long as it takes.

        Raises:
            TimeoutError: no result in time; the coroutine is cancelled.
            RuntimeError: the loop is not running, or this is its own thread.
        """
        try:
            loop = self._running_loop()
            self._refuse_own_thread("waited for")
        except RuntimeError:
            coroutine.close()
            raise
        future = asyncio.run_coroutine_threadsafe(coroutine, loop)
        try:
            return future.result(timeout)
        except BaseException:
            future.cancel()
            raise

    def call(self, function: Callable[..., object], *arguments: object) -> None:
        """Have the loop call a function soon, from any thread, without waiting for it.

        Raises:
            RuntimeError: the loop is not running.
        """
        self._running_loop().call_soon_threadsafe(function, *arguments)

    def tasks(self) -> tuple[str, ...]:
        """The loop's unfinished tasks, named by what they run."""
        return self.run(_tasks_but(self._main))

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def _serve(self, running: threading.Event) -> None:
        with asyncio.Runner() as runner:
            runner.run(self._until_asked(running))

    async def _until_asked(self, running: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._main = asyncio.current_task()
        self._asked_to_stop = asyncio.Event()
        running.set()
        await self._asked_to_stop.wait()

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise RuntimeError(f"the loop thread {self._name!r} is not running: start it first")
        return self._loop

    def _refuse_own_thread(self, what: str) -> None:
        if threading.current_thread() is self._thread:
            raise RuntimeError(f"the loop thread cannot be {what} from within itself")


async def _tasks_but(*own: "asyncio.Task[Any] | None") -> tuple[str, ...]:
    others = asyncio.all_tasks().difference(own, {asyncio.current_task()})
    return tuple(sorted(getattr(task.get_coro(), "__qualname__", "?") for task in others))
