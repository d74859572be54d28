"""One order of answers for pages whose state hangs on which of them comes first.

Releases before sessions had a store of their own drop the messages of a session that the list of
its directory, coming after them, does not name; and they show either the changes of the last turn
or those of git, as the project was known before the messages or not. Chance is no verdict: here
the messages always come last.
"""

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

from harness.probe.wire import HoldRule, Wire

MESSAGES = "GET /session/[^/]+/message"
CALM_S = 0.5  # nothing else was asked or answered for so long
COMES_S = 20.0  # for the page to ask for messages
ENDS_S = 20.0  # for all else to be answered


@contextmanager
def messages_last(wire: Wire) -> Generator[None]:
    """What a page is made to ask for within is answered with its messages last.

    Where it asks for none, or does not come to rest, they are let go all the same.
    """
    rule = wire.hold(MESSAGES, "response")
    letting_go = threading.Thread(target=_let_go, args=(wire, rule), name="messages-last")
    letting_go.start()
    try:
        yield
    finally:
        letting_go.join()


def _let_go(wire: Wire, rule: HoldRule) -> None:
    try:
        if wire.wait_for(lambda _: rule.held > 0, COMES_S):
            _wait_calm(wire)
    finally:
        rule.remove()


def _wait_calm(wire: Wire) -> None:
    until = time.monotonic() + ENDS_S
    while time.monotonic() < until:
        mark = wire.mark()
        moved = wire.wait_for(lambda view: bool(view.exchanges), CALM_S, mark)
        if not moved and not wire.quiet():
            return
