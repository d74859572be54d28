"""An app's process: whatever goes wrong is said in a sentence, and no process is left."""

import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from harness.errors import AppError
from harness.targets import process as process_module
from harness.targets.process import AppProcess
from harness.targets.reference import start_server
from harness.targets.repository import make_repository
from harness.workshop import open_workshop

SERVES = "print('ready at http://here', flush=True); import time; time.sleep(600)"
STAYS = "import time; time.sleep(600)"


def start(code: str, *, ready: str = r"ready at (\S+)", deadline_s: float = 60.0) -> AppProcess:
    command = [sys.executable, "-c", code]
    return AppProcess(
        "the app", command, ready, cwd=Path.cwd(), env=os.environ, deadline_s=deadline_s
    )


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    before = set(psutil.Process().children(recursive=True))
    yield
    left = set(psutil.Process().children(recursive=True)) - before
    assert [process.cmdline() for process in left] == []


def test_an_app_that_answers_has_an_address_and_ends_when_told() -> None:
    app = start(SERVES)
    assert app.address == "http://here"
    assert app.died() is None
    app.stop()
    assert not psutil.pid_exists(app.pid)
    app.stop()  # what is gone needs no ending


def test_a_pattern_without_a_group_is_enough() -> None:
    app = start(SERVES, ready="ready at")
    assert app.address == ""
    app.stop()


def test_an_app_that_never_comes_up() -> None:
    with pytest.raises(AppError) as error:
        start(f"print('still thinking', flush=True); {STAYS}", deadline_s=2)
    assert str(error.value).startswith("the app did not come up in 2 s; its last words: ")


def test_an_app_that_ends_at_once_is_quoted() -> None:
    with pytest.raises(AppError) as error:
        start("import sys; print('no configuration'); sys.exit('give me one')")
    assert str(error.value) == (
        "the app ended with exit code 1; its last words: no configuration | give me one"
    )


def test_an_app_that_ends_without_a_word() -> None:
    with pytest.raises(AppError, match="exit code 0; its last words: none"):
        start("")


def test_an_app_that_closes_its_output_without_being_ready() -> None:
    with pytest.raises(AppError, match="the app closed its output; its last words: none"):
        start(f"import os; os.close(1); os.close(2); {STAYS}")


@pytest.mark.parametrize("program", ["./not-there", "."])
def test_an_app_that_cannot_be_started(tmp_path: Path, program: str) -> None:
    with pytest.raises(AppError) as error:
        AppProcess("the app", [program], "ready", cwd=tmp_path, env={})
    assert str(error.value).startswith(f"the app cannot be started: {program}: ")
    assert str(error.value).endswith("check that it is there and can be run")


def test_an_app_started_in_a_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    with pytest.raises(AppError, match=r"cannot be started: .*gone: No such file or directory"):
        AppProcess("the app", [sys.executable], "ready", cwd=gone, env={})


def test_an_app_that_was_killed_says_by_what_and_its_last_words() -> None:
    app = start(SERVES)
    os.kill(app.pid, signal.SIGKILL)
    died = app.died()
    app.stop()
    assert died == "the app ended with signal SIGKILL; its last words: ready at http://here"


def test_children_that_hold_on_are_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_module, "GRACE_S", 0.2)
    deaf = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SERVES}"
    app = start(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {deaf!r}])")
    children = psutil.Process(app.pid).children(recursive=True)
    assert children
    app.stop()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []


def test_a_child_that_holds_the_output_open_elsewhere_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(process_module, "GRACE_S", 0.5)
    elsewhere = "subprocess.Popen(['sleep', '60'], start_new_session=True)"
    app = start(
        f"import subprocess; c = {elsewhere}; print('ready at', c.pid, flush=True); {STAYS}"
    )
    child = psutil.Process(int(app.address))
    app.stop()
    assert child.is_running()
    child.kill()
    child.wait(30)


def test_ctrl_c_while_an_app_comes_up_leaves_no_process() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    interrupting = threading.Thread(target=_interrupt_once_watched)
    interrupting.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            start(STAYS)
    finally:
        interrupting.join()
        signal.signal(signal.SIGINT, before)


def _interrupt_once_watched() -> None:
    while not any(thread.name == "the app-output" for thread in threading.enumerate()):
        threading.Event().wait(0.01)
    os.kill(os.getpid(), signal.SIGINT)


def test_a_port_in_use_is_named_with_the_remedy(tmp_path: Path) -> None:
    project = make_repository(tmp_path / "project")
    with open_workshop(logs=tmp_path) as workshop, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AppError) as error:
            start_server(workshop, project, tmp_path / "data", port)
    assert f"cannot listen on 127.0.0.1 port {port}" in str(error.value)
    assert str(error.value).endswith("choose another --port, or 0 for any")


def test_a_project_that_is_no_repository_is_named(tmp_path: Path) -> None:
    with open_workshop(logs=tmp_path) as workshop, pytest.raises(AppError) as error:
        start_server(workshop, tmp_path, tmp_path / "data")
    assert "is not a git repository" in str(error.value)


def test_without_git_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Exception, match="git was not found; install git and run again"):
        make_repository(tmp_path / "project")


def test_the_output_that_is_kept_is_bounded() -> None:
    lots = "[print('line', n) for n in range(100_000)]; print('ready at x', flush=True)"
    app = start(f"{lots}; {STAYS}")
    assert app.last_words(3) == "line 99998 | line 99999 | ready at x"
    app.stop()
