"""The gate: a browser of its own, every flow, one verdict."""

from harness.gate.browser import ACTION_MS, Launch, PageContext, named, opened_browser
from harness.gate.gate import run_gate

__all__ = ["ACTION_MS", "Launch", "PageContext", "named", "opened_browser", "run_gate"]
