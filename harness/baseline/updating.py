"""A baseline brought up to date by what runs have found."""

from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import Field

from harness.baseline.baseline import Baseline, Key, causes_in, exercised, key_of, today
from harness.errors import UsageError
from harness.journal import Acceptance, Entry, FlowEnded, PropertyJudged
from harness.values import Value


class Terms(Value):
    """On which terms new findings are accepted.

    Attributes:
        until: the last day.
        reason: why; None keeps that of an acceptance that is over, and accepts nothing new.
        day: on which it is decided.
    """

    until: date
    reason: str | None = None
    day: date = Field(default_factory=today)


class Update(Value):
    """A baseline and how it came of the one before.

    Attributes:
        baseline: what is accepted from now on.
        kept: still found, or not looked for.
        added: not accepted until now.
        renewed: still found, though the acceptance was over.
        mended: found no more, and left out.
    """

    baseline: Baseline
    kept: tuple[Acceptance, ...] = ()
    added: tuple[Acceptance, ...] = ()
    renewed: tuple[Acceptance, ...] = ()
    mended: tuple[Acceptance, ...] = ()


class _Seen(Value):
    found: frozenset[Key]
    tried: frozenset[tuple[str, str]]  # flow and property


def updated(baseline: Baseline, entries: Iterable[Entry], terms: Terms) -> Update:
    """Accept what runs found, and drop what they would have found and did not.

    Args:
        baseline: what is accepted until now.
        entries: the journals of the runs, one after another.
        terms: for what is new or was over.

    Raises:
        UsageError: a finding has no cause, or there is a new one and no reason for it.
    """
    seen = _seen(list(entries))
    kept, renewed, mended = list[Acceptance](), list[Acceptance](), list[Acceptance]()
    for each in baseline.accepted:
        if key_of(each) in seen.found:
            over = each.until < terms.day
            (renewed if over else kept).append(_again(each, terms) if over else each)
        else:
            (mended if (each.flow, each.property) in seen.tried else kept).append(each)
    added = _new(sorted(seen.found - {key_of(each) for each in baseline.accepted}), terms)
    accepted = (*kept, *renewed, *added)
    return Update(
        baseline=baseline.model_copy(update={"accepted": accepted}),
        kept=tuple(kept),
        added=tuple(added),
        renewed=tuple(renewed),
        mended=tuple(mended),
    )


def _again(over: Acceptance, terms: Terms) -> Acceptance:
    return over.model_copy(update={"reason": terms.reason or over.reason, "until": terms.until})


def _new(keys: list[Key], terms: Terms) -> list[Acceptance]:
    if keys and not terms.reason:
        flow, rule, cause = keys[0]
        more = f" and {len(keys) - 1} more" if len(keys) > 1 else ""
        raise UsageError(
            f"“{cause}” ({rule} in {flow}){more} would be accepted for the first time:"
            " say why with --reason"
        )
    return [
        Acceptance(
            flow=flow, property=rule, cause=cause, reason=terms.reason or "", until=terms.until
        )
        for flow, rule, cause in keys
    ]


def _seen(entries: list[Entry]) -> _Seen:
    found, tried = set[Key](), set[tuple[str, str]]()
    for ended, judged in _flows(entries):
        _ensure_causes(judged)
        found |= {(ended.flow, rule, cause) for rule, cause in causes_in(judged)}
        if not ended.reason:  # else it was not performed to its end
            tried |= {(ended.flow, rule) for rule in exercised(judged)}
    return _Seen(found=frozenset(found), tried=frozenset(tried))


def _flows(entries: list[Entry]) -> Iterator[tuple[FlowEnded, list[PropertyJudged]]]:
    judged: list[PropertyJudged] = []
    for entry in entries:
        if isinstance(entry, PropertyJudged):
            judged.append(entry)
        elif isinstance(entry, FlowEnded):
            yield entry, [each for each in judged if each.flow == entry.flow]
            judged = []


def _ensure_causes(judged: list[PropertyJudged]) -> None:
    if any(not finding.causes for each in judged for finding in each.findings):
        raise UsageError(
            "the run is of an older scope-harness, whose findings have no causes:"
            " run the gate again, and take that run"
        )
