"""The journal of the model alone: what was explored of it, what plans exercise, come what may."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

from harness import __version__
from harness.coverage import (
    ClauseAsked,
    FlowCovered,
    GuardAsked,
    ModelExplored,
    ModelTold,
    SliceExplored,
)
from harness.explorer import Bounds, covered
from harness.explorer.whole import Covering, Told
from harness.journal import Journal, RunEnded, RunStarted, RunVerdict
from harness.plans import Plan, predict
from harness.run.book import environment
from harness.run.exercisable import exercisable
from harness.run.folder import open_journal
from harness.run.verdict import ended_by_failure
from harness.runner import now
from harness.traits import Traits


class ModelRecord:
    """Writes down what is explored.

    Args:
        journal: of the run.
        traits: of the app that the model is explored for.
    """

    def __init__(self, journal: Journal, traits: Traits) -> None:
        self._journal = journal
        self._traits = traits
        self.verdict: RunVerdict = "pass"

    def begin(self, bounds: Bounds) -> None:
        """What there is to exercise."""
        self._journal.write(ModelTold(exercisable=exercisable(self._traits, bounds)))

    def exercised(self, plans: Iterable[Plan]) -> None:
        """What plans exercise, as the model predicts it."""
        for plan in plans:
            of_plan = covered(plan.actions, predict(plan, self._traits))
            self._journal.write(FlowCovered(flow=plan.name, covered=of_plan))

    def explored(self, told: Told) -> None:
        """One slice."""
        self._journal.write(
            SliceExplored(
                t=now(),
                name=told.slice,
                title=told.title,
                states=told.states,
                transitions=told.transitions,
                pairs=told.pairs,
                seconds=told.seconds,
                to_take=told.runs,
                actions=told.actions,
                plans=told.plans,
            )
        )

    def end(self, covering: Covering) -> None:
        """What came of all of them."""
        self.verdict = "violated" if covering.errors else "pass"
        self._journal.write(
            ModelExplored(
                bounds=covering.bounds.model_dump(),
                seed=covering.seed,
                span=covering.span,
                guards=tuple(_guards(covering)),
                beyond=dict(covering.beyond),
                cannot={reason: tuple(labels) for reason, labels in covering.cannot.items()},
                errors=covering.errors,
            )
        )


@contextmanager
def model_on_record(folder: Path, traits: Traits) -> Generator[ModelRecord]:
    """A record with its journal in `folder`, which has its beginning and its end in any case.

    Raises:
        UsageError: it cannot be written.
    """
    with open_journal(folder) as stream:
        journal = Journal(stream)
        journal.write(_started(folder))
        record = ModelRecord(journal, traits)
        with ended_by_failure(journal):
            yield record
        journal.write(RunEnded(t=now(), verdict=record.verdict))


def _started(folder: Path) -> RunStarted:
    return RunStarted(
        doing="cover",
        run_id=folder.name,
        t=now(),
        harness_version=__version__,
        target="model",
        app_version=__version__,
        flows=(),
        environment={"system": environment("none")["system"]},
    )


def _guards(covering: Covering) -> Iterable[GuardAsked]:
    for action in dict.fromkeys(clause.action for clause in covering.clauses):
        clauses = (clause for clause in covering.clauses if clause.action == action)
        yield GuardAsked(
            action=action,
            allowed=covering.allowed[action],
            clauses=tuple(
                ClauseAsked(name=each.name, held=each.held, refused=each.refused)
                for each in clauses
            ),
        )
