"""followup-target: a queued draft goes to the scope that is current when it is sent."""

from harness.journal import Finding
from harness.properties.judgement import Judgement, inconclusive, judge, not_exercised
from harness.properties.send_target import misdirected, ran_somewhere, submits
from harness.trace import Trace

ID = "followup-target"


def followup_target(trace: Trace) -> Judgement:
    """What leaves the queue runs where the session works then, not where it was written.

    The witnesses are those of `send-target`. Evidence is each prompt that left a queue.

    Source: seed "follow-up sends against the intended execution directory", which of what waits is
    the one where the session works when it is sent.
    """
    queued = [(step, sent) for step, sent in submits(trace) if sent.via == "queue"]
    if not queued:
        return not_exercised("nothing leaves a queue in this flow")
    findings: list[Finding] = []
    doubts: list[str] = []
    for step, sent in queued:
        findings += misdirected(ID, trace, step, sent)
        if not ran_somewhere(trace, step, sent):
            doubts.append(f"no witness told where “{sent.text}” ran")
    judged = judge(len(queued), findings, lacking="nothing left a queue")
    return inconclusive(judged, doubts)
