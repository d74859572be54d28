"""stale-restore: a restore settles in the scope of its click, wherever the person is by then."""

from harness.properties.judgement import Judgement
from harness.properties.settling import late_clicks
from harness.trace import Trace

ID = "stale-restore"


def stale_restore(trace: Trace) -> Judgement:
    """Click restore, switch, then settle: as for a revert.

    Source: seed "Add epoch/revision guards for async revert/restore".
    """
    return late_clicks(ID, trace, "restore")
