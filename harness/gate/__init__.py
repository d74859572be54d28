"""The gate: a browser of its own, every flow, one verdict."""

from harness.gate.browser import (
    ACTION_MS,
    VIEWPORT,
    Launch,
    PageContext,
    Tabs,
    named,
    opened_browser,
)
from harness.gate.gate import run_gate
from harness.gate.opening import Share, opened_share

__all__ = [
    "ACTION_MS",
    "VIEWPORT",
    "Launch",
    "PageContext",
    "Share",
    "Tabs",
    "named",
    "opened_browser",
    "opened_share",
    "run_gate",
]
