"""The order of the flows for each module: what detected a mutant of it last comes first.

A module that is new begins with what has detected most elsewhere.
"""

from collections import Counter
from collections.abc import Sequence


class Orders:
    """Learns from each detection.

    Args:
        flows: the order to begin with.
    """

    def __init__(self, flows: Sequence[str]) -> None:
        self._flows = tuple(flows)
        self._learnt: dict[str, tuple[str, ...]] = {}
        self._kills = Counter[str]()

    def of(self, module: str) -> tuple[str, ...]:
        """The flows for the next mutant of a module."""
        known = self._learnt.get(module)
        return known or tuple(sorted(self._flows, key=lambda flow: -self._kills[flow]))

    def learn(self, module: str, flow: str) -> None:
        """A flow detected a mutant of a module: it is first from now on."""
        others = (each for each in self.of(module) if each != flow)
        self._kills[flow] += 1
        self._learnt[module] = (flow, *others)
