"""The turns of a session as its server tells them, and when a prompt that waited left meanwhile."""

from collections.abc import Iterator
from typing import NamedTuple

from harness.observations import Prompt, RequestScope
from harness.properties.send_target import carriers, submits
from harness.temporal import Predicate, Run, never, now
from harness.trace import Trace


class Moment(NamedTuple):
    """When something about a session passed between its page and its server.

    Attributes:
        t: epoch milliseconds.
        busy: whether its agent is at work from then on; None where nobody has told.
        before: the same just before.
        left: the prompt that waited and leaves now.
    """

    t: float
    busy: bool | None
    before: bool | None = None
    left: Prompt | None = None


LEAVES: Predicate[Moment] = now(
    "a prompt that waited leaves",
    lambda moment: moment.left is not None,
    lambda moment: f"“{moment.left.text}”" if moment.left else "nothing",
)
AT_WORK: Predicate[Moment] = now(
    "its agent is at work", lambda moment: moment.before, lambda moment: f"at {moment.t:.0f} ms"
)
# What a queue is for: the next turn does not begin before the last one is over.
WAITS_ITS_TURN = never(LEAVES & AT_WORK)


def turns(trace: Trace, scope: RequestScope) -> Run[Moment]:
    """What is known of a session's agent, from moment to moment.

    A prompt that leaves begins a turn, which is over when the server says so. Where a prompt came
    to nothing, or the page opened another event stream and may have missed something, nothing is
    known until the server tells again.
    """
    waited = {
        prompt.exchange
        for _, sent in submits(trace)
        for prompt in carriers(trace, sent)
        if sent.via == "queue"
    }
    left = {each.exchange: each for each in trace.prompts if _same(each.scope, scope)}
    told = sorted(_told(trace, scope, left), key=lambda each: each.t)
    moments: list[Moment] = []
    busy: bool | None = None
    for each in told:
        prompt = each.left if each.left and each.left.exchange in waited else None
        moments.append(each._replace(before=busy, left=prompt))
        busy = each.busy
    return Run(moments, clock=lambda moment: moment.t)


def _told(trace: Trace, scope: RequestScope, left: dict[int, Prompt]) -> Iterator[Moment]:
    for step in trace.steps:
        for event in step.observation.events:
            if event.busy is not None and _same(event.scope, scope):
                yield Moment(event.t, event.busy)
    for prompt in left.values():
        yield Moment(prompt.t, busy=True, left=prompt)
    for exchange in trace.exchanges:
        of_server = exchange.scope.server_key == scope.server_key
        if exchange.streaming and of_server:
            yield Moment(exchange.t_start, busy=None)
        prompt = left.get(exchange.id)
        if prompt and not prompt.accepted and exchange.t_end is not None:
            yield Moment(exchange.t_end, busy=None)


def _same(one: RequestScope, other: RequestScope) -> bool:
    return (one.server_key, one.session_id) == (other.server_key, other.session_id)
