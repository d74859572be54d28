"""epoch-guard: A → B → A: what was asked for in the first A does not land in the second."""

from collections.abc import Iterator

from harness.journal import Finding
from harness.properties.judgement import Judgement, inconclusive, judge, not_exercised
from harness.properties.reviewing import not_as_it_is, reads, withdrawn
from harness.properties.settling import Settling, click_settled, requests_of, settlings
from harness.trace import Trace

ID = "epoch-guard"


def epoch_guard(trace: Trace) -> Judgement:
    """A late result is told by its epoch, not by its directory, from one that is asked for now.

    What has changed since shows which it was: changes and artifacts made meanwhile stay shown, and
    a click of the first visit does not roll back the composer of the second. Evidence is each
    answer that came in the directory it was asked for, in a newer epoch.

    Source: seed "Old async results must not overwrite a newer execution context even if the
    directory string is reused".
    """
    late = settlings(trace, "revert", "restore", "diff", "artifacts")
    again = [each for each in late if each.where == "newer epoch"]
    if not again:
        return not_exercised("no answer came in a newer visit to the directory it was asked for")
    findings = [found for each in again for found in _of(trace, each)]
    seen = [each for each in again if _is_seen(each, trace)]
    unseen = "what came late could not be seen: no request, or nothing told of the review"
    judged = judge(len(seen), findings, lacking=unseen, lost=trace.lost)
    return inconclusive(judged, [unseen] * (len(again) - len(seen)))


def _is_seen(settling: Settling, trace: Trace) -> bool:
    match settling.pending.what:
        case "diff" | "artifacts" as kind:
            return bool(settling.step.told(kind)) and reads(trace, kind)
        case _:
            return bool(requests_of(trace, settling))


def _of(trace: Trace, settling: Settling) -> Iterator[Finding]:
    match settling.pending.what:
        case "diff" | "artifacts" as kind:
            found = tuple(withdrawn(ID, trace, settling.step, kind))
            yield from found or not_as_it_is(ID, trace, settling.step, kind)
        case _:
            yield from click_settled(ID, trace, settling)
