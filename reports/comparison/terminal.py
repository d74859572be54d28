"""A comparison in the terminal: what got worse, what got better, and the verdict."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reports.comparison.comparing import WORDS, Comparison, Line, Side, Turn
from reports.comparison.words import SIGN, headline
from reports.figures import cut, visible

SHOWN: tuple[Turn, ...] = ("worse", "changed", "better", "unclear")
STYLE: dict[Turn, str] = {
    "worse": "bold red",
    "changed": "bold red",
    "better": "green",
    "unclear": "yellow",
    "same": "dim",
}


def show_comparison(comparison: Comparison, console: Console) -> None:
    """Print each rule that is not as before with both sides, the worst first, and the verdict."""
    for turn in SHOWN:
        for line in comparison.of(turn):
            console.print(
                Text.assemble((f"{SIGN[turn]} {WORDS[turn]}  ", STYLE[turn]), _place(line))
            )
            console.print(_sides(line))
    top = headline(comparison)
    sign = (f"\n{SIGN[comparison.turn]} {top.title}", STYLE[comparison.turn])
    console.print(Text.assemble(sign, f"  {visible(top.detail)}"))


def _place(line: Line) -> Text:
    return _words(f"{line.rule} in {line.flow}")


def _sides(line: Line) -> Table:
    sides = Table(box=None, show_header=False, padding=(0, 1, 0, 2))
    sides.add_column(no_wrap=True, style="dim")
    sides.add_column()
    sides.add_row("before", _words(told(line.before)))
    sides.add_row("after", _words(told(line.after)))
    return sides


def told(side: Side) -> str:
    """What a run says of a rule: that it held, or what was wrong, or why it does not tell."""
    if side.outcome is None:
        return "not judged"
    if side.outcome == "violated":
        return "; ".join(sorted(side.causes))
    if side.outcome == "pass":
        return f"held ({side.evidence})"
    return f"{side.outcome}: {side.reason}" if side.reason else side.outcome


def _words(text: str) -> Text:
    return Text(cut(visible(text), 400))
