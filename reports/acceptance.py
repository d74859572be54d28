"""What a baseline makes of a run, in words that all reports share."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from harness.journal import Acceptance, PropertyJudged
from harness.values import Value
from reports.figures import counted, visible
from reports.story import FlowStory, Run


class Grant(Value):
    """Causes of one property that are accepted for one reason, up to the same day."""

    property: str
    causes: tuple[str, ...]
    terms: str


def grants(accepted: Iterable[Acceptance]) -> tuple[Grant, ...]:
    """Acceptances of one flow, those of one property on the same terms together."""
    ordered = sorted(dict.fromkeys(accepted), key=lambda each: (each.property, terms(each)))
    return tuple(
        Grant(property=rule, causes=tuple(each.cause for each in alike), terms=said)
        for (rule, said), alike in groupby(ordered, key=lambda each: (each.property, terms(each)))
    )


def accepting(flow: FlowStory) -> Iterator[Acceptance]:
    """What accepts the findings of a flow, in their order."""
    for finding in flow.accepted:
        yield from flow.accepting(finding)


def terms(acceptance: Acceptance) -> str:
    """Why something is accepted and how long: `known, mended in the next release (until …)`."""
    return f"{acceptance.reason} (until {acceptance.until})"


def shown_as(flow: FlowStory, judged: PropertyJudged) -> str:
    """A property's outcome in a flow, or `accepted` where all that it found is."""
    outcome = flow.outcome_of(judged)
    return "accepted" if outcome == "pass" and judged.outcome == "violated" else outcome


def notes(run: Run) -> tuple[str, ...]:
    """A sentence for each acceptance that is mended or over."""
    return (
        *(f"{_named(each)} no longer occurs, though it is accepted" for each in run.mended),
        *(f"{_named(each)} was accepted until {each.until}, which is over" for each in run.expired),
    )


def passed_with(run: Run) -> str:
    """What the verdict is told with: ` with 3 accepted findings`; nothing where none is."""
    if run.verdict != "pass" or not run.accepted:
        return ""
    return f" with {counted(len(run.accepted), 'accepted findings')}"


def summary(run: Run) -> tuple[str, ...]:
    """All that the baseline makes of a run, a line a flow and rule; nothing without a baseline."""
    granted = ((flow.flow, grant) for flow in run.flows for grant in grants(accepting(flow)))
    accepted = (
        f"accepted: {grant.property} in {flow}: {', '.join(grant.causes)}: {grant.terms}"
        for flow, grant in granted
    )
    return tuple(visible(line) for line in (*accepted, *notes(run)))


def _named(each: Acceptance) -> str:
    return f"{each.property} in {each.flow}: “{each.cause}”"
