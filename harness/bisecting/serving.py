"""An app of a revision, started by a command of the user's and ended with all its children."""

import hashlib
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import httpx

from harness.errors import AppError
from harness.scopes import collision_proof

REV = "{rev}"
GRACE_S = 10.0
LOOK_S = 0.2  # between two looks whether the app answers
SKIP = 125  # “this revision cannot be tested”, as for git bisect run


class OccupiedError(AppError):
    """Another app answers where the one that is looked for would."""


class Start(NamedTuple):
    """How the app of a revision is started.

    Attributes:
        command: for the shell, with `{rev}` where the revision goes.
        folder: where it runs.
        wait_s: how long it may take until the app answers.
    """

    command: str
    folder: Path
    wait_s: float

    def mark(self, url: str) -> str:
        """Eight hexadecimal digits for this command here, and the app's address: another app."""
        said = collision_proof(self.command, str(self.folder.resolve()), url)
        return hashlib.sha256(said.encode()).hexdigest()[:8]


@contextmanager
def served(start: Start, rev: str, url: str, log: Path) -> Generator[None]:
    """Run a command with its `{rev}` replaced; go on once the app answers at an address.

    Args:
        start: the command.
        rev: the revision.
        url: where the app answers once it is up.
        log: gets what the command prints.

    Raises:
        OccupiedError: something answers there before the app is started.
        AppError: the command ended, or nothing answers in time; the message says which.
    """
    if _answers(url):
        raise OccupiedError(
            f"something answers at {url} already: end it, or name another --base-url"
        )
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["/bin/sh", "-c", start.command.replace(REV, shlex.quote(rev))],
            cwd=start.folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _await(process, url, log, start.wait_s)
        yield
    finally:
        _end(process, url)


def _await(process: "subprocess.Popen[bytes]", url: str, log: Path, deadline_s: float) -> None:
    until = time.monotonic() + deadline_s
    while not _answers(url):
        with suppress(subprocess.TimeoutExpired):
            code = process.wait(LOOK_S)
            said = "it cannot be tested" if code == SKIP else f"exit code {code}"
            raise AppError(f"the command ended before the app answered: {said}; see {log}")
        if time.monotonic() > until:
            raise AppError(f"nothing answered at {url} in {deadline_s:.0f} s; see {log}")


def _answers(url: str) -> bool:
    try:
        httpx.get(url, timeout=2.0, trust_env=False)
    except httpx.HTTPError:
        return False
    return True


def _end(process: "subprocess.Popen[bytes]", url: str) -> None:
    """End the process group, and wait until the address is free for the next revision."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    until = time.monotonic() + GRACE_S
    while _answers(url) and time.monotonic() < until:
        with suppress(subprocess.TimeoutExpired):
            process.wait(LOOK_S)
