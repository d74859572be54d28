"""Entries of one flow side by side: several processes may write their flows into one journal."""

from collections.abc import Iterable

from harness.journal import Entry, FlowStarted, RunStarted


def grouped(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The same entries flow by flow, in the order in which the run names its flows.

    Within a flow the order stays. The run's first line comes first; what belongs to no flow and is
    not the first line comes last. A flow that begins again is one of its own, after the first.
    """
    head: list[Entry] = []
    tail: list[Entry] = []
    chapters: list[tuple[str, list[Entry]]] = []
    latest: dict[str, list[Entry]] = {}
    for entry in entries:
        flow = getattr(entry, "flow", None)
        if flow is None:
            (head if isinstance(entry, RunStarted) else tail).append(entry)
            continue
        if isinstance(entry, FlowStarted) or flow not in latest:
            latest[flow] = []
            chapters.append((flow, latest[flow]))
        latest[flow].append(entry)
    wanted = [name for entry in head if isinstance(entry, RunStarted) for name in entry.flows]
    place = {name: number for number, name in enumerate(dict.fromkeys(wanted))}
    chapters.sort(key=lambda chapter: place.get(chapter[0], len(place)))
    return (*head, *(entry for _, chapter in chapters for entry in chapter), *tail)
