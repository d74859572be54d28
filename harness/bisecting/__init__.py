"""Finding the first release, or the first commit, of an app that has a finding."""

from harness.bisecting.search import Answer, Found, first_bad, most_looks

__all__ = ["Answer", "Found", "first_bad", "most_looks"]
