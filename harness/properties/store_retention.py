"""store-retention: the store of the directory on screen is never evicted."""

from collections.abc import Iterator
from itertools import pairwise

from harness.actions import OthersWork
from harness.journal import Finding
from harness.observations import SignChange
from harness.properties.judgement import Judgement, finding, judge, not_exercised
from harness.trace import Step, Trace

ID = "store-retention"
# What belongs to the directory, as the app's readiness names it.
OF_THE_DIRECTORY = ("commands", "provider", "local-model")


def store_retention(trace: Trace) -> Judgement:
    """What is known of the current directory stays known while other directories come and go.

    From the first step on in which somebody works elsewhere, until the directory changes, no frame
    shows a component of it as missing that was there. Evidence is each step in which others worked
    and some component was there.

    Source: seed "Current-directory child-store retention follows the live directory accessor
    instead of a long-lived provider owner".
    """
    others = [step for step in trace.steps if isinstance(step.action, OthersWork)]
    if not others:
        return not_exercised("nobody worked in another directory")
    told = [step for step in others if any(_there(sign) for sign in step.told("readiness"))]
    findings = [found for span in _spans(trace) for found in _of_span(trace, span)]
    return judge(
        len(told), findings, lacking="the app showed nothing of the directory", lost=trace.lost
    )


def _there(sign: SignChange) -> set[str]:
    shown = sign.value if isinstance(sign.value, dict) else {}
    return {name for name in OF_THE_DIRECTORY if shown.get(name) == "ready"}


def _spans(trace: Trace) -> Iterator[tuple[Step, ...]]:
    """Steps in one epoch, from the one before somebody works elsewhere on."""
    span: list[Step] = []
    for before, step in pairwise(trace.steps):
        then, now = before.after.view, step.after.view
        if not then or not now or then.execution != now.execution:
            if span:
                yield tuple(span)
            span = []
        elif span or isinstance(step.action, OthersWork):
            span.append(step)
    if span:
        yield tuple(span)


def _of_span(trace: Trace, span: tuple[Step, ...]) -> Iterator[Finding]:
    there: set[str] = set()
    for step in span:
        for sign in step.told("readiness"):
            if not isinstance(sign.value, dict):
                continue  # a page that does not show its readiness says nothing of it
            lost = [name for name in OF_THE_DIRECTORY if name in there - _there(sign)]
            there |= _there(sign)
            if lost:
                yield _evicted(trace, step, sign.t, lost)
                return


def _evicted(trace: Trace, step: Step, t: float, lost: list[str]) -> Finding:
    where = step.after.view.execution.directory if step.after.view else ""
    return finding(
        ID,
        trace,
        step,
        causes=[f"{name} gone" for name in lost],
        t=t,
        summary=f"what was known of {where} was gone while it was on screen: {', '.join(lost)}",
        expected=f"the store of {where} stays while the session works there",
        observed=f"{', '.join(lost)} pending",
    )
