"""Finding the first release, or commit, of an app that has a finding, or no longer has it."""

from harness.bisecting.bisecting import Bisecting, Look
from harness.bisecting.revisions import revisions_between
from harness.bisecting.search import OTHER, Answer, Found, Kind, first_turned, most_looks
from harness.bisecting.serving import REV, SKIP, Start, served
from harness.bisecting.shelf import Shelf
from harness.bisecting.wanted import Wanted, answer_of, findings_of

__all__ = [
    "OTHER",
    "REV",
    "SKIP",
    "Answer",
    "Bisecting",
    "Found",
    "Kind",
    "Look",
    "Shelf",
    "Start",
    "Wanted",
    "answer_of",
    "findings_of",
    "first_turned",
    "most_looks",
    "revisions_between",
    "served",
]
