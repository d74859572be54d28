"""`harness prove --generated`: the mutants, and which of them survive."""

import random
import sys
from collections.abc import Sequence

from rich.console import Console

from fixtures.mutants import MODULES, Mutant, MutantError, all_mutants, explanations
from harness.cli.options import Lot
from harness.cli.progress import Counting
from harness.errors import UsageError, unknown
from harness.proving.covering import Executed
from harness.proving.mutating import Chosen, Mutating, sort_out
from harness.proving.trials import LEAST, Mutation, Trial

SHOWN_LINES = 6  # of a survivor's source
UNEXPLAINED = "not explained: a property or a flow is missing, or it changes nothing"


def prove_generated(lot: Lot, flows: Sequence[str], *, workers: int, json: bool) -> int:
    """Try mutants, print what came of them, and answer with the exit code.

    What was found until Ctrl-C or a failure is printed too.
    """
    chosen = chosen_mutants(lot)
    count = len(chosen.mutants)
    with Counting("the clean app, then every mutant", count + len(flows), quiet=json) as counting:
        mutating = Mutating(chosen, flows, lambda done: counting.done(_in_short(done)))
        try:
            mutating.run(min(workers, max(1, count)))
        finally:
            counting.stop()
            _print(mutating.found, json=json)
    return 0 if mutating.found.holds else 1


def chosen_mutants(lot: Lot) -> Chosen:
    """The mutants that are asked for, without those that are known to be equivalent.

    Raises:
        UsageError: there is no such module, or the list of survivors is out of date.
    """
    known = [module.name for module in MODULES]
    if strange := [name for name in lot.modules if name not in known]:
        raise UsageError(unknown("mutated module", strange[0], known))
    try:
        reasons = explanations().of(all_mutants())
    except MutantError as error:
        raise UsageError(str(error)) from error
    asked = [each for each in all_mutants() if each.module in (lot.modules or known)]
    return sort_out(_drawn(asked, lot), reasons)


def _drawn(mutants: list[Mutant], lot: Lot) -> list[Mutant]:
    if lot.sample is None or lot.sample >= len(mutants):
        return mutants
    drawn = random.Random(lot.seed).sample(range(len(mutants)), lot.sample)  # noqa: S311  no secret
    return [mutants[index] for index in sorted(drawn)]


def _in_short(done: Executed | Trial) -> str:
    if isinstance(done, Executed):
        return f"the clean app: {done.flow}"
    by = f" by {done.rules[0]} in {done.flow}" if done.rules else ""
    return f"{done.mutant.id}: {done.outcome}{by}, {done.seconds:.0f} s"


def _print(found: Mutation, *, json: bool) -> None:
    if json:
        sys.stdout.write(found.model_dump_json(indent=2) + "\n")
        return
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for trial in found.survivors:
        _print_survivor(trial, console)
    for line in summary(found):
        console.print(line)


def _print_survivor(trial: Trial, console: Console) -> None:
    console.print(f"{trial.mutant.place}  {trial.mutant.id} survives", style="bold")
    for sign, text, style in (
        ("-", trial.mutant.original, "red"),
        ("+", trial.mutant.mutated, "green"),
    ):
        for line in _short(text):
            console.print(f"  {sign} {line}", style=style)
    console.print(f"  {trial.why or trial.reason or UNEXPLAINED}")


def _short(text: str) -> list[str]:
    lines = text.splitlines()
    return lines if len(lines) <= SHOWN_LINES else [*lines[: SHOWN_LINES - 1], "…"]


def summary(found: Mutation) -> list[str]:
    """The counts and the share, in words."""
    counts, tried = found.counts, len(found.trials)
    by_flow = f"{counts['killed']} killed by a rule, {counts['timeout']} stopped a flow"
    rest = f"{counts['survived']} survived; {len(found.equivalent)} more are equivalent"
    lines = [
        f"{tried} mutants tried: {by_flow}, {rest}",
        f"{found.share:.1%} detected, {LEAST:.0%} are needed; in {found.seconds:.0f} s",
    ]
    if found.unexplained:
        lines.append(f"say why {len(found.unexplained)} survive in fixtures/mutants/explained.toml")
    lines += [
        f"{trial.mutant.id} is detected now: take it from fixtures/mutants/explained.toml"
        for trial in found.stale
    ]
    if found.untried:
        lines.append(f"stopped before its end: {found.untried} mutants were not tried")
    return lines
