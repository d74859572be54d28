"""readiness-visible: the app shows one readiness, and it is true."""

from collections.abc import Iterator

from harness.journal import Finding
from harness.properties.judgement import Judgement, finding, judge, not_exercised
from harness.trace import Step, Trace

ID = "readiness-visible"


def readiness_visible(trace: Trace) -> Judgement:
    """At the end of each step every component shown is as the model knows it from the network.

    What the network keeps back is not shown as there, and what has come is not shown as missing.
    Evidence is each component compared.

    Source: seed "Replace scattered action gates with one observable action-readiness selector".
    """
    told = [step for step in trace.steps if step.observation.readiness is not None]
    if not told and trace.steps:
        return not_exercised("this app shows no readiness that the harness can read")
    at_rest = [step for step in told if step.observation.settled.quiet and step.after.view]
    findings = [found for step in at_rest for found in _of_step(trace, step)]
    evidence = sum(len(step.observation.readiness or {}) for step in at_rest)
    return judge(evidence, findings, lacking="no readiness was read on a page at rest")


def _of_step(trace: Trace, step: Step) -> Iterator[Finding]:
    shown = step.observation.readiness or {}
    real = step.after.readiness.model_dump()
    wrong = [name for name, ready in shown.items() if ready != real.get(name)]
    if wrong:
        yield finding(
            ID,
            trace,
            step,
            causes=[_cause(name, ready=shown[name]) for name in wrong],
            t=step.frames[-1].t if step.frames else None,
            summary="; ".join(_told(name, ready=shown[name]) for name in wrong),
            expected=", ".join(f"{name} {_word(ready=real[name])}" for name in wrong),
            observed=", ".join(f"{name} {_word(ready=shown[name])}" for name in wrong),
        )


def _told(name: str, *, ready: bool) -> str:
    said = "was shown as there while it was kept back" if ready else "was shown as missing"
    return f"{name} {said}"


def _cause(name: str, *, ready: bool) -> str:
    return f"{name.replace('_', ' ')} shown as {'there' if ready else 'missing'}"


def _word(*, ready: bool) -> str:
    return "ready" if ready else "pending"
