"""The findings of a run, each with a number and an id by which it is chosen."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pydantic import JsonValue

from harness.journal import Entry, Finding, FlowStarted, RunStarted, StepObserved
from harness.observations import Observation
from harness.values import Value
from reports.masking import Masking
from reports.reading import Reading
from reports.story import FlowStory, Run
from reports.telling import tell

_DIGITS = 7
# A value that is one plain word is one of the plan's own, even where somebody is called so.
_PLAIN = re.compile(r"[a-z0-9][a-z0-9.-]*")


class Choice(Value):
    """One finding. `number` is that of the HTML report; `id` is the same in every run of a plan.

    `chapter` is the place of its flow among those of the journal, from 0.
    """

    number: int
    id: str
    chapter: int
    finding: Finding


def choices(entries: Iterable[Entry]) -> tuple[Choice, ...]:
    """Every finding of a journal, masked, in the order of the HTML report."""
    run = tell(map(_without_sights, entries), renamer=Masking)
    seen: Counter[tuple[str, str, int]] = Counter()
    found: list[Choice] = []
    for chapter, flow in enumerate(run.flows):
        for finding in flow.findings:
            place = (flow.flow, finding.property, finding.step)
            told = "/".join((*map(str, place), str(seen[place])))
            seen[place] += 1
            name = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:_DIGITS]
            number = len(found) + 1
            found.append(Choice(number=number, id=name, chapter=chapter, finding=finding))
    return tuple(found)


def choose(found: Sequence[Choice], wanted: str) -> Choice | None:
    """The finding of a number or an id; the beginning of an id is enough where it is the only one.

    A number comes first: no run has as many findings as an id of digits alone would say.
    """
    asked = wanted.strip().lower()
    exact = [one for one in found if asked in {str(one.number), one.id}]
    begun = [one for one in found if len(asked) > 2 and one.id.startswith(asked)]  # noqa: PLR2004
    return exact[0] if exact else begun[0] if len(begun) == 1 else None


def told_of(reading: Reading, choice: Choice) -> tuple[Run, FlowStory]:
    """The run with nothing but the flow of one finding in it, and that flow, all masked."""
    entries = list(_of_chapter(reading.entries, choice.chapter))
    masking = Masking(_names(entries))
    published = (_published(entry, masking) for entry in entries)
    run = tell(published, reading.damage, renamer=lambda _: masking)
    return run, run.flows[0]


def _names(entries: Iterable[Entry]) -> dict[str, str]:
    """The plan's words, and one for the page where that is at another address than its server."""
    names: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry, FlowStarted):
            names = {**entry.names, **names}
        if isinstance(entry, RunStarted):
            given = dict(zip(entry.again[::2], entry.again[1::2], strict=True))
            if "--server-url" in given and "--base-url" in given:
                names["app"] = given["--base-url"]
    return names


def picture_of(reading: Reading, choice: Choice) -> str | None:
    """The file that shows the page after a finding's step, by its name in the journal."""
    for entry in _of_chapter(reading.entries, choice.chapter):
        if isinstance(entry, StepObserved) and entry.step == choice.finding.step:
            return entry.screenshot
    return None


def _without_sights(entry: Entry) -> Entry:
    """To choose from findings nobody needs what was seen, which is most of a journal."""
    if isinstance(entry, StepObserved):
        return entry.model_copy(update={"observation": Observation(), "predicted": None})
    return entry


def _of_chapter(entries: Iterable[Entry], wanted: int) -> Iterator[Entry]:
    """The entries about one flow, and those about the run; a flow may have been run again."""
    latest: dict[str, int] = {}
    begun = 0
    for entry in entries:
        flow = getattr(entry, "flow", None)
        if flow is None:
            yield entry
            continue
        if isinstance(entry, FlowStarted) or flow not in latest:
            latest[flow] = begun
            begun += 1
        if latest[flow] == wanted:
            yield entry


def _published(entry: Entry, masking: Masking) -> Entry:
    """Masks what a story leaves as it is: what the run stands on, and the plan."""
    if isinstance(entry, RunStarted):
        return masking.model(entry)
    if isinstance(entry, FlowStarted):
        return entry.model_copy(update={"plan": _masked(entry.plan, masking)})
    return entry


def _masked(value: JsonValue, masking: Masking) -> JsonValue:
    if isinstance(value, dict):
        return {key: _masked(branch, masking) for key, branch in value.items()}
    if isinstance(value, list):
        return [_masked(leaf, masking) for leaf in value]
    if not isinstance(value, str):
        return value
    return masking.places(value) if _PLAIN.fullmatch(value) else masking.text(value)
