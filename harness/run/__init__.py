"""One run: a target started, its flows performed, everything written as it happens."""

from harness.run.folder import folder_name, new_folder, run_folder
from harness.run.opening import keep_failure, open_run, workshop_for
from harness.run.options import RunOptions, chosen, ensure_possible
from harness.run.performing import Listener, Run

__all__ = [
    "Listener",
    "Run",
    "RunOptions",
    "chosen",
    "ensure_possible",
    "folder_name",
    "keep_failure",
    "new_folder",
    "open_run",
    "run_folder",
    "workshop_for",
]
