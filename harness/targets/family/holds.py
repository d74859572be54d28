"""Answers that the wire keeps back, refuses or loses until a plan lets them go."""

from collections.abc import Callable

from harness.actions import Hold, Refuse
from harness.probe.wire import HoldRule, Match, Rule, Stage, Wire
from harness.requests import Kind

PATHS: dict[Kind, str] = {
    "commands": "GET /command",
    "provider": "GET /provider",
    "messages": "GET /session/[^/]+/message",
    "status": "GET /session/status",
    "send": "POST /session/[^/]+/(prompt_async|command|shell)",
    "revert": "POST /session/[^/]+/revert",
    "restore": "POST /session/[^/]+/unrevert",
    "diff": "GET /vcs/diff",
    "artifacts": "GET /artifact",
    "events": "GET /global/event",
    "stop": "POST /session/[^/]+/abort",
}
BUSY_NEWS = Match(event_type=r"session\.(status|idle)")
WAIT_S = 4.0


class Holds:
    """What is kept back now.

    Args:
        wire: before the servers.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._letting_go: dict[Kind, Callable[[], tuple[str, ...]]] = {}

    def hold(self, action: Hold, *, once: bool) -> None:
        """Keep back every answer of this kind from now on, or only the first."""
        match action.what:
            case "events":
                self._cut()
            case "busy-news":
                self._lose()
            case what if action.fails or action.loses:
                self._fail_later(what, after_server=action.loses)
            case what:
                # A prompt on its way has not reached the server: its turn begins once it is let go.
                at: Stage = "request" if what == "send" else "response"
                rule = self._wire.hold(PATHS[what], at, times=1 if once else None)
                self._letting_go[what] = _removing(rule)

    def refuse(self, action: Refuse) -> None:
        """Answer every question of this kind with an error from now on."""
        self._letting_go[action.what] = _removing(self._wire.fail(PATHS[action.what]))

    def release(self, what: Kind) -> tuple[str, ...]:
        """Let go of them, and keep back no more; what did not come of it in time."""
        return self._letting_go.pop(what)()

    def await_held(self, count: int) -> bool:
        """Wait until this many requests are kept back in all."""
        return self._wire.wait_for(lambda _: len(self._wire.held()) >= count, WAIT_S)

    def clear(self) -> None:
        """A flow that ended early may have left something kept back."""
        for what in list(self._letting_go):
            self.release(what)

    def _cut(self) -> None:
        rule = self._wire.hold(PATHS["events"], "request")
        self._wire.cut_streams()

        def find_again() -> tuple[str, ...]:
            mark = self._wire.mark()
            rule.remove()
            self._wire.wait_for(
                lambda view: any(e.type == "server.connected" for e in view.events), WAIT_S, mark
            )
            return ()  # a page that listens no more is no motion: the properties judge it

        self._letting_go["events"] = find_again

    def _lose(self) -> None:
        """Lose events, also when they are sent again: until the page has asked for a snapshot."""
        rule = self._wire.drop(BUSY_NEWS)

        def ask_anew() -> tuple[str, ...]:
            mark = self._wire.mark()
            self._wire.cut_streams()
            self._wire.wait_for(
                lambda view: any(
                    e.path == "/session/status" and e.outcome == "done" for e in view.exchanges
                ),
                WAIT_S,
                mark,
            )
            rule.remove()
            return ()  # nor is one that does not ask

        self._letting_go["busy-news"] = ask_anew

    def _fail_later(self, what: Kind, *, after_server: bool) -> None:
        """Keep requests from the server, or its answers from the page; an error when let go."""
        hold = self._wire.hold(PATHS[what], "response" if after_server else "request")
        fail = self._wire.fail(PATHS[what], status=503, after_server=after_server)

        def let_fail() -> tuple[str, ...]:
            count = hold.held
            fail.limit(count)  # what the page sends upon the failure is a request of its own
            hold.remove()
            failed = fail.wait_caught(count, WAIT_S)
            fail.remove()
            return () if failed else (f"the failure of {what}",)

        self._letting_go[what] = let_fail


def _removing(rule: Rule | HoldRule) -> Callable[[], tuple[str, ...]]:
    def remove() -> tuple[str, ...]:
        rule.remove()
        return ()

    return remove
