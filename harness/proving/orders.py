"""The order of the flows for each kind of change: what detected one of it last comes first.

A kind that is new begins with what has detected most elsewhere. Mutants are of the kind of their
module, faults of the rule that they are tied to.
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

    def of(self, kind: str) -> tuple[str, ...]:
        """The flows for the next change of a kind."""
        known = self._learnt.get(kind)
        return known or tuple(sorted(self._flows, key=lambda flow: -self._kills[flow]))

    def learn(self, kind: str, flow: str) -> None:
        """A flow detected a change of a kind: it is first from now on."""
        others = (each for each in self.of(kind) if each != flow)
        self._kills[flow] += 1
        self._learnt[kind] = (flow, *others)
