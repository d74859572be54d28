"""A baseline: what of one app's findings is accepted."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from harness.journal import Acceptance, PropertyJudged
from harness.values import Value

Key = tuple[str, str, str]  # flow, property, cause


class Baseline(Value):
    """The acceptances for one target, each cause of a property in a flow at most once."""

    target: str
    accepted: tuple[Acceptance, ...] = ()

    def of(self, flow: str) -> tuple[Acceptance, ...]:
        """Those of one flow."""
        return tuple(each for each in self.accepted if each.flow == flow)


def key_of(acceptance: Acceptance) -> Key:
    """What tells an acceptance from every other."""
    return (acceptance.flow, acceptance.property, acceptance.cause)


def today() -> date:
    """The day by which acceptances are over or not: that of UTC, on every machine the same."""
    return datetime.now(UTC).date()


def exercised(judged: Iterable[PropertyJudged]) -> set[str]:
    """The properties that would have found what there was: what they did not find is mended."""
    return {each.property for each in judged if each.outcome in {"pass", "violated"}} - {
        each.property for each in judged if each.doubt
    }


def causes_in(judged: Iterable[PropertyJudged]) -> set[tuple[str, str]]:
    """Each property with each cause of its findings."""
    found = (finding for each in judged for finding in each.findings)
    return {(finding.property, cause) for finding in found for cause in finding.causes}
