"""A finding that was made small, met again where no other plan was performed before: or not."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from subprocess import SubprocessError
from typing import NamedTuple

from harness.errors import HarnessError
from harness.journal import Entry, Finding, FlowEnded
from harness.plans import Plan
from harness.replays import Replays

Perform = Callable[[Plan], object]
# What an app that one class describes raises as it is started is its own: a port may be taken.
FAILURES = (HarnessError, OSError, SubprocessError)


class Replaying(NamedTuple):
    """How often, and on what, a plan is to meet its finding again.

    Attributes:
        times: how often.
        app: an app that is there while it is open, and what performs a plan on it.
        fresh: whether that app was started for it.
    """

    times: int
    app: Callable[[], AbstractContextManager[Perform]]
    fresh: bool = True

    @property
    def none_yet(self) -> Replays:
        """What is known before the first try."""
        return Replays(asked=self.times, fresh=self.fresh)


def tries(
    plan: Plan,
    finding: Finding,
    replaying: Replaying,
    told_of: Callable[[Plan, Perform], tuple[Sequence[Finding], tuple[Entry, ...]]],
) -> Iterator[Replays]:
    """Perform a plan again and again, until it misses its finding; what is known after each time.

    As `harness replay` has it, the same finding is the same rule from the same cause.

    Args:
        plan: what was kept of the walk.
        finding: as that plan had it.
        replaying: how often, and on what.
        told_of: performs a plan; answers with what broke and what the journal says of it.
    """
    known = replaying.none_yet
    try:
        with replaying.app() as perform:
            while not known.over:
                known = _after(known, finding, *told_of(plan, perform))
                yield known
    except FAILURES as error:  # the finding is there all the same
        if not known.over:
            yield known.model_copy(update={"lack": str(error)})


def _after(
    known: Replays, finding: Finding, found: Sequence[Finding], heard: Sequence[Entry]
) -> Replays:
    cause = next(iter(finding.causes), "")
    if any(each.is_of(finding.property, cause) for each in found):
        return known.model_copy(update={"tried": known.tried + 1, "met": known.met + 1})
    (ended,) = (entry for entry in heard if isinstance(entry, FlowEnded))
    lack = ended.reason if ended.verdict in {"inconclusive", "infrastructure"} else ""
    if ended.verdict == "infrastructure":  # it was not tried: the app was gone
        return known.model_copy(update={"lack": lack or "the app was gone"})
    return known.model_copy(update={"tried": known.tried + 1, "lack": lack})
