"""Verdicts: their order, and what a failure while acting makes of a flow."""

import time
from collections.abc import Iterable

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from harness.errors import HarnessError, StuckError
from harness.journal import BaselineApplied, PropertyJudged, RunVerdict
from harness.probe.recorder import RecorderError

# What a step may run into; anything else is a bug of the harness and ends the run.
FAILURES = (HarnessError, PlaywrightError, RecorderError)
_ORDER: dict[RunVerdict, int] = {
    "pass": 0,
    "inconclusive": 1,
    "violated": 2,
    "infrastructure": 3,
}


class Ended(Exception):  # noqa: N818  not an error of the harness
    """A flow that could not go on; `verdict` says whose fault that is."""

    def __init__(self, verdict: RunVerdict, reason: str) -> None:
        super().__init__(reason)
        self.verdict: RunVerdict = verdict


def now() -> float:
    """Epoch milliseconds."""
    return time.time() * 1000


def worst(verdicts: Iterable[RunVerdict]) -> RunVerdict:
    """The verdict of the whole from those of its parts; pass when there are none."""
    found: RunVerdict = "pass"
    for verdict in verdicts:
        found = verdict if _ORDER[verdict] > _ORDER[found] else found
    return found


def weighed(judged: Iterable[PropertyJudged], applied: BaselineApplied) -> list[RunVerdict]:
    """What the properties make of their flow, where some of their findings may be accepted."""
    verdicts: list[RunVerdict] = ["violated"] if applied.strict and applied.mended else []
    outcomes = map(applied.outcome_of, judged)
    verdicts.extend("pass" if each == "not applicable" else each for each in outcomes)
    return verdicts


def ending(error: Exception, page: Page, died: str | None, doing: str) -> Ended:
    """What a failure makes of the flow.

    The app, the browser or a hook that is gone is infrastructure. An app that lives but does not
    let the person act leaves the flow inconclusive; what was seen before is judged all the same.
    """
    if died:
        return Ended("infrastructure", died)
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    if isinstance(error, HarnessError) and not isinstance(error, StuckError):
        return Ended("infrastructure", said)
    if page.is_closed() or "crashed" in said or "closed" in said:
        return Ended("infrastructure", f"the browser or its page ended while doing {doing}: {said}")
    return Ended("inconclusive", f"{doing} could not be done: {said}")
