"""stale-vcs: changes of a directory are not shown in another, however late they come."""

from collections.abc import Iterator

from harness.journal import Finding
from harness.properties.judgement import Judgement, finding
from harness.properties.reviewing import late_reviews
from harness.trace import Step, Trace

ID = "stale-vcs"


def stale_vcs(trace: Trace) -> Judgement:
    """Changes that were asked for in one directory and come in another are dropped.

    In no frame does the review show what is not in the directory on screen, and at rest the
    branch that is named is that directory's. Evidence is each answer that came in another one.

    Source: seed "Review VCS diff tasks/results are guarded by execution directory"; "epoch/revision
    guards for … VCS/review, and artifact result application".
    """
    wrong = (found for step in trace.steps for found in _branch(trace, step))
    return late_reviews(ID, trace, "diff", also=wrong)


def _branch(trace: Trace, step: Step) -> Iterator[Finding]:
    """The branch that is named at rest is not the one of the directory named beside it."""
    told = step.told_at_last("execution") if step.at_rest else None
    if not isinstance(told, dict) or "branch" not in told:
        return
    path, branch = told.get("directory"), told["branch"]
    word = trace.names.word_for(str(path))
    right = trace.names.branches.get(word)
    if right is not None and branch != right:
        yield finding(
            ID,
            trace,
            step,
            causes=["another branch named" if branch else "no branch named"],
            t=step.t_end,
            summary=f"the page named {branch or 'no branch'} for {word}, which is on {right}",
            expected=right,
            observed=str(branch),
        )
