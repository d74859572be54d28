"""The last runs as the template wants them, the newest first: a column each, a row a flow."""

from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from harness.journal import Finding, RunStarted, RunVerdict
from harness.values import Value
from reports.figures import counted, duration
from reports.history import Flag, FlowPast, History, Mark, points, since, trends
from reports.story import Run
from reports.verdicts import SIGN, listed

_MOST = 60  # flows in the table
_WIDTH, _HEIGHT = 72.0, 18.0  # of a line of durations, CSS pixels
_WORDS = {
    "failing": "failing",
    "mended": "holding again",
    "flaky": "flaky",
    "slower": "slower",
}


class Column(Value):
    """One run; `href` is where its own report stands, nothing where it has none."""

    number: int
    run: RunStarted
    verdict: RunVerdict
    href: str = ""


class Cell(Value):
    """One flow in one run, as a sign, and in words."""

    kind: str
    sign: str
    title: str


class Row(Value):
    """One flow over all runs; `line` is an SVG path through its durations."""

    id: str
    flow: str
    title: str
    cells: tuple[Cell, ...]
    took: str
    typical: str
    line: str
    flags: tuple[Flag, ...]

    @property
    def is_usual(self) -> bool:
        """Whether it holds now, and nothing else is to be said of it."""
        return not self.flags and self.cells[0].kind == "pass"


class PastPart(Value):
    """The history of a run; `left` counts the flows that are not in the table."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    left: int
    sentence: str
    notes: tuple[str, ...]
    width: float = _WIDTH
    height: float = _HEIGHT

    @property
    def unusual(self) -> tuple[Row, ...]:
        """The flows of which there is something to say, and those that do not hold now."""
        return tuple(row for row in self.rows if not row.is_usual)

    @property
    def usual(self) -> tuple[Row, ...]:
        """The other flows."""
        return tuple(row for row in self.rows if row.is_usual)


def past_part(run: Run, history: History) -> PastPart | None:
    """The history of a run, None where there is nothing to tell."""
    told = trends(run, history)
    if run.started is None or not (told or history.notes):
        return None
    ids = {flow.flow: f"flow-{index}" for index, flow in enumerate(run.flows, start=1)}
    return PastPart(
        columns=_columns(run, run.started, history) if told else (),
        rows=tuple(_row(past, ids[past.flow]) for past in told[:_MOST]),
        left=max(0, len(told) - _MOST),
        sentence=_sentence(told, len(history.runs)),
        notes=history.notes,
    )


def since_of(run: Run, history: History, numbered: Mapping[Finding, int]) -> dict[int, str]:
    """Since when each finding is there, by its number; nothing of those that cannot be told."""
    told: dict[int, str] = {}
    for flow in run.flows if history.runs else ():
        seen = points(run, history, flow)
        told |= {numbered[one]: since(seen, one) for one in flow.findings}
    return told


def _columns(run: Run, now: RunStarted, history: History) -> tuple[Column, ...]:
    earlier = (
        Column(
            number=number,
            run=past.run.started,
            verdict=past.run.verdict,
            href=f"../{quote(past.folder)}/report.html" if past.reported else "",
        )
        for number, past in enumerate(history.runs, start=1)
        if past.run.started
    )
    this = Column(number=len(history.runs) + 1, run=now, verdict=run.verdict)
    return (this, *reversed(tuple(earlier)))


def _row(past: FlowPast, place: str) -> Row:
    now = past.marks[-1]
    return Row(
        id=place,
        flow=past.flow,
        title=past.title,
        cells=tuple(map(_cell, reversed(past.marks))),
        took=duration(now.took) if now else "",
        typical=duration(past.usual) if past.usual is not None else "",
        line=_line(past.marks),
        flags=past.flags,
    )


def _cell(mark: Mark | None) -> Cell:
    if mark is None:
        return Cell(kind="none", sign="", title="not performed")
    said = "held" if mark.verdict == "pass" else mark.verdict
    return Cell(kind=mark.verdict, sign=SIGN[mark.verdict], title=f"{said}, {duration(mark.took)}")


def _line(marks: Sequence[Mark | None]) -> str:
    """A path through the durations from 0 up to the longest, broken where there is none."""
    most = max((mark.took for mark in marks if mark), default=0.0) or 1.0
    step = _WIDTH / max(len(marks) - 1, 1)
    path, pen = "", "M"
    for number, mark in enumerate(marks):
        if mark:
            height = _HEIGHT - 1 - (_HEIGHT - 2) * mark.took / most
            path += f"{pen}{number * step:.0f} {height:.1f}"
        pen = "L" if mark else "M"
    return path


def _sentence(told: Sequence[FlowPast], runs: int) -> str:
    """What the history comes to, as `Against the 6 runs before it: 1 flow flaky.` says it."""
    kinds = Counter(flag.kind for past in told for flag in past.flags)
    parts = [
        f"{counted(kinds[kind], 'flows')} {words}" for kind, words in _WORDS.items() if kinds[kind]
    ]
    before = "run" if runs == 1 else f"{runs} runs"
    return f"Against the {before} before it: {listed(parts) or 'nothing unusual'}."
