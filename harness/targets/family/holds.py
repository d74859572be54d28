"""Answers about a directory that the wire keeps back until a plan lets them go."""

from harness.actions.network import Hydration
from harness.probe.wire import HoldRule, Wire

PATHS: dict[Hydration, str] = {"commands": "/command", "provider": "/provider"}


class Holds:
    """What is kept back now, one rule of the wire for each kind.

    Args:
        wire: before the server.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._rules: dict[Hydration, HoldRule] = {}

    def hold(self, what: Hydration) -> None:
        """Keep back every answer of this kind from now on."""
        self._rules[what] = self._wire.hold(f"GET {PATHS[what]}", "response")

    def release(self, what: Hydration) -> None:
        """Let go of them, and keep back no more."""
        self._rules.pop(what).remove()

    def clear(self) -> None:
        """A flow that ended early may have left something kept back."""
        for what in list(self._rules):
            self.release(what)
