"""stale-revert: a revert settles in the scope of its click, wherever the person is by then."""

from harness.properties.judgement import Judgement
from harness.properties.settling import late_clicks
from harness.trace import Trace

ID = "stale-revert"


def stale_revert(trace: Trace) -> Judgement:
    """Click revert, switch, then settle: client, store and prompt change only where one clicked.

    The request carries the scope of the click; the answer says nothing of where the session works
    now; on screen no row and no word in the composer changes that the model does not change.
    Evidence is each answer, or failure, that came in another session or directory.

    Source: seed "Click revert, switch directory before the request settles, and verify API client,
    store writes, and prompt rollback only affect the click-time execution scope".
    """
    return late_clicks(ID, trace, "revert")
