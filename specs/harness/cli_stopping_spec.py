"""A signal ends the run, also where the exception of its handler came to nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest

from harness.journal import RunEnded
from harness.stopping import STOPS, Stop

LOADING = """
import os, sys

class Loading:
    def find_spec(self, name, *_):
        if name == "typer":
            os.kill(os.getpid(), {number})

sys.meta_path.insert(0, Loading())
from harness.starting import main
main()
"""
ENTRY = RunEnded(t=0.0, verdict="pass")


@pytest.fixture
def stop() -> Iterator[Stop]:
    before = {number: signal.getsignal(number) for number in STOPS}
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the specs may run below nohup themselves
    stop = Stop()
    stop.listen()
    yield stop
    for number, handler in before.items():
        signal.signal(number, handler)


def test_nohup_keeps_a_closed_terminal_off(stop: Stop) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    stop.listen()
    os.kill(os.getpid(), signal.SIGHUP)
    stop.hear(ENTRY)


def lose(number: signal.Signals) -> None:
    """Send this process a signal where what its handler raises is swallowed."""
    with suppress(KeyboardInterrupt, SystemExit):
        os.kill(os.getpid(), number)


def test_without_a_signal_the_run_goes_on(stop: Stop) -> None:
    stop.hear(ENTRY)


def test_a_lost_ctrl_c_is_raised_again(stop: Stop) -> None:
    lose(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        stop.hear(ENTRY)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_lost_signal_keeps_its_exit_code(stop: Stop, number: signal.Signals, code: int) -> None:
    lose(number)
    with pytest.raises(SystemExit) as ended:
        stop.hear(ENTRY)
    assert ended.value.code == code


def test_an_end_that_is_under_way_is_not_cut_short(stop: Stop) -> None:
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    except SystemExit:
        stop.hear(ENTRY)
    os.kill(os.getpid(), signal.SIGINT)


def test_it_can_listen_again(stop: Stop) -> None:
    lose(signal.SIGTERM)
    stop.listen()
    stop.hear(ENTRY)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stop_while_the_command_is_loaded_ends_it_in_silence(
    number: signal.Signals, code: int
) -> None:
    """The signal comes from within, at the first module of many."""
    script = LOADING.format(number=int(number))
    told = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert (told.returncode, told.stdout, told.stderr) == (code, "", "")
