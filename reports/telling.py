"""Tells a journal's entries as one story; copes with a journal that stops in the middle."""

from collections.abc import Iterable

from harness.journal import (
    Entry,
    FlowEnded,
    FlowStarted,
    PropertyJudged,
    RunEnded,
    RunStarted,
    RunVerdict,
    StepObserved,
    StepStarted,
)
from reports.naming import Naming
from reports.story import FlowStory, Run, StepStory


class _Chapter:
    """A flow while it is being read."""

    def __init__(self, start: FlowStarted) -> None:
        self.start = start
        self.naming = Naming(start.names)
        self.steps: dict[int, StepStory] = {}
        self.judged: list[PropertyJudged] = []
        self.end: FlowEnded | None = None
        self.last = start.t

    def step(self, entry: StepStarted) -> None:
        named = self.naming.model(entry)
        self.last = entry.t
        self.steps[entry.step] = StepStory(
            number=entry.step, title=named.title, action=named.action, started=entry.t
        )

    def observed(self, entry: StepObserved) -> None:
        known = self.steps.get(entry.step) or StepStory(
            number=entry.step, title=f"step {entry.step}", started=self.last
        )
        named = self.naming.model(entry)
        self.last = entry.t
        self.steps[entry.step] = known.model_copy(
            update={
                "ended": entry.t,
                "predicted": named.predicted,
                "observation": named.observation,
                "screenshot": entry.screenshot,
            }
        )

    def finish(self) -> FlowStory:
        end = self.end
        return FlowStory(
            flow=self.start.flow,
            title=self.naming.text(self.start.title),
            plan=self.start.plan,
            names={word: Naming({}).text(real) for word, real in self.start.names.items()},
            started=self.start.t,
            ended=max(end.t if end else self.last, self.start.t),
            verdict=end.verdict if end else "infrastructure",
            reason=self.naming.text(end.reason) if end else f"The run died {self.place()}.",
            steps=tuple(self.steps[number] for number in sorted(self.steps)),
            judged=tuple(self.naming.model(judged) for judged in self.judged),
        )

    def place(self) -> str:
        """Where the reading stops, as the end of a sentence."""
        if not self.steps:
            return "before its first step"
        step = self.steps[max(self.steps)]
        when = "in" if step.observation is None else "after"
        return f"{when} step {step.number} “{step.title}”"


class _Teller:
    """Sorts entries into chapters; entries of a flow without a beginning get one."""

    def __init__(self) -> None:
        self.run: RunStarted | None = None
        self.end: RunEnded | None = None
        self.chapters: list[_Chapter] = []

    def chapter(self, flow: str, t: float) -> _Chapter:
        for chapter in reversed(self.chapters):
            if chapter.start.flow == flow:
                return chapter
        return self.begin(FlowStarted(flow=flow, title=flow, t=t, plan=None))

    def begin(self, entry: FlowStarted) -> _Chapter:
        self.chapters.append(_Chapter(entry))
        return self.chapters[-1]

    def take(self, entry: Entry) -> None:
        match entry:
            case RunStarted():
                self.run = entry
            case RunEnded():
                self.end = entry
            case FlowStarted():
                self.begin(entry)
            case StepStarted():
                self.chapter(entry.flow, entry.t).step(entry)
            case StepObserved():
                self.chapter(entry.flow, entry.t).observed(entry)
            case PropertyJudged():
                self.chapter(entry.flow, 0).judged.append(entry)
            case FlowEnded():
                self.chapter(entry.flow, entry.t).end = entry

    def death(self) -> str:
        """Why there is no last line, as far as the journal tells."""
        if self.run is None and not self.chapters:
            return "The journal has no entry: the run died before it began."
        if not self.chapters:
            return "The run died before its first flow."
        last = self.chapters[-1]
        if last.end:
            return f"The run died after the flow “{last.start.title}”."
        return f"The run died {last.place()} of the flow “{last.start.title}”."


def tell(entries: Iterable[Entry], damage: Iterable[str] = ()) -> Run:
    """Make one run of a journal's entries.

    A journal without its last line belongs to a run that died: its verdict is `infrastructure`
    and the reason says where. A `pass` does not stand if part of the journal is unreadable.

    Args:
        entries: in the order in which they were written.
        damage: sentences on what of the journal could not be read.
    """
    teller = _Teller()
    for entry in entries:
        teller.take(entry)
    notes = tuple(damage)
    verdict, reason = _verdict(teller, notes)
    flows = tuple(chapter.finish() for chapter in teller.chapters)
    begun = {flow.flow for flow in flows}
    return Run(
        started=teller.run,
        ended=teller.end.t if teller.end else max((flow.ended for flow in flows), default=None),
        flows=flows,
        not_run=tuple(
            flow for flow in (teller.run.flows if teller.run else ()) if flow not in begun
        ),
        verdict=verdict,
        reason=Naming({}).text(reason),
        damage=notes,
    )


def _verdict(teller: _Teller, damage: tuple[str, ...]) -> tuple[RunVerdict, str]:
    if teller.end is None:
        return "infrastructure", damage[0] if damage and not teller.chapters else teller.death()
    if damage and teller.end.verdict == "pass":
        return "infrastructure", damage[0]
    return teller.end.verdict, teller.end.reason
