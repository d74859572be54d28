"""Runs over the model, in words: walks drawn by lot, and the model explored without an app."""

from collections.abc import Iterable

from reports.figures import counted, cut, duration
from reports.story import Run

_SECOND = 1000.0


def parts(run: Run) -> tuple[tuple[str, str], ...]:
    """What CI counts of a run over the model: each by its name, with what is wrong with it."""
    if run.doing == "explore":
        unsure = run.verdict == "inconclusive"
        return (("walks", (run.reason or "no evidence") if unsure else ""),)
    if run.doing != "cover":
        return ()
    errors = run.explored.errors if run.explored else ()
    actions = run.exercisable.actions if run.exercisable else ()
    return tuple((name, "; ".join(_about(name, errors))) for name in actions)


def _about(action: str, errors: Iterable[str]) -> list[str]:
    return [line for line in errors if line.startswith((f"{action} ", f"{action}:"))]


def explored(run: Run) -> str:
    """What an exploration came to, in a few words."""
    found = len(run.flows)
    if not found:
        unsure = run.verdict == "inconclusive"
        return "No verdict: evidence is missing" if unsure else "Nothing was found"
    rules = {finding.property for finding in run.broken}
    return f"{counted(found, 'findings')}: {counted(len(rules), 'rules')} broken"


def drawn(run: Run) -> str:
    """What broke, and how much was walked."""
    rules = dict.fromkeys(finding.property for finding in run.broken)
    broken = f"Broken: {', '.join(rules)}. " if rules else ""
    missed = sum(bool(flow.replays and flow.replays.reproducible is False) for flow in run.flows)
    not_each = f"{counted(missed, 'findings')} not reproducible. " if missed else ""
    return f"{broken}{not_each}{walked(run)}"


def walked(run: Run) -> str:
    """How much was walked: `140 walks and 1,204 actions in 60.0 s, 20.1 a second.`; why no more."""
    actions = sum(walk.actions for walk in run.walks)
    ms = max((run.ended or 0.0) - run.started.t, 1.0) if run.started else 1.0
    pace = f"{actions / (ms / _SECOND):.1f} a second"
    unfinished = sum(bool(walk.reason) for walk in run.walks)
    rest = f"; {counted(unfinished, 'walks')} not done to the end" if unfinished else ""
    walks = f"{counted(len(run.walks), 'walks')} and {counted(actions, 'actions')}"
    why = f" {cut(run.reason, 280)}." if run.verdict == "inconclusive" and run.reason else ""
    return f"{walks} in {duration(ms)}, {pace}{rest}.{why}"


def covered(run: Run) -> str:
    """What the model explored came to, in a few words."""
    wrong = len(run.explored.errors) if run.explored else 0
    if not run.slices:
        return "Interleavings of the model"
    if wrong:
        return f"{counted(wrong, 'parts')} of the model {'are' if wrong > 1 else 'is'} never used"
    return "All of the model is used"


def packed(run: Run) -> str:
    """How much there is of the model, and what takes it all."""
    if not run.slices:
        there_is = run.exercisable.crossings if run.exercisable else ()
        orders = sum(each.orders for each in there_is)
        cannot = sum(bool(each.lack) for each in there_is)
        kinds = f"{len(there_is):,} requests, one or two at once, at each switch"
        return (
            f"{counted(orders, 'orders')} of answers to {kinds}; {cannot:,} of them cannot be. "
            f"{counted(len(run.covered), 'plans')} take them."
        )
    states, transitions, pairs = (
        f"{sum(getattr(part, name) for part in run.slices):,}"
        for name in ("states", "transitions", "pairs")
    )
    parts = counted(len(run.slices), "parts")
    told = f"{states} states, {transitions} transitions and {pairs} pairs of them in {parts}"
    if run.explored is None:
        return f"{told}."
    plans, actions, to_take = (
        sum(getattr(part, name) for part in run.slices) for name in ("plans", "actions", "to_take")
    )
    what = "actions in situations" if run.explored.span == 1 else "pairs of actions in situations"
    first = f"First, {cut(run.explored.errors[0], 160)}. " if run.explored.errors else ""
    return (
        f"{first}{told}. {counted(plans, 'plans')} of {counted(actions, 'actions')} take all "
        f"{to_take:,} {what}."
    )
