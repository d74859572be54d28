"""Two apps on one port, and a registry that does not answer: one sentence, and the exit code."""

import socket
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from harness.targets.opencode import release
from specs.harness.bisecting.revisions_spec import git
from specs.harness.conftest import Harness

ROOT = Path(__file__).parents[2]
CLOSED = "http://127.0.0.1:9"  # nobody serves there
PROGRAM = "opencode/1.2.3/node_modules/opencode-linux-x64/bin/opencode"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
        """Print nothing."""


@contextmanager
def answering(folder: Path) -> Generator[str]:
    """Another app; answers with its address."""
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(name="taken")
def _taken() -> Iterator[int]:
    """A port at which another app listens, and answers nothing that it is asked."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_the_port_of_the_model_server_is_another_apps(
    harness: Harness, taken: int, tmp_path: Path
) -> None:
    told = harness("gate", "--agent-port", taken, "--report", tmp_path)
    assert told.code == 2
    assert told.err.count("\n") == 1
    assert f"the scripted model server cannot listen on port {taken} (" in told.err
    assert told.err.endswith("): choose another --agent-port\n")


def test_the_port_of_the_example_app_is_another_apps(taken: int) -> None:
    command = [sys.executable, "-m", "specs.example.app", "--port", str(taken)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert f"error: cannot listen on port {taken} (" in told.stderr
    assert told.stderr.endswith("): choose another --port\n")


def test_another_app_answers_where_a_commit_would(harness: Harness, tmp_path: Path) -> None:
    folder = tmp_path / "app"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    for number in range(3):
        git(folder, "commit", "--quiet", "--allow-empty", "--message", f"Step {number}")
    (tmp_path / "index.html").write_text("another app", encoding="utf-8")
    with answering(tmp_path) as url:
        told = harness(
            *("bisect", "--run", "echo {rev}; exit 1", "--base-url", url, "--repository", folder),
            *("--good", "main~2", "--bad", "main", "--property", "timeline-mounted", "--json"),
            *("--target", "specs.example.target:Chat", "--report", tmp_path / "out"),
        )
    assert told.code == 3
    assert (
        told.sentence == f"something answers at {url} already: end it, or name another --base-url"
    )


@pytest.fixture(name="cache")
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and a registry that does not answer."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("npm_config_registry", CLOSED)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    monkeypatch.setattr(release.platform, "system", lambda: "Linux")
    monkeypatch.setattr(release.platform, "machine", lambda: "x86_64")
    return tmp_path / "scope-harness"


def test_a_release_that_is_not_in_the_cache(harness: Harness, cache: Path, tmp_path: Path) -> None:
    told = harness(
        *("gate", "--target", "opencode", "--app-version", "1.2.3"),
        *("--report", tmp_path / "out"),
    )
    assert told.code == 3
    assert told.err.count("\n") == 1
    assert "npm's registry does not answer (ECONNREFUSED), so opencode-" in told.err
    assert not [*cache.rglob("bin")]


def test_a_release_that_is_in_the_cache_is_started(
    harness: Harness, cache: Path, tmp_path: Path
) -> None:
    program = cache / PROGRAM
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho it was started; exit 7\n", encoding="utf-8")
    program.chmod(0o755)
    told = harness(
        *("gate", "--target", "opencode", "--app-version", "1.2.3"),
        *("--report", tmp_path / "out"),
    )
    assert told.code == 3
    assert "opencode ended with exit code 7" in told.err
    assert "it was started" in told.err
    assert "registry" not in told.err


@pytest.mark.usefixtures("cache")
def test_a_list_of_releases_that_was_never_had(harness: Harness, tmp_path: Path) -> None:
    told = harness("bisect", "--good", "1.2.3", "--bad", "1.2.4", "--report", tmp_path / "out")
    assert told.code == 3
    assert told.sentence.startswith("npm's registry does not answer (ECONNREFUSED), so opencode-ai")
