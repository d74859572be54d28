"""The end of a run on standard output: a table and findings, or JSON."""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from rich.console import Console

from harness.errors import HarnessError
from harness.journal import Finding
from reports import Paths, ReportError, show, written
from reports.ci import annotations, step_summary
from reports.story import FlowStory, Run


class ReportsError(HarnessError):
    """The reports could not be written; the journal is as it was."""


def tell(folder: Path, *, as_json: bool, brief: bool = False) -> None:
    """Write the reports of a run, also of one that failed, and say what came of it.

    Args:
        folder: the run's own folder.
        as_json: print JSON and nothing else.
        brief: only say where the report is; the error that is to follow says the rest.

    Raises:
        ReportsError: they cannot be written.
    """
    paths, run = reported(folder)
    if as_json:
        sys.stdout.write(_as_json(run, paths))
        return
    _tell_github(run)
    console = Console()
    if not brief:
        show(run, console)
    console.print(f"report: {paths.html}", soft_wrap=True, highlight=False, markup=False)


def reported(folder: Path) -> tuple[Paths, Run]:
    """Write the reports of a run; where they are, and what they tell.

    Raises:
        ReportsError: they cannot be written.
    """
    try:
        return written(folder)
    except ReportError as error:
        raise ReportsError(str(error)) from error


def _tell_github(run: Run) -> None:
    """On a runner of GitHub: annotations, and the summary of the step."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return
    sys.stdout.write("".join(f"{line}\n" for line in annotations(run)))
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with suppress(OSError), Path(summary).open("a", encoding="utf-8") as stream:
            stream.write(step_summary(run))


def _as_json(run: Run, paths: Paths) -> str:
    told = run.model_dump(mode="json", exclude={"flows": {"__all__": {"steps"}}})
    more = {
        "findings": [_finding(flow, finding) for flow in run.flows for finding in flow.findings],
        "mended": [each.model_dump(mode="json") for each in run.mended],
        "expired": [each.model_dump(mode="json") for each in run.expired],
        "report": str(paths.html),
        "junit": str(paths.junit),
        "ctrf": str(paths.ctrf),
    }
    return json.dumps({**told, **more}, indent=2, ensure_ascii=False) + "\n"


def _finding(flow: FlowStory, finding: Finding) -> dict[str, object]:
    """A finding and what accepts it, cause by cause; nothing accepts a new one."""
    accepted = [each.model_dump(mode="json") for each in flow.accepting(finding)]
    return {**finding.model_dump(mode="json"), "accepted": accepted}
