"""Shares the plans and the faults out to processes and tells each row as it is done."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, zip_longest
from random import Random
from typing import NamedTuple

from fixtures.faults import Fault
from harness.crew import FLOW_S, Crew
from harness.errors import AppError
from harness.flows import flows as all_flows
from harness.journal import MatrixRow
from harness.plans import Plan
from harness.proving.likeness import Likeness
from harness.proving.matrix import row_of, row_without_trial
from harness.proving.orders import Orders
from harness.proving.worker import Attempt, Clean, prepared
from harness.targets.reference import TRAITS

_FLOWS = {flow.name: flow for flow in all_flows(TRAITS)}
SILENT_S = FLOW_S * len(_FLOWS)
UNREACHED = "it survives: no flow executes what it changes"
UNPASSED = "it survives: no plan that passes on the clean app executes what it changes"

Told = Callable[[MatrixRow | Clean], None]


def prove(
    faults: Sequence[Fault],
    plans: Sequence[Plan],
    *,
    tries: int | None = None,
    workers: int,
    told: Told,
) -> None:
    """Perform the plans on the clean app, and with each fault those that execute what it changes.

    Args:
        faults: what to try.
        plans: with names of their own.
        tries: None performs all of them, for the whole matrix; else a fault is done with as soon
            as a plan has its own rule catch it, or so many plans have not.
        workers: how many processes.
        told: hears each plan on the clean app and each row as it is done.

    Raises:
        HarnessError: the app or the browser cannot be started, or a process ended.
    """
    proof = Proof(faults, plans, told, tries)
    crew = Crew(prepared, size=workers, patience_s=SILENT_S, late=_late)
    for attempts in proof.passes():
        with closing(crew.results(attempts)) as results:
            for result in results:
                proof.take(result)


class _Known(NamedTuple):
    """What is kept of a plan on the clean app: what it executes is large, and plans are many."""

    clean: Clean
    reached: frozenset[str] | None  # ids of the faults whose text it executes; None is not known
    witnessed: frozenset[str]  # the rules that had evidence and held

    @property
    def restless(self) -> bool:
        """Whether it is not clean, though no rule broke."""
        broken = any(each.outcome == "violated" for each in self.clean.judged)
        return self.reached is None and not broken


class Proof:
    """What is known while the rows come in; arguments as those of `prove`."""

    def __init__(
        self, faults: Sequence[Fault], plans: Sequence[Plan], told: Told, tries: int | None = None
    ) -> None:
        self._faults = faults
        self._plans = {plan.name: plan for plan in plans}
        self._told = told
        self._tries = tries
        self._orders = Orders(_mixed(self._plans))
        self._likeness = Likeness(self._plans)
        self._places = {fault.id: _places(fault) for fault in faults}
        self._able: dict[str, int] = {}
        self._known: dict[str, _Known] = {}

    def passes(self) -> Iterator[Iterator[Attempt]]:
        """The clean app first, so that it is known which plans a fault needs.

        Where a fault is given a few plans alone, all of them have to be known before the first is
        chosen, so the one pass is over before the next begins. Else a plan that is not known yet is
        given all the same, and no process need wait for another.
        """
        if self._tries is None:
            yield chain(self._clean(), self._broken())
        else:
            yield self._clean()
            yield self._broken()

    def _clean(self) -> Iterator[Attempt]:
        for plan in self._plans.values():
            yield Attempt(fault=None, plans=(plan,))

    def _broken(self) -> Iterator[Attempt]:
        for fault in self._faults:
            able = self._likely(fault) if self._tries else self._reaching(fault)
            self._able[fault.id] = len(able)
            if able:
                plans = tuple(self._plans[name] for name in able[: self._tries])
                yield Attempt(fault=fault, plans=plans, until_caught=self._tries is not None)
            else:
                self._told(row_without_trial(fault, UNPASSED if self._tries else UNREACHED))

    def take(self, result: MatrixRow | Clean | None) -> None:
        """A row, a plan on the clean app, or a sign of life."""
        if isinstance(result, MatrixRow):
            if result.caught_in:
                self._orders.learn(result.tied_to, result.caught_in)
            self._told(self._counted(result))
        elif result:
            self._known[result.flow] = self._kept(result)
            self._told(result)
            if len(self._known) == len(self._plans):
                self._told(self._clean_row())

    def _kept(self, clean: Clean) -> _Known:
        executed = clean.executed
        reached = executed and frozenset(
            fault
            for fault, places in self._places.items()
            if places is None or any(executed.within(*place) for place in places)
        )
        return _Known(
            clean=clean.model_copy(update={"executed": None}),
            reached=reached,
            witnessed=frozenset(each.property for each in clean.judged if each.outcome == "pass"),
        )

    def _reaching(self, fault: Fault) -> list[str]:
        """The plans that execute what a fault changes; one that is not known yet may do so."""
        return [name for name in self._plans if self._reaches(name, fault, unknown=True)]

    def _likely(self, fault: Fault) -> list[str]:
        """Those that do so and pass: first where its rule has evidence, and what caught its like.

        Plans of one name with other numbers are about one concern, so the concerns take turns; and
        they do so with what is most like the flow on which the fault acts. A plan that does not
        pass on the clean app says nothing of a fault.
        """
        order = self._orders.of(fault.property)
        able = [name for name in order if self._reaches(name, fault, unknown=False)]
        witnessed = [name for name in able if fault.property in self._known[name].witnessed]
        others = [name for name in able if name not in witnessed]
        acts_on = _FLOWS.get(fault.flow or fault.property)
        alike = self._likeness.alike(acts_on, witnessed) if acts_on else []
        turns = (*_by_turns(witnessed), *_by_turns(others))
        return [*dict.fromkeys(_merged(turns, alike))]

    def _reaches(self, name: str, fault: Fault, *, unknown: bool) -> bool:
        known = self._known.get(name)
        if known is None or known.reached is None:
            return unknown
        return fault.id in known.reached

    def _counted(self, row: MatrixRow) -> MatrixRow:
        able = self._able.get(row.fault, 0)
        if not row.complaint or len(row.flows) >= able or self._tries is None:
            return row
        some = f"{len(row.flows)} of the {able:,} plans that execute what it changes were tried"
        return row.model_copy(update={"complaint": f"{row.complaint}; {some}"})

    def _clean_row(self) -> MatrixRow:
        done = [self._known[name].clean for name in self._plans]
        if problem := next((f"{each.flow}: {each.problem}" for each in done if each.problem), ""):
            return row_without_trial(None, problem)
        judged = [said for each in done for said in each.judged]
        seconds = sum(each.seconds for each in done)
        if self._tries is None:
            return row_of(None, judged, tuple(self._plans), seconds)
        row = row_of(None, judged, tuple(self._plans), seconds, doubted=False)
        return row.model_copy(update={"complaint": "; ".join(self._said_of(row))})

    def _said_of(self, row: MatrixRow) -> Iterator[str]:
        """What broke, and which plans have nothing broken and are not clean all the same."""
        if row.complaint:
            yield row.complaint
        restless = [name for name, known in self._known.items() if known.restless]
        if restless:
            yield f"it did not come to rest in {', '.join(restless)}"


def _places(fault: Fault) -> list[tuple[str, int, int]] | None:
    """Where a fault changes the sources, read once for all plans; None if it no longer applies."""
    return None if fault.problem() else [(edit.address, *edit.span()) for edit in fault.edits]


def _by_turns(names: Iterable[str]) -> Iterator[str]:
    """The first of each concern, then the second of each, and so on."""
    concerns: dict[str, list[str]] = {}
    for name in names:
        concerns.setdefault(name.rstrip("0123456789"), []).append(name)
    return _merged(*concerns.values())


def _merged(*orders: Sequence[str]) -> Iterator[str]:
    """The first of each, then the second of each, and so on."""
    rounds = chain.from_iterable(zip_longest(*orders))
    return (name for name in rounds if name is not None)


def _mixed(names: Iterable[str]) -> list[str]:
    """In no order: plans that follow one another are alike, and a fault is given but a few."""
    mixed = [*names]
    Random(0).shuffle(mixed)  # noqa: S311  no secret
    return mixed


def _late(attempt: Attempt) -> MatrixRow:
    named = attempt.fault.id if attempt.fault else "the clean app"
    raise AppError(
        f"a flow of the row of {named} did not end in {SILENT_S:.0f} s;"
        " run it alone with --fault and --workers 1"
    )
