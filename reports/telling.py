"""Tells a journal's entries as one story; copes with a journal that stops in the middle."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain

from harness.coverage import (
    Covered,
    FlowCovered,
    ModelExplored,
    ModelTold,
    SliceExplored,
)
from harness.journal import (
    BaselineApplied,
    Entry,
    FlowEnded,
    FlowRecorded,
    FlowStarted,
    MatrixRow,
    PropertyJudged,
    RunEnded,
    RunStarted,
    RunVerdict,
    StepObserved,
    StepStarted,
    WalkEnded,
)
from harness.replays import FlowReplayed
from reports.figures import counted
from reports.naming import Naming, Renaming
from reports.story import FlowStory, Run, StepStory

Renamer = Callable[[Mapping[str, str]], Renaming]


OfFlow = (
    StepStarted
    | StepObserved
    | PropertyJudged
    | BaselineApplied
    | FlowRecorded
    | FlowReplayed
    | FlowEnded
)
OfModel = ModelTold | ModelExplored | SliceExplored | FlowCovered | WalkEnded


class _Chapter:
    """A flow while it is being read."""

    def __init__(self, start: FlowStarted, renamer: Renamer) -> None:
        self.start = start
        self.naming = renamer(start.names)
        self.bare = renamer({})
        self.steps: dict[int, StepStory] = {}
        self.judged: list[PropertyJudged] = []
        self.baseline: BaselineApplied | None = None
        self.recorded: FlowRecorded | None = None
        self.replayed: FlowReplayed | None = None
        self.end: FlowEnded | None = None
        self.last = start.t

    def step(self, entry: StepStarted) -> None:
        named = self.naming.model(entry)
        self.last = entry.t
        self.steps[entry.step] = StepStory(
            number=entry.step,
            title=named.title,
            action=named.action,
            by_hand=named.by_hand,
            started=entry.t,
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

    def take(self, entry: OfFlow) -> None:
        match entry:
            case StepStarted():
                self.step(entry)
            case StepObserved():
                self.observed(entry)
            case PropertyJudged():
                self.judged.append(entry)
            case BaselineApplied():
                self.baseline = entry
            case FlowRecorded():
                self.recorded = entry
            case FlowReplayed():
                self.replayed = entry
            case FlowEnded():
                self.end = entry

    @property
    def ended(self) -> float:
        """When it was over, or the last that is known of it."""
        return max(self.end.t if self.end else self.last, self.start.t)

    def finish(self) -> FlowStory:
        end = self.end
        return FlowStory(
            flow=self.start.flow,
            title=self.naming.text(self.start.title),
            plan=self.start.plan,
            names={word: self.bare.text(real) for word, real in self.start.names.items()},
            by_hand=tuple(self.naming.text(sentence) for sentence in self.start.by_hand),
            started=self.start.t,
            ended=self.ended,
            verdict=end.verdict if end else "infrastructure",
            reason=self.naming.text(end.reason) if end else f"The run died {self.place()}.",
            steps=tuple(self.steps[number] for number in sorted(self.steps)),
            judged=tuple(self.naming.model(judged) for judged in self.judged),
            baseline=self.naming.model(self.baseline) if self.baseline else None,
            recorded=self.recorded,
            replays=self.naming.model(self.replayed.replays) if self.replayed else None,
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

    def __init__(self, renamer: Renamer) -> None:
        self.renamer = renamer
        self.run: RunStarted | None = None
        self.end: RunEnded | None = None
        self.chapters: list[_Chapter] = []
        self.rows: dict[str, MatrixRow] = {}  # of a fault told twice the later row stands
        self.model: ModelTold | None = None
        self.covered: list[tuple[str, Covered]] = []
        self.walks: list[WalkEnded] = []
        self.slices: list[SliceExplored] = []
        self.explored: ModelExplored | None = None

    @property
    def faults(self) -> tuple[str, ...]:
        """What a kill matrix was to try, as far as its first line could be read."""
        return self.run.faults if self.run else ()

    def chapter(self, flow: str, t: float) -> _Chapter:
        for chapter in reversed(self.chapters):
            if chapter.start.flow == flow:
                return chapter
        return self.begin(FlowStarted(flow=flow, title=flow, t=t, plan=None))

    def begin(self, entry: FlowStarted) -> _Chapter:
        self.chapters.append(_Chapter(entry, self.renamer))
        return self.chapters[-1]

    def take(self, entry: Entry) -> None:
        match entry:
            case RunStarted():
                self.run = entry
            case RunEnded():
                self.end = entry
            case FlowStarted():
                self.begin(entry)
            case MatrixRow():
                self.rows[entry.fault] = entry
            case ModelTold() | ModelExplored() | SliceExplored() | FlowCovered() | WalkEnded():
                self.take_coverage(entry)
            case _:
                self.chapter(entry.flow, getattr(entry, "t", 0)).take(entry)

    def take_coverage(self, entry: OfModel) -> None:
        match entry:
            case ModelTold():
                self.model = self.model or entry
            case ModelExplored():
                self.explored = entry
            case SliceExplored():
                self.slices.append(entry)
            case FlowCovered():
                self.covered.append((entry.flow, entry.covered))
            case WalkEnded():
                self.walks.append(entry)
                self.covered.append((entry.walk, entry.covered))

    def not_run(self) -> tuple[str, ...]:
        """The flows that were to be run and have no beginning; a matrix tells none of its own."""
        wanted = () if self.faults or self.rows or not self.run else self.run.flows
        begun = {chapter.start.flow for chapter in self.chapters}
        return tuple(flow for flow in wanted if flow not in begun)

    def last_t(self) -> float | None:
        """The latest moment that is known, where the last line is not."""
        if self.end:
            return self.end.t
        done = (*self.rows.values(), *self.walks, *self.slices)
        times = (chapter.ended for chapter in self.chapters), (each.t for each in done)
        return max(chain(*times), default=None)

    def death(self) -> str:
        """Why there is no last line, as far as the journal tells."""
        for done, what in ((self.walks, "walks"), (self.slices, "parts of the model")):
            if done:
                return f"The run died after {counted(len(done), what)}."
        if self.rows or self.faults:
            return "The run died before its matrix was whole."
        if self.run is None and not self.chapters:
            return "The journal has no entry: the run died before it began."
        if not self.chapters:
            return "The run died before its first flow."
        last = next((one for one in reversed(self.chapters) if not one.end), self.chapters[-1])
        where = "after" if last.end else f"{last.place()} of"
        return f"The run died {where} the flow “{last.start.title}”."


def tell(entries: Iterable[Entry], damage: Iterable[str] = (), renamer: Renamer = Naming) -> Run:
    """Make one run of a journal's entries.

    A journal without its last line belongs to a run that died: its verdict is `infrastructure`
    and the reason says where. A `pass` does not stand if part of the journal is unreadable.

    Args:
        entries: in the order in which they were written.
        damage: sentences on what of the journal could not be read.
        renamer: makes of a flow's names what renames every text of it but its plan.
    """
    teller = _Teller(renamer)
    bare = renamer({})
    for entry in entries:
        teller.take(entry)
    notes = tuple(damage)
    verdict, reason = _verdict(teller, notes)
    return Run(
        started=teller.run,
        ended=teller.last_t(),
        flows=tuple(chapter.finish() for chapter in teller.chapters),
        not_run=teller.not_run(),
        matrix=tuple(bare.model(row) for row in teller.rows.values()),
        untried=tuple(fault for fault in teller.faults if fault not in teller.rows),
        exercisable=teller.model.exercisable if teller.model else None,
        covered=tuple(teller.covered),
        walks=tuple(bare.model(walk) for walk in teller.walks),
        slices=tuple(teller.slices),
        explored=teller.explored,
        verdict=verdict,
        reason=bare.text(reason),
        damage=notes,
    )


def _verdict(teller: _Teller, damage: tuple[str, ...]) -> tuple[RunVerdict, str]:
    if teller.end is None:
        nothing = not (teller.chapters or teller.rows or teller.walks or teller.slices)
        return "infrastructure", damage[0] if damage and nothing else teller.death()
    if damage and teller.end.verdict == "pass":
        return "infrastructure", damage[0]
    return teller.end.verdict, teller.end.reason
