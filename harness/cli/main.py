"""The `harness` command: its sub-commands, and one place where errors become exit codes."""

import io
import sys
import traceback
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from harness import __version__
from harness.cli.app import app_command
from harness.cli.baseline import baseline
from harness.cli.bisect import bisect_command
from harness.cli.compare import compare_command
from harness.cli.cover import cover_command
from harness.cli.doctor import doctor_command
from harness.cli.exits import exit_after, exit_unread
from harness.cli.explore import explore_command
from harness.cli.gate import gate_command
from harness.cli.issue import issue_command
from harness.cli.listing import faults_command, flows_command
from harness.cli.prove import prove_command
from harness.cli.replay import replay_command
from harness.cli.report import report_command
from harness.errors import HarnessError
from harness.stopping import STOP

app = typer.Typer(
    name="harness",
    help="Regression harness for chat and agent apps whose working directory changes under a"
    " session.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",  # else lines of a help end where those of its docstring end
)
app.command("gate")(gate_command)
app.command("explore")(explore_command)
app.command("replay")(replay_command)
app.command("cover")(cover_command)
app.command("app")(app_command)
app.command("prove")(prove_command)
app.command("doctor")(doctor_command)
app.command("flows")(flows_command)
app.command("faults")(faults_command)
app.command("report")(report_command)
app.command("issue")(issue_command)
app.command("compare")(compare_command)
app.command("bisect")(bisect_command)
app.add_typer(baseline)


def _say_version(asked: bool) -> None:  # noqa: FBT001  typer calls it
    if asked:
        typer.echo(f"harness {__version__}")
        raise typer.Exit


@app.callback()
def every_command(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_say_version,
            is_eager=True,
            help="Say which version this is, and exit.",
        ),
    ] = False,
) -> None:
    """What holds for every command."""
    del version  # said by its callback


def main() -> None:
    """Run the command; whatever goes wrong is one sentence on stderr and its exit code.

    With `--verbose` anywhere on the command line the traceback comes before the sentence, and with
    `--bisect-run` the code is one for `git bisect run`.
    """
    STOP.listen()
    _print_anything()
    for_git = "--bisect-run" in sys.argv
    try:
        app()
    except HarnessError as error:
        _fail(str(error), exit_after(error, bisect_run=for_git))
    except SystemExit as end:
        raise SystemExit(exit_unread(end.code, bisect_run=for_git)) from None
    except Exception as error:  # noqa: BLE001  a bug, and 1 would mean that the app is wrong
        said = (str(error).splitlines() or ["no word"])[0]
        bug = HarnessError(
            f"failed by a bug of its own ({type(error).__name__}: {said}); --verbose shows where"
        )
        _fail(str(bug), exit_after(bug, bisect_run=for_git))


def _fail(sentence: str, exit_code: int) -> NoReturn:
    if "--verbose" in sys.argv:
        traceback.print_exc()
    Console(stderr=True).print(
        f"harness: {sentence}", style="bold red", highlight=False, markup=False, soft_wrap=True
    )
    raise SystemExit(exit_code)


def _print_anything() -> None:
    """Print what the terminal's encoding lacks as question marks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
