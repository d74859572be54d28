"""Performs a plan on a stage: perform, settle, observe, judge; every part goes to the journal."""

from harness.runner.flow import NewPage, Runner
from harness.runner.verdicts import now, worst

__all__ = ["NewPage", "Runner", "now", "worst"]
