"""One run: a target started, its flows performed, everything written as it happens."""

from harness.run.book import Begun, Book
from harness.run.folder import folder_name, new_folder, run_folder
from harness.run.opening import begin, keep_failure, open_book, open_run, workshop_for
from harness.run.options import RunOptions, again, chosen, ensure_possible, is_whole
from harness.run.performing import Listener, Run
from harness.run.verdict import Tally

__all__ = [
    "Begun",
    "Book",
    "Listener",
    "Run",
    "RunOptions",
    "Tally",
    "again",
    "begin",
    "chosen",
    "ensure_possible",
    "folder_name",
    "is_whole",
    "keep_failure",
    "new_folder",
    "open_book",
    "open_run",
    "run_folder",
    "workshop_for",
]
