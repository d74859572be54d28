"""A run that is under way: its flows one after another, and what came of them."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from fixtures.faults import Fault
from harness.faulting import UnservedError, faulted
from harness.journal import Entry, FlowEnded, RunVerdict
from harness.plans import Plan
from harness.probe.wire import Wire
from harness.run.verdict import Tally, verdict_after
from harness.runner import NewPage, Runner

Listener = Callable[[Entry], None]


class Run:
    """Performs plans and remembers their verdicts.

    Args:
        plans: what is to be performed, in order.
        runner: performs them.
        fault: applied to the app while a plan is performed.
        whole: as `Tally` has it.
    """

    def __init__(
        self,
        plans: tuple[Plan, ...],
        runner: Runner,
        fault: Fault | None,
        *,
        whole: bool = False,
    ) -> None:
        self.plans = plans
        self._runner = runner
        self._fault = fault
        self._tally = Tally(whole=whole)

    def perform(self, plan: Plan, new_page: NewPage) -> RunVerdict:
        """Perform one plan on a new page and judge it.

        Raises:
            AppError: the app can no longer run anything, or the fault was never served.
        """
        try:
            ended = self._performed(plan, new_page)
        except BaseException as error:
            self._tally.add(*verdict_after(error))
            raise
        self._tally.add(ended.verdict, ended.reason, plan)
        return ended.verdict

    def _performed(self, plan: Plan, new_page: NewPage) -> FlowEnded:
        ended: FlowEnded | None = None
        try:
            with faulted(self._runner.wire, self._fault):
                ended = self._runner.run(plan, new_page)
        except UnservedError:
            # A page that has ended asked for nothing: that it has is what there is to tell.
            if ended is None or ended.verdict != "infrastructure":
                raise
        return ended

    @contextmanager
    def photographing(self, folder: Path) -> Generator[None]:
        """Keep pictures of what is performed meanwhile in a folder."""
        before, self._runner.shots = self._runner.shots, folder
        try:
            yield
        finally:
            self._runner.shots = before

    def end_when_violated(self) -> None:
        """From now on a plan ends with a step that does not come to rest and breaks a rule."""
        self._runner.until_violated = True

    @contextmanager
    def hurried(self, patience_s: float) -> Generator[None]:
        """Meanwhile a step may take no longer than this to come to rest, in seconds."""
        stage = self._runner.stage
        before, stage.patience_s = stage.patience_s, min(patience_s, stage.patience_s)
        try:
            yield
        finally:
            stage.patience_s = before

    @property
    def wire(self) -> Wire:
        """The traffic of the app."""
        return self._runner.wire

    @property
    def verdict(self) -> RunVerdict:
        """The worst verdict so far; inconclusive when nothing was performed."""
        return self._tally.verdict

    @property
    def reason(self) -> str:
        """Why the run could not go on; empty when it could."""
        return self._tally.reason
