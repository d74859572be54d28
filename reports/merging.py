"""Several runs of one app as one: shards of a gate, or one that was run again for some flows."""

from collections.abc import Iterable, Iterator, Sequence

from harness.coverage import ModelExplored, ModelTold, SliceExplored
from harness.journal import (
    Entry,
    FlowEnded,
    FlowStarted,
    MatrixRow,
    RunEnded,
    RunStarted,
    RunVerdict,
    WalkEnded,
)
from harness.values import Value
from reports.grouping import grouped
from reports.reading import Reading

_WORST: tuple[RunVerdict, ...] = ("pass", "inconclusive", "violated", "infrastructure")

_NONE: RunVerdict = "inconclusive"
_OF_NO_FLOW = (MatrixRow, ModelTold, WalkEnded, SliceExplored, ModelExplored)


class Shard(Value):
    """One run to be merged: how a person calls it, and its journal; None where there is none."""

    name: str
    reading: Reading | None


class Chapter(Value):
    """A flow of one shard."""

    flow: str
    shard: int
    begun: float
    whole: bool
    entries: tuple[Entry, ...]


def merged(shards: Sequence[Shard]) -> tuple[tuple[Entry, ...], dict[str, int]]:
    """The entries of one run made of several, and the shard that each flow was taken from.

    Of a flow that several shards have, the one that came to its end stands, and of those the
    latest. The verdict is the worst of the flows that stand; a shard that is missing, damaged or
    not at its end makes it `infrastructure`, and the reason names it.
    """
    known = [shard.reading.entries for shard in shards if shard.reading]
    chapters = [
        chapter
        for number, shard in enumerate(shards)
        if shard.reading
        for chapter in _chapters(number, shard.reading.entries)
    ]
    standing = _standing(chapters)
    rows = [entry for entries in known for entry in entries if isinstance(entry, _OF_NO_FLOW)]
    told = [entry for chapter in standing.values() for entry in chapter.entries]
    body = (*_started(shards, chapters), *told, *rows)
    ends = [entry.t for entries in known for entry in entries if isinstance(entry, RunEnded)]
    last = max(ends, default=max((chapter.begun for chapter in chapters), default=0.0))
    verdict, reason = _verdict(shards, standing.values())
    end = RunEnded(t=last, verdict=verdict, reason=reason)
    return grouped((*body, end)), {flow: chapter.shard for flow, chapter in standing.items()}


def _chapters(shard: int, entries: Iterable[Entry]) -> Iterator[Chapter]:
    told: list[list[Entry]] = []
    for entry in entries:
        flow = getattr(entry, "flow", None)
        if flow is None:
            continue
        if isinstance(entry, FlowStarted) or not told:
            told.append([])
        told[-1].append(entry)
    for one in told:
        yield Chapter(
            flow=getattr(one[0], "flow", ""),
            shard=shard,
            begun=one[0].t if isinstance(one[0], FlowStarted) else 0.0,
            whole=any(isinstance(entry, FlowEnded) for entry in one),
            entries=tuple(one),
        )


def _standing(chapters: Iterable[Chapter]) -> dict[str, Chapter]:
    best: dict[str, Chapter] = {}
    for chapter in chapters:
        other = best.get(chapter.flow)
        if other is None or (chapter.whole, chapter.begun) >= (other.whole, other.begun):
            best[chapter.flow] = chapter
    return best


def _started(shards: Sequence[Shard], chapters: Sequence[Chapter]) -> Iterator[RunStarted]:
    first_lines = [
        entry
        for shard in shards
        if shard.reading
        for entry in shard.reading.entries
        if isinstance(entry, RunStarted)
    ]
    if not first_lines:
        return
    first = min(first_lines, key=lambda entry: entry.t)
    flows = dict.fromkeys(flow for entry in first_lines for flow in entry.flows)
    left = {flow: why for entry in first_lines for flow, why in entry.left_out.items()}
    told = [chapter.flow for chapter in chapters]
    twice = sorted({flow for flow in told if told.count(flow) > 1})
    more = {"merged from": ", ".join(entry.run_id for entry in first_lines)}
    if twice:
        more["run more than once"] = ", ".join(twice)
    yield first.model_copy(
        update={
            "flows": tuple(flows),
            "left_out": {flow: why for flow, why in left.items() if flow not in flows},
            "faults": tuple(dict.fromkeys(one for entry in first_lines for one in entry.faults)),
            "environment": first.environment | more,
            "masked": True,  # the journal of the whole is
        }
    )


def _verdict(shards: Sequence[Shard], flows: Iterable[Chapter]) -> tuple[RunVerdict, str]:
    if amiss := "; ".join(_amiss(shards)):
        return "infrastructure", f"{amiss}."
    ends = [one for flow in flows for one in flow.entries if isinstance(one, FlowEnded)]
    ended = [
        entry
        for shard in shards
        if shard.reading
        for entry in shard.reading.entries
        if isinstance(entry, RunEnded)
    ]
    verdicts = [one.verdict for one in ends or ended]
    worst = _NONE
    for verdict in _WORST:
        worst = verdict if verdict in verdicts else worst
    return worst, next((one.reason for one in (*ends, *ended) if one.verdict == worst), "")


def _amiss(shards: Sequence[Shard]) -> Iterator[str]:
    targets: dict[str, str] = {}
    for shard in shards:
        if shard.reading is None:
            yield f"the shard {shard.name} has no journal"
            continue
        starts = [entry for entry in shard.reading.entries if isinstance(entry, RunStarted)]
        for entry in starts[:1]:
            targets.setdefault(
                f"{entry.target} {entry.app_version} {entry.fault or ''}", shard.name
            )
        if not any(isinstance(entry, RunEnded) for entry in shard.reading.entries):
            yield f"the run of the shard {shard.name} did not come to its end"
        elif shard.reading.damage:
            yield f"of the shard {shard.name}: {shard.reading.damage[0].rstrip('.')}"
    if len(targets) > 1:
        named = ", ".join(f"{name} of {what.strip()}" for what, name in targets.items())
        yield f"the shards are of different apps: {named}"
