"""The `harness` command as a person meets it: what it prints and how it exits."""

import signal
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from harness.cli import main


class Told(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line that the command says of what is wrong."""
        assert self.out == ""
        assert self.err.count("\n") == 1, self.err
        assert self.err.startswith("harness: ")
        return self.err.removeprefix("harness: ").rstrip()


Harness = Callable[..., Told]


@pytest.fixture(name="harness")
def _harness(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Harness]:
    """Runs the command in this process: for what ends before a browser is started."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def run(*arguments: object) -> Told:
        monkeypatch.setattr(sys, "argv", ["harness", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        assert isinstance(ended.value.code, int)
        printed = capsys.readouterr()
        return Told(ended.value.code, printed.out, printed.err)

    yield run
    for number, handler in before.items():
        signal.signal(number, handler)
