"""One flow from its plan to its verdict."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from harness.baseline import Applying
from harness.errors import AppError
from harness.journal import BaselineApplied, Entry, FlowEnded, PropertyJudged, RunVerdict
from harness.names import Names
from harness.plans import Plan, predict
from harness.probe.recorder import Recorder
from harness.properties import PROPERTIES
from harness.runner.entries import flow_covered, flow_started, step_observed, step_started
from harness.runner.pictures import Pictures
from harness.runner.step import Stepper
from harness.runner.verdicts import Ended, now, weighed, worst
from harness.targets.protocol import Deed, Stage, Workshop
from harness.trace import Step, Trace
from harness.world import World

NewPage = Callable[[], AbstractContextManager[Page]]


class _Started(NamedTuple):
    plan: Plan
    worlds: tuple[World, ...]
    names: Names


class Runner:
    """Runs plans on one stage, one page each.

    Args:
        stage: the app.
        workshop: the wire.
        emit: takes each journal entry as it is made.
        shots: the folder for screenshots; None takes none, where nobody will look at them.
        applying: the findings that are accepted; None accepts none.

    Attributes:
        until_violated: a plan ends with a step that does not come to rest and breaks a rule: those
            after it would wait for what never comes, too.
    """

    def __init__(
        self,
        stage: Stage,
        workshop: Workshop,
        emit: Callable[[Entry], None],
        shots: Path | None,
        applying: Applying | None = None,
    ) -> None:
        self.stage = stage
        self.wire = workshop.wire
        self.emit = emit
        self.shots = shots
        self.applying = applying
        self.until_violated = False

    def run(self, plan: Plan, new_page: NewPage) -> FlowEnded:
        """Perform a plan on a new page and judge it by every property.

        Args:
            plan: the actions.
            new_page: opens a page in a context of its own.

        Raises:
            UsageError: the plan is not allowed; nothing was performed.
            AppError: the app could not make what the plan starts from.
        """
        worlds = predict(plan, self.stage.traits)
        performed: list[Step] = []
        with ExitStack() as closing:
            page = _opened(new_page, closing)  # the browser gets it ready during the preparation
            started = _Started(plan, worlds, self._prepared(plan))
            self.emit(flow_started(plan, started.names))
            verdict, reason = self._performed(started, page, closing, performed)
        if performed:
            self.emit(flow_covered(plan, performed))
        judged = self._judged(started, performed)
        applied = self._applied(plan.name, judged, whole=verdict == "pass")
        verdict = worst([verdict, *weighed(judged, applied)])
        ended = FlowEnded(flow=plan.name, t=now(), verdict=verdict, reason=reason)
        self.emit(ended)
        return ended

    def _prepared(self, plan: Plan) -> Names:
        try:
            names = self.stage.prepare(plan)
        except AppError as error:
            raise AppError(self.stage.died() or str(error)) from error
        self.wire.drain()
        self.stage.witnesses()
        return names

    def _performed(
        self,
        started: _Started,
        page: Page | PlaywrightError,
        closing: ExitStack,
        performed: list[Step],
    ) -> tuple[RunVerdict, str]:
        try:
            if isinstance(page, PlaywrightError):
                raise page
            self._perform(started, page, performed)
            closing.close()
        except Ended as end:
            return end.verdict, str(end)
        except PlaywrightError as error:
            return "infrastructure", f"the browser failed: {error.message.splitlines()[0]}"
        return "pass", ""

    def _perform(self, started: _Started, page: Page, performed: list[Step]) -> None:
        recorder = Recorder(page, self.stage.hooks)
        recorder.begin(1)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(error.message))
        stepper = Stepper(self.stage, self.wire, errors)
        pictures = Pictures(self.shots, started.plan.name)
        changes = zip(started.plan.actions, pairwise(started.worlds), strict=True)
        for index, (action, (before, after)) in enumerate(changes, start=1):
            deed = Deed(action, before, after, started.names, page, recorder)
            self.emit(step_started(started.plan, index, deed))
            seen, failure = stepper.perform(deed, index + 1)
            # What could not be done has no effect: nothing that it should have sent is missed.
            reached = before if failure else after
            step = Step(index=index, action=action, before=before, after=reached, observation=seen)
            performed.append(step)
            self.emit(step_observed(started.plan, step, pictures.of(page, index, seen.capture)))
            if failure:
                raise failure
            if self.until_violated and not seen.settled.quiet and self._broken(started, performed):
                return

    def _broken(self, started: _Started, performed: Sequence[Step]) -> bool:
        trace = self._trace(started, performed)
        return any(rule.judged(trace).outcome == "violated" for rule in PROPERTIES)

    def _trace(self, started: _Started, performed: Sequence[Step]) -> Trace:
        return Trace(
            flow=started.plan.name,
            traits=self.stage.traits,
            names=started.names,
            steps=tuple(performed),
        )

    def _judged(self, started: _Started, performed: Sequence[Step]) -> list[PropertyJudged]:
        if not performed:
            return []
        trace = self._trace(started, performed)
        entries: list[PropertyJudged] = []
        for rule in PROPERTIES:
            entries.append(rule.judged(trace))
            self.emit(entries[-1])
        return entries

    def _applied(
        self, flow: str, judged: Sequence[PropertyJudged], *, whole: bool
    ) -> BaselineApplied:
        if self.applying is None:
            return BaselineApplied(flow=flow)
        applied = self.applying.applied(flow, judged, whole=whole)
        self.emit(applied)
        return applied


def _opened(new_page: NewPage, closing: ExitStack) -> Page | PlaywrightError:
    """A page, closed with the stack; or why there is none, to be told once the flow has begun."""
    try:
        return closing.enter_context(new_page())
    except PlaywrightError as error:
        return error
