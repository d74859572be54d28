"""Findings that are accepted for a while: the file, what it says of a run, and its upkeep."""

from harness.baseline.applying import Applying
from harness.baseline.baseline import Baseline, today
from harness.baseline.file import load_baseline, write_baseline
from harness.baseline.updating import Terms, Update, updated

__all__ = [
    "Applying",
    "Baseline",
    "Terms",
    "Update",
    "load_baseline",
    "today",
    "updated",
    "write_baseline",
]
