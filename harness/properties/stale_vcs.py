"""stale-vcs: changes of a directory are not shown in another, however late they come."""

from harness.properties.judgement import Judgement
from harness.properties.reviewing import late_reviews
from harness.trace import Trace

ID = "stale-vcs"


def stale_vcs(trace: Trace) -> Judgement:
    """Changes that were asked for in one directory and come in another are dropped.

    In no frame does the review show what is not in the directory on screen. Evidence is each
    answer that came in another directory.

    Source: seed "Review VCS diff tasks/results are guarded by execution directory"; "epoch/revision
    guards for … VCS/review, and artifact result application".
    """
    return late_reviews(ID, trace, "diff")
