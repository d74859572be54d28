"""The beginning and the end of a run in its journal, each written once."""

import platform
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from pydantic import Field

from harness import __version__
from harness.coverage import Exercisable, ModelTold
from harness.journal import Doing, Entry, Journal, RunEnded, RunStarted, RunVerdict
from harness.run.options import RunOptions, again
from harness.runner import now
from harness.values import Value


class Begun(Value):
    """What is known of a run once its app has started.

    Attributes:
        app_version: the app's own word for its release.
        flows: what is to be performed, in order.
        left_out: the flows that the app has no way to do, each with the reason.
        exercisable: what of the model there is to exercise on it; None before it is known.
    """

    app_version: str = "unknown"
    flows: tuple[str, ...] = ()
    left_out: dict[str, str] = Field(default_factory=dict)
    exercisable: Exercisable | None = None


UNKNOWN = Begun()


class Book:
    """The journal of one run, and those who listen.

    Args:
        stream: the journal's file.
        listeners: told each entry after it was written.
        options: what was asked for.
        folder: the run's own folder; its name is the run's id.
        browser: name and version; may be told until the beginning is written.
        doing: what kind of run it is.
        more: what else it stands on, by name.
    """

    def __init__(  # noqa: PLR0913  what is known of a run before it begins
        self,
        stream: TextIO,
        listeners: tuple[Callable[[Entry], None], ...],
        options: RunOptions,
        folder: Path,
        browser: str = "none",
        *,
        doing: Doing = "gate",
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._journal = Journal(stream, masked=not options.unmasked)
        self._listeners = listeners
        self._options = options
        self._folder = folder
        self.browser = browser
        self._doing: Doing = doing
        self._more = more
        self._started = self._ended = False

    def emit(self, entry: Entry) -> None:
        """Write an entry, then tell it."""
        self._journal.write(entry)
        for listen in self._listeners:
            listen(entry)

    def start(self, begun: Begun = UNKNOWN) -> None:
        """Write who runs what against what, and what of the model the app has a way to do."""
        if self._started:
            return
        self._started = True
        fault = self._options.fault
        self.emit(
            RunStarted(
                doing=self._doing,
                masked=not self._options.unmasked,
                run_id=self._folder.name,
                t=now(),
                harness_version=__version__,
                target=self._options.target,
                app_version=begun.app_version,
                fault=fault.id if fault else None,
                flows=begun.flows,
                left_out=begun.left_out,
                baseline=self._options.baseline.name if self._options.baseline else "",
                environment={**environment(self.browser), **self._more},
                again=again(self._options, begun.app_version),
            )
        )
        if begun.exercisable:
            self.emit(ModelTold(exercisable=begun.exercisable))

    def end(self, verdict: RunVerdict, reason: str = "") -> None:
        """Write the verdict, after the beginning where the run never came to it."""
        self.start()
        if self._ended:
            return
        self._ended = True
        self.emit(RunEnded(t=now(), verdict=verdict, reason=reason))


def environment(browser: str) -> dict[str, str]:
    """What a run stands on, by name."""
    return {
        "browser": browser,
        "python": platform.python_version(),
        "playwright": version("playwright"),
        "system": f"{platform.system()} {platform.machine()}",
    }
