"""`harness issue`: one finding of a run as an issue that can be filed with the app."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.cli.options import Verbose
from harness.errors import UsageError
from reports import ReportError
from reports.figures import cut, visible
from reports.issue import Choice, findings_of, write_issue


def issue_command(
    run: Annotated[Path, typer.Argument(help="A run's folder, the one with journal.jsonl.")],
    finding: Annotated[
        str | None, typer.Argument(help="The finding, by its number or id; lists them if left out.")
    ] = None,
    *,
    out: Annotated[
        Path | None,
        typer.Option(help="Write the issue into this file, with the screenshot beside it."),
    ] = None,
    verbose: Verbose = False,
) -> None:
    """Write a finding of a run as an issue in Markdown, or list the findings.

    The issue goes to standard output, or with --out into a file. Secrets, paths, addresses and
    names of this machine are masked in it; what a screenshot shows is not. The id of a finding is
    the same in every run of the same plan.
    """
    del verbose  # read by main()
    try:
        if finding is not None:
            _write(run, finding, out)
        elif out is not None:
            raise UsageError("--out needs a finding: name one by its number or id")
        else:
            for choice in findings_of(run):
                _say(_in_short(choice))
    except ReportError as error:
        raise UsageError(str(error)) from error


def _write(run: Path, finding: str, out: Path | None) -> None:
    written = write_issue(run, finding, out)
    if written.file is None:
        sys.stdout.write(written.text)
        if written.picture:
            _say(f"screenshot: {written.picture}; --out copies it beside the issue", stderr=True)
        return
    _say(f"issue: {written.file}")
    if written.picture:
        _say(f"screenshot: {written.picture}; look at it before you publish it: it is not masked")


def _in_short(choice: Choice) -> str:
    found = choice.finding
    place = f"{found.flow}, step {found.step}"
    return f"{choice.number}  {choice.id}  {found.property}  {place}: {cut(found.summary, 200)}"


def _say(line: str, *, stderr: bool = False) -> None:
    said = " ".join(visible(line).split("\n"))
    Console(stderr=stderr).print(said, soft_wrap=True, highlight=False, markup=False)
