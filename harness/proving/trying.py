"""One mutant on one bench: flow after flow, until one detects it."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from fixtures.mutants import Mutant
from harness.proving.bench import Bench, Patience, opened_bench
from harness.proving.covering import Executed
from harness.proving.trials import Trial
from harness.values import Value

# Many a mutant shows no row at all, or never comes to rest; what fails is tried once more.
SHORT = Patience(opening_s=5.0, patience_s=2.0)


class Assignment(Value):
    """A mutant, and the flows in their order."""

    mutant: Mutant
    flows: tuple[str, ...]


@contextmanager
def covering(told: Callable[[Executed], None]) -> Generator[Callable[[str], None]]:
    """Start the reference app and a browser; answers with a function that tells what flows do."""
    with opened_bench() as bench:
        yield lambda flow: told(bench.executed(flow))


@contextmanager
def prepared(told: Callable[[Trial], None]) -> Generator[Callable[[Assignment], None]]:
    """Start the reference app and a browser; answers with a function that tries one mutant."""
    with opened_bench(SHORT) as bench:
        yield lambda assignment: told(tried(bench, assignment))


def tried(bench: Bench, assignment: Assignment) -> Trial:
    """Perform the flows until one detects the mutant.

    Raises:
        HarnessError: the mutant did not reach the page, or this machine failed.
    """
    began = time.monotonic()
    mutant = assignment.mutant
    found = (_detected(bench, flow, mutant) for flow in assignment.flows)
    trial = next((each for each in found if each), Trial(mutant=mutant, outcome="survived"))
    return trial.model_copy(update={"seconds": round(time.monotonic() - began, 2)})


def _detected(bench: Bench, flow: str, mutant: Mutant) -> Trial | None:
    """What the flow says of the mutant; a flow that could not be done must fail so twice."""
    found = _seen(bench, flow, mutant)
    if found and found.outcome == "timeout":
        return _seen(bench, flow, mutant)
    return found


def _seen(bench: Bench, flow: str, mutant: Mutant) -> Trial | None:
    ended, judged, _, _ = bench.perform(bench.plans[flow], mutant)
    violated = tuple(each.property for each in judged if each.outcome == "violated")
    if violated:
        return Trial(mutant=mutant, outcome="killed", flow=flow, rules=violated)
    if ended.verdict == "pass":
        return None
    unsure = (
        f"{each.property}: {each.reason}" for each in judged if each.outcome == "inconclusive"
    )
    reason = ended.reason or next(unsure, "")
    return Trial(mutant=mutant, outcome="timeout", flow=flow, reason=reason)
