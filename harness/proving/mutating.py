"""Shares the mutants out to processes and gathers what came of them."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from fixtures.mutants import Mutant, Reasons
from harness.crew import FLOW_S, Crew
from harness.errors import AppError
from harness.flows import flows as all_flows
from harness.proving.covering import Executed
from harness.proving.orders import Orders
from harness.proving.trials import Excused, Mutation, Trial
from harness.proving.trying import Assignment, covering, prepared
from harness.targets.reference import TRAITS

MUTANT_S = FLOW_S * len(all_flows(TRAITS))
UNREACHED = "no flow executes it"

Told = Callable[[Executed | Trial], None]


class Chosen(NamedTuple):
    """What is to be tried, and what need not be."""

    mutants: tuple[Mutant, ...]
    equivalent: tuple[Excused, ...]
    unseen: dict[str, str]  # why one survives, by its id


class Mutating:
    """Tries mutants; what has been found is there at any time, also after Ctrl-C.

    Args:
        chosen: what to try.
        flows: the names of the flows that are to detect it, in the order to begin with.
        told: hears what each flow executes, and then each trial, as it is done.
    """

    def __init__(self, chosen: Chosen, flows: Sequence[str], told: Told) -> None:
        self._chosen = chosen
        self._told = told
        self._flows = tuple(flows)
        self._orders = Orders(flows)
        self._executed: dict[str, Executed] = {}
        self._trials: dict[str, Trial] = {}
        self._began = time.monotonic()

    def run(self, workers: int) -> None:
        """See that the clean app passes and what it executes, then try every mutant.

        Raises:
            HarnessError: the clean app does not pass, or this machine failed.
        """
        self._cover(min(workers, len(self._flows)))
        crew = Crew(prepared, size=workers, patience_s=MUTANT_S, late=_late)
        with closing(crew.results(self._assignments())) as trials:
            for trial in trials:
                self._take(trial)

    def _cover(self, workers: int) -> None:
        crew = Crew(covering, size=workers, patience_s=MUTANT_S, late=_late_flow)
        with closing(crew.results(self._flows)) as flows:
            for executed in flows:
                self._executed[executed.flow] = executed
                self._told(executed)

    @property
    def found(self) -> Mutation:
        """What has been found until now."""
        tried = [self._trials[m.id] for m in self._chosen.mutants if m.id in self._trials]
        return Mutation(
            trials=tuple(tried),
            equivalent=self._chosen.equivalent,
            untried=len(self._chosen.mutants) - len(tried),
            seconds=round(time.monotonic() - self._began, 1),
        )

    def _assignments(self) -> Iterator[Assignment]:
        for mutant in self._chosen.mutants:
            path = mutant.edits[0].address
            flows = self._orders.of(mutant.module)
            able = tuple(f for f in flows if self._executed[f].at(path, mutant.offset))
            if able:
                yield Assignment(mutant=mutant, flows=able)
            else:
                self._take(Trial(mutant=mutant, outcome="survived", reason=UNREACHED))

    def _take(self, trial: Trial) -> None:
        why = self._chosen.unseen.get(trial.mutant.id, "")
        known = trial.model_copy(update={"why": why})
        self._trials[trial.mutant.id] = known
        if trial.flow:
            self._orders.learn(trial.mutant.module, trial.flow)
        self._told(known)


def sort_out(mutants: Sequence[Mutant], reasons: Reasons) -> Chosen:
    """Part the mutants that are to be tried from those with a reason not to."""
    same = reasons.equivalent
    return Chosen(
        mutants=tuple(each for each in mutants if each.id not in same),
        equivalent=tuple(
            Excused(mutant=each, reason=same[each.id]) for each in mutants if each.id in same
        ),
        unseen=reasons.unseen,
    )


def _late(assignment: Assignment) -> Trial:
    reason = f"it took more than {MUTANT_S:.0f} s"
    return Trial(
        mutant=assignment.mutant, outcome="timeout", reason=reason, seconds=round(MUTANT_S, 2)
    )


def _late_flow(flow: str) -> Executed:
    raise AppError(f"the flow {flow} took more than {MUTANT_S:.0f} s on the clean app")
