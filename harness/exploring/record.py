"""The journal of an exploration: each walk as it ends, and what is found as a flow of its own."""

from collections.abc import Iterable

from harness.exploring.episodes import Episode, Opened
from harness.journal import Entry, Finding, FlowStarted, PropertyJudged, WalkEnded
from harness.plans import Plan
from harness.replays import FlowReplayed, Replays
from harness.run import Begun, Book
from harness.run.exercisable import exercisable
from harness.runner import now


class Record:
    """Writes down what a campaign does.

    Args:
        book: the journal.
    """

    def __init__(self, book: Book) -> None:
        self._book = book

    def begin(self, opened: Opened) -> None:
        """The app is there."""
        self._book.browser = opened.browser
        there_is = exercisable(opened.traits)
        self._book.start(Begun(app_version=opened.app_version, exercisable=there_is))

    def walk(self, episode: Episode) -> None:
        """A walk is over."""
        self._book.emit(
            WalkEnded(
                walk=episode.plan.name,
                t=now(),
                verdict=episode.verdict,
                reason=episode.reason,
                actions=episode.performed,
                seconds=episode.seconds,
                covered=episode.covered,
            )
        )

    def found(self, plan: Plan, shown: Iterable[Entry]) -> None:
        """A finding, as the run of its plan told it; `plan` has the name that it is to have."""
        for entry in shown:
            self._book.emit(_called(entry, plan))

    def replayed(self, plan: Plan, replays: Replays) -> None:
        """What is known by now of whether a finding, by its plan, replays."""
        self._book.emit(FlowReplayed(flow=plan.name, t=now(), replays=replays))


def _called(entry: Entry, plan: Plan) -> Entry:
    """The same entry of a flow that has the name of `plan`."""
    match entry:
        case FlowStarted():
            count = len(plan.actions)
            title = f"{plan.name}, {count} action{'s' * (count != 1)}"
            told = {"title": title, "plan": plan.model_dump(mode="json")}
        case PropertyJudged(findings=findings):
            told = {"findings": tuple(_of(finding, plan) for finding in findings)}
        case _:
            told = {}
    return entry.model_copy(update={"flow": plan.name, **told})


def _of(finding: Finding, plan: Plan) -> Finding:
    return finding.model_copy(update={"flow": plan.name})
