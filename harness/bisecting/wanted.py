"""The finding that a search is for, and what a run says of it."""

from collections.abc import Iterator

from harness.bisecting.search import Answer
from harness.journal import Entry, Finding, PropertyJudged, RunEnded
from harness.values import Value


class Wanted(Value):
    """A finding by its property, and by its flow and cause where these are given."""

    property: str
    flow: str | None = None
    cause: str | None = None

    def __str__(self) -> str:
        """The finding in words."""
        cause = f"“{self.cause}” of " if self.cause else ""
        return f"{cause}{self.property}{f' in {self.flow}' if self.flow else ''}"

    def is_in(self, finding: Finding) -> bool:
        """Whether a finding is this one."""
        return (
            finding.property == self.property
            and self.flow in {None, finding.flow}
            and (self.cause is None or self.cause in finding.causes)
        )


def answer_of(entries: tuple[Entry, ...], wanted: Wanted) -> tuple[Answer, str]:
    """What a run says of a finding, and why it cannot tell.

    A rule that held, or that was violated by something else, says that the finding is not there;
    one that lacked evidence, or was never asked, says nothing.
    """
    judged = [one for one in _judged(entries) if one.property == wanted.property]
    mine = [one for one in judged if wanted.flow in {None, one.flow}]
    if any(wanted.is_in(finding) for one in mine for finding in one.findings):
        return "bad", ""
    doubts = [one.doubt or one.reason for one in mine if one.outcome == "inconclusive" or one.doubt]
    told = [one for one in mine if one.outcome in {"pass", "violated"}]
    if told and not doubts:
        return "good", ""
    ended = next((entry for entry in entries if isinstance(entry, RunEnded)), None)
    died = ended.reason if ended else "the run did not finish"
    unasked = f"{wanted.property} was not judged"
    return "cannot tell", next((said for said in (*doubts, died) if said), unasked)


def findings_of(entries: tuple[Entry, ...]) -> tuple[Wanted, ...]:
    """Every finding of a run by property, flow and cause, each once, in the run's order."""
    found = (finding for judged in _judged(entries) for finding in judged.findings)
    each = (
        Wanted(property=finding.property, flow=finding.flow, cause=cause)
        for finding in found
        for cause in finding.causes
    )
    return tuple(dict.fromkeys(each))


def _judged(entries: tuple[Entry, ...]) -> Iterator[PropertyJudged]:
    return (entry for entry in entries if isinstance(entry, PropertyJudged))
