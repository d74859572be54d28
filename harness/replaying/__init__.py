"""Counterexamples: what a search has found, as files that are run again without it."""

from harness.replaying.counterexample import (
    Counterexample,
    Expected,
    Origin,
    load_counterexample,
    plan_in,
)
from harness.replaying.fitting import Fit, Stale, fitted, plan_for, plan_of
from harness.replaying.keeping import counterexample_of
from harness.replaying.options import Instead, options_for
from harness.replaying.outcome import Outcome, Replayed
from harness.replaying.performing import Asked, replay
from harness.replaying.spec_text import as_spec

__all__ = [
    "Asked",
    "Counterexample",
    "Expected",
    "Fit",
    "Instead",
    "Origin",
    "Outcome",
    "Replayed",
    "Stale",
    "as_spec",
    "counterexample_of",
    "fitted",
    "load_counterexample",
    "options_for",
    "plan_for",
    "plan_in",
    "plan_of",
    "replay",
]
