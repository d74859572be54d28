"""An app's server as a process of its own: started, watched, ended with all its children."""

import os
import re
import shlex
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.errors import AppError

KEPT_LINES = 200
GRACE_S = 5.0
ENDING_S = 0.5  # from the moment its connections close until the system tells how it ended


class AppProcess:
    """A server process that says when it answers; its last lines of output are kept.

    Args:
        name: the app's name for messages.
        command: program and arguments.
        ready: a pattern for the line that tells that the server answers; its first group, if it
            has one, is the address.
        cwd: the folder to start in.
        env: the whole environment of the process.
        deadline_s: how long it may take until `ready`.

    Raises:
        AppError: the program cannot be started, ends, or is not ready in time.
    """

    def __init__(  # noqa: PLR0913  a process has as many facts
        self,
        name: str,
        command: Sequence[str],
        ready: str,
        *,
        cwd: Path,
        env: Mapping[str, str],
        deadline_s: float = 30.0,
    ) -> None:
        self.name = name
        self._ready = re.compile(ready)
        self._by_hand = shlex.join(command)
        self._lines: deque[str] = deque(maxlen=KEPT_LINES)
        self._told = threading.Event()
        self._answers = False
        self.address = ""
        self._process = self._start(command, cwd, env)
        self._reader = threading.Thread(target=self._read, name=f"{name}-output", daemon=True)
        try:
            self._reader.start()
            self._wait_ready(deadline_s)
        except BaseException:  # also Ctrl-C: nobody else knows the process yet
            self.stop()
            raise

    @property
    def pid(self) -> int:
        """The process id, which is also the id of its process group."""
        return self._process.pid

    def died(self) -> str | None:
        """Why the app is not running, or None while it is; a process about to end is waited for."""
        try:
            code = self._process.wait(ENDING_S)
        except subprocess.TimeoutExpired:
            return None
        self._reader.join(ENDING_S)
        how = f"exit code {code}" if code >= 0 else f"signal {_signal_name(-code)}"
        return f"{self.name} ended with {how}; its last words: {self.last_words()}"

    def last_words(self, count: int = 5) -> str:
        """The last lines that the app printed, in one line."""
        lines = [line for line in self._lines if line.strip()][-count:]
        return " | ".join(lines) or "none"

    def stop(self) -> None:
        """End the process and every child of it; do nothing when it is gone.

        A child that made a group of its own is not known here. Where it holds the output open, that
        is read on until it ends, and nobody waits for it.
        """
        self._signal(signal.SIGTERM)
        try:
            self._process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._process.wait()
        self._signal(signal.SIGKILL)  # children that outlived it
        if self._reader.is_alive():
            self._reader.join(GRACE_S)
        if self._process.stdout and not self._reader.is_alive():  # closing waits for who reads
            self._process.stdout.close()

    def _start(
        self, command: Sequence[str], cwd: Path, env: Mapping[str, str]
    ) -> subprocess.Popen[str]:
        try:
            return subprocess.Popen(
                list(command),
                cwd=cwd,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
            )
        except OSError as error:
            raise AppError(
                f"{self.name} cannot be started: {error.filename or command[0]}: {error.strerror};"
                " check that it is there and can be run"
            ) from error

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self._lines.append(line.rstrip())
            match = self._ready.search(line)
            if match and not self._answers:
                self.address = match[1] if match.groups() else ""
                self._answers = True
                self._told.set()
        self._told.set()  # the end of the output wakes whoever waits
        if self._process.stdout:
            self._process.stdout.close()

    def _wait_ready(self, deadline_s: float) -> None:
        in_time = self._told.wait(deadline_s)
        if self._answers:
            return
        late = f"did not come up in {deadline_s:g} s" if not in_time else "closed its output"
        raise AppError(
            self.died()
            or f"{self.name} {late}; its last words: {self.last_words()}; it never printed"
            f" “{self._ready.pattern}”: see by hand what keeps it, with {self._by_hand}"
        )

    def _signal(self, number: signal.Signals) -> None:
        try:
            os.killpg(self._process.pid, number)
        except ProcessLookupError:
            return


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
