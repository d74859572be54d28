"""The order of the flows for each module: what detected a mutant of it last comes first."""

from collections.abc import Sequence


class Orders:
    """Learns from each detection.

    Args:
        flows: the order to begin with.
    """

    def __init__(self, flows: Sequence[str]) -> None:
        self._flows = tuple(flows)
        self._learnt: dict[str, tuple[str, ...]] = {}

    def of(self, module: str) -> tuple[str, ...]:
        """The flows for the next mutant of a module."""
        return self._learnt.get(module, self._flows)

    def learn(self, module: str, flow: str) -> None:
        """A flow detected a mutant of a module: it is first from now on."""
        others = (each for each in self.of(module) if each != flow)
        self._learnt[module] = (flow, *others)
