"""Finding the first release, or the first commit, of an app that has a finding."""

from harness.bisecting.bisecting import Bisecting, Look
from harness.bisecting.revisions import revisions_between
from harness.bisecting.search import Answer, Found, first_bad, most_looks
from harness.bisecting.serving import REV, SKIP, Start, served
from harness.bisecting.shelf import Shelf
from harness.bisecting.wanted import Wanted, answer_of, findings_of

__all__ = [
    "REV",
    "SKIP",
    "Answer",
    "Bisecting",
    "Found",
    "Look",
    "Shelf",
    "Start",
    "Wanted",
    "answer_of",
    "findings_of",
    "first_bad",
    "most_looks",
    "revisions_between",
    "served",
]
