"""readiness-visible: the app shows one readiness, and it is true."""

from collections.abc import Iterator
from typing import get_args

from harness.journal import Finding
from harness.properties.judgement import Judgement, finding, judge, not_exercised
from harness.readiness import Component, kind_of
from harness.trace import Step, Trace

ID = "readiness-visible"
COMPONENTS: tuple[str, ...] = get_args(Component)
# What an answer of the selector is about.
ABOUT = {
    "can_act": "stop and revert",
    "can_submit_prompt": "a prompt",
    "can_submit_command": "a command",
    "can_submit_shell": "a shell line",
    "can_send_followup": "a queued prompt",
}


def readiness_visible(trace: Trace) -> Judgement:
    """At the end of each step the readiness shown is as the model knows it from the network.

    What the network keeps back is not shown as there, and what has come is not shown as missing;
    what it says may be done may be done; the person is told what Send waits for, and that a click
    came to nothing. Evidence is each component and each answer compared.

    Source: seed "Replace scattered action gates with one observable action-readiness selector".
    """
    told = [step for step in trace.steps if step.observation.readiness is not None]
    if not told and trace.steps:
        return not_exercised("this app shows no readiness that the harness can read")
    at_rest = [step for step in told if step.observation.settled.quiet and step.after.view]
    findings = [
        *(found for step in at_rest for found in _of_step(trace, step)),
        *(found for step in at_rest for found in _of_words(trace, step)),
        *(found for step in at_rest for found in _of_problem(trace, step)),
    ]
    evidence = sum(len(_compared(step)) for step in at_rest)
    return judge(evidence, findings, lacking="no readiness was read on a page at rest")


def _known(step: Step) -> dict[str, bool]:
    """What the model says; of a turn whose news is lost the page knows nothing."""
    world = step.after
    busy = world.view is not None and world.busy(world.view.session)
    known = world.readiness.model_dump() | world.readiness.answers(busy=busy)
    if world.holds("busy-news"):
        del known["can_send_followup"]
    return known


def _compared(step: Step) -> dict[str, bool]:
    known, shown = _known(step), step.observation.readiness or {}
    return {name: ready for name, ready in shown.items() if name in known}


def _of_step(trace: Trace, step: Step) -> Iterator[Finding]:
    known, shown = _known(step), _compared(step)
    wrong = [name for name, ready in shown.items() if ready != known[name]]
    if wrong:
        yield finding(
            ID,
            trace,
            step,
            causes=[_cause(name, shown=shown[name]) for name in wrong],
            t=step.t_end,
            summary="; ".join(_told(name, shown=shown[name]) for name in wrong),
            expected=", ".join(f"{name} {_word(name, yes=known[name])}" for name in wrong),
            observed=", ".join(f"{name} {_word(name, yes=shown[name])}" for name in wrong),
        )


def _of_words(trace: Trace, step: Step) -> Iterator[Finding]:
    said = step.observation.waits_for
    due = step.after.readiness.waits_for(kind_of(step.observation.unsent))
    if said is not None and said != due:
        yield finding(
            ID,
            trace,
            step,
            causes=["readiness told in other words"],
            t=step.t_end,
            summary=f"the person was told that Send waits for {_listed(said)}",
            expected=f"it waits for {_listed(due)}",
            observed=f"the words name {_listed(said)}",
        )


def _of_problem(trace: Trace, step: Step) -> Iterator[Finding]:
    """A directory whose lists are refused has a problem of its own, which no click made."""
    said, world = step.observation.problem, step.after
    if said is None or world.view is None or {"commands", "provider"} & {*world.refused}:
        return
    failed = world.view.session in world.complaints
    if bool(said) != failed:
        told = f"that something failed: “{said}”" if said else "nothing of what failed"
        yield finding(
            ID,
            trace,
            step,
            causes=["problem shown without one" if said else "problem not shown"],
            t=step.t_end,
            summary=f"the person was told {told}",
            expected="the page says that a click came to nothing" if failed else "no complaint",
            observed=said or "no complaint",
        )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "nothing"


def _told(name: str, *, shown: bool) -> str:
    if name in COMPONENTS:
        said = "was shown as there while it was kept back" if shown else "was shown as missing"
        return f"{name} {said}"
    if shown:
        return f"{ABOUT[name]} was shown as possible while it must wait"
    return f"{ABOUT[name]} was shown as not possible while nothing stands in its way"


def _cause(name: str, *, shown: bool) -> str:
    if name in COMPONENTS:
        return f"{name.replace('_', ' ')} shown as {'there' if shown else 'missing'}"
    return f"{ABOUT[name]} shown as {'possible' if shown else 'not possible'}"


def _word(name: str, *, yes: bool) -> str:
    if name in COMPONENTS:
        return "ready" if yes else "pending"
    return "yes" if yes else "no"
