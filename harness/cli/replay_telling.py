"""What a replay says while it runs and at its end."""

import json
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from rich.console import Console

from harness.browser import SHOW_TRACE, VIDEO_INSTALL
from harness.cli.telling import reported, tell
from harness.journal import Entry, FlowRecorded, FlowStarted, StepStarted
from harness.plans import Plan
from harness.replaying import Counterexample, Outcome, Replayed
from harness.replays import Replays


class Teller:
    """Prints each step as it begins, each run as it ends, and where everything is.

    Args:
        folder: that of the run.
        as_json: print the result as JSON and nothing else.
        times: how many runs there are to be.
        known: whether it replayed when it was found, where that was asked.
    """

    def __init__(
        self, folder: Path, *, as_json: bool, times: int, known: Replays | None = None
    ) -> None:
        self._folder = folder
        self._as_json = as_json
        self._times = times
        self._known = known
        self._console = Console(soft_wrap=True, highlight=False, markup=False, quiet=as_json)
        self._recorded: list[FlowRecorded] = []
        self._begun = 0
        self._told = self._searched = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if not self._told:  # it ended early: what there is in the journal is told all the same
            tell(self._folder, as_json=self._as_json, brief=True)

    def hear(self, entry: Entry) -> None:
        """Follow the runs by their journal."""
        match entry:
            case FlowStarted(title=title):
                self._begun += 1
                place = f"run {self._begun} of {self._times}: " if self._times > 1 else ""
                self._console.print(f"{place}{title}")
            case StepStarted(step=step, title=title):
                self._console.print(f"  {step}. {title}")
            case FlowRecorded():
                self._recorded.append(entry)
            case _:
                pass

    def tried(self, plan: Plan, *, met: bool) -> None:
        """A smaller plan was tried."""
        self._searched = True
        count = len(plan.actions)
        self._console.print(
            f"  {count} action{'s' * (count != 1)}: {'still there' if met else 'gone'}"
        )

    def ran(self, run: Replayed) -> None:
        """A run is over."""
        self._console.print(f"  {run}")

    def ended(self, outcome: Outcome) -> None:
        """All runs are over."""
        self._told = True
        smaller = self._written(outcome.smaller)
        if self._as_json:
            told = self._as_data(outcome, smaller)
            sys.stdout.write(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
            return
        for stale in outcome.left_out:
            self._console.print(f"left out: {stale}")
        self._console.print(str(outcome))
        if self._known:
            self._console.print(f"When it was found: {self._known}")
        if smaller:
            self._console.print(f"smaller: harness replay {shlex.quote(str(smaller))}")
        elif self._searched:
            self._console.print("Nothing smaller was found that gives it.")
        for line in self._recordings():
            self._console.print(line)
        tell(self._folder, as_json=False, brief=True)

    def _written(self, smaller: Counterexample | None) -> Path | None:
        """The file of a smaller counterexample."""
        if smaller is None:
            return None
        path = self._folder / f"{smaller.name}.json"
        path.write_text(smaller.written(), encoding="utf-8")
        return path

    def _recordings(self) -> Iterator[str]:
        """The command that opens each trace, each video, and what a video needs."""
        for each in self._recorded:
            if each.trace:
                path = shlex.quote(str(self._folder / each.trace))
                yield f"trace: {SHOW_TRACE} {path}"
            if each.video:
                yield f"video: {self._folder / each.video}"
        if self._recorded and not any(each.video for each in self._recorded):
            yield f"no video, for Playwright has no ffmpeg here; install it with: {VIDEO_INSTALL}"

    def _as_data(self, outcome: Outcome, smaller: Path | None) -> dict[str, object]:
        paths, _ = reported(self._folder)
        traces = [each.trace for each in self._recorded if each.trace]
        videos = [each.video for each in self._recorded if each.video]
        return {
            "reproduced": outcome.times_met,
            "when_found": self._known and str(self._known),
            "runs": [_run_as_data(run) for run in outcome.runs],
            "left_out": [str(stale) for stale in outcome.left_out],
            "smaller": smaller and str(smaller),
            "traces": [str(self._folder / name) for name in traces],
            "videos": [str(self._folder / name) for name in videos],
            "report": str(paths.html),
        }


def _run_as_data(run: Replayed) -> dict[str, object]:
    return {
        "flow": run.flow,
        "reproduced": bool(run.met),
        "said": str(run),
        "findings": [each.model_dump(mode="json") for each in run.findings],
    }
